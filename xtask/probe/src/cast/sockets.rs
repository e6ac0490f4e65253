//! Which sockets a program holds, as the system shows them ([`crate::Sight::HeldSockets`]).

use crate::cast::program::Program;
use crate::deadline::{PATIENCE, watch};
use crate::judge::verdict::Cause;
use std::time::Duration;

impl Program {
    /// Records which sockets the program holds at this moment, by protocol.
    pub fn holds_sockets(&mut self) {
        self.tells_its_sockets(Duration::ZERO, |_| true);
    }

    /// Waits until the program holds `due`, by protocol and sorted, and no other socket;
    /// records which it holds then, or in the end. When exactly it closes a socket that it
    /// needs no more is its own business.
    pub fn comes_to_hold(&mut self, due: &[&str]) {
        self.tells_its_sockets(PATIENCE, |held| held == due);
    }

    fn tells_its_sockets(&self, limit: Duration, enough: impl Fn(&[String]) -> bool) {
        let look = || held_sockets(self.running.process);
        let seen = watch(limit, || match look() {
            Ok(held) if !enough(&held) => None,
            seen => Some(seen),
        });
        match seen.unwrap_or_else(look) {
            Ok(held) => self.stage.record(self.event("sockets", held.join(", "))),
            Err(error) => self.stage.stop(Cause::Broken(format!(
                "the program's sockets cannot be seen: {error}"
            ))),
        }
    }
}

#[cfg(target_os = "linux")]
use crate::process::linux::held_sockets;

/// Never asked where [`crate::Sight::HeldSockets`] is missing.
#[cfg(not(target_os = "linux"))]
fn held_sockets(_process: u32) -> std::io::Result<Vec<String>> {
    Err(std::io::ErrorKind::Unsupported.into())
}
