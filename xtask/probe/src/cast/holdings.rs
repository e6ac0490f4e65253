//! What the system shows of the sockets that a program holds. Only Linux does; elsewhere a
//! scenario that asks for it is skipped ([`crate::Sight::HeldSockets`]).

use crate::cast::program::Program;
use crate::judge::verdict::Cause;
#[cfg(target_os = "linux")]
use crate::process::linux::{endpoints, held_sockets};

impl Program {
    /// Records which sockets the program holds at this moment, by protocol.
    #[cfg(target_os = "linux")]
    pub fn holds_sockets(&mut self) {
        match held_sockets(self.process()) {
            Ok(names) => self.stage.record(self.event("sockets", names.join(", "))),
            Err(error) => self.cannot_be_seen(&error.to_string()),
        }
    }

    /// Records the endpoints that the program's sockets have on its side at this moment:
    /// `endpoints none` where none is bound or connected yet.
    #[cfg(target_os = "linux")]
    pub fn has_endpoints(&mut self) {
        match endpoints(self.process()) {
            Ok(all) if all.is_empty() => self.stage.record(self.event("endpoints", "none")),
            Ok(all) => {
                let told: Vec<_> = all.iter().map(ToString::to_string).collect();
                self.stage.record(self.event("endpoints", told.join(", ")));
            }
            Err(error) => self.cannot_be_seen(&error.to_string()),
        }
    }

    /// Never reached where the sockets cannot be seen.
    #[cfg(not(target_os = "linux"))]
    pub fn holds_sockets(&mut self) {
        self.cannot_be_seen("not on this system");
    }

    /// Never reached where the sockets cannot be seen.
    #[cfg(not(target_os = "linux"))]
    pub fn has_endpoints(&mut self) {
        self.cannot_be_seen("not on this system");
    }

    fn cannot_be_seen(&self, why: &str) -> ! {
        self.stage.stop(Cause::Broken(format!(
            "the program's sockets cannot be seen: {why}"
        )))
    }
}
