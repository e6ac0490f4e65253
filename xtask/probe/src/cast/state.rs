//! What the system shows of a program that goes on: the sockets that it holds, and whether
//! it rests or waits. Only Linux does; elsewhere a scenario that asks for the sockets, or
//! for rest, is skipped ([`crate::Sight`]).

use crate::cast::program::Program;
use crate::deadline::{PATIENCE, QUIET, watch};
use crate::judge::reason::Reason;
use crate::judge::verdict::Cause;
#[cfg(target_os = "linux")]
use crate::process::linux::{endpoints, held_sockets};
use crate::process::lockstep::only_reads;
use crate::transcript::happening::Happening;
#[cfg(target_os = "linux")]
use crate::transcript::kind::Kind;

impl Program {
    /// Records which sockets the program holds at this moment, by protocol.
    #[cfg(target_os = "linux")]
    pub fn holds_sockets(&mut self) {
        match held_sockets(self.process()) {
            Ok(names) => self.tell(Happening::Sockets(names)),
            Err(error) => self.cannot_be_seen(Reason::SocketsUnseen {
                error: Kind::of(&error),
            }),
        }
    }

    /// Records the endpoints that the program's sockets have on its side at this moment:
    /// `endpoints none` where none is bound or connected yet.
    #[cfg(target_os = "linux")]
    pub fn has_endpoints(&mut self) {
        match endpoints(self.process()) {
            Ok(all) => self.tell(Happening::Endpoints(
                all.into_iter().map(Into::into).collect(),
            )),
            Err(error) => self.cannot_be_seen(Reason::SocketsUnseen {
                error: Kind::of(&error),
            }),
        }
    }

    /// Never reached where the sockets cannot be seen.
    #[cfg(not(target_os = "linux"))]
    pub fn holds_sockets(&mut self) {
        self.cannot_be_seen(Reason::Missing {
            sight: crate::sight::Sight::HeldSockets,
        });
    }

    /// Never reached where the sockets cannot be seen.
    #[cfg(not(target_os = "linux"))]
    pub fn has_endpoints(&mut self) {
        self.holds_sockets();
    }

    /// Watches, at most for [`PATIENCE`], whether the program rests where it can do nothing
    /// but wait: `rests`, or `busy`. Never reached where [`crate::Sight::Rest`] is missing.
    pub fn rests(&mut self) {
        #[cfg(target_os = "linux")]
        let rests = crate::process::linux::rests(self.running.process, PATIENCE);
        #[cfg(not(target_os = "linux"))]
        let rests = true;
        self.tell(Happening::Rests(rests));
    }

    /// The program does not end: it is watched for a while ([`QUIET`]), or until it waits
    /// itself for what others send. Written `goes-on`.
    pub fn goes_on(&mut self) {
        let ended = watch(QUIET, || {
            // In this order: a program that has ended reads no more.
            let waits = only_reads(self.running.process);
            let ended = self.running.has_ended();
            (ended || waits).then_some(ended)
        });
        if ended == Some(true) {
            self.tells_its_end_instead();
        }
        self.tell(Happening::GoesOn);
    }

    fn cannot_be_seen(&self, why: Reason) -> ! {
        self.stage.stop(Cause::Broken(why))
    }
}
