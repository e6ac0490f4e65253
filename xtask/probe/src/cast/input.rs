//! Waiting for a program to take notice of its input. Nothing of it is written down.

use crate::cast::program::Program;
use crate::deadline::{QUIET, watch};
use crate::process::lockstep::{is_at_rest, reads_its_input};
use std::time::Duration;

/// How long a program is given that never rests.
const AT_REST: Duration = Duration::from_secs(1);

impl Program {
    /// Waits for a while ([`QUIET`]) until it waits for its input, or has ended: what is typed
    /// next is then read at once.
    pub fn waits_for_its_input(&self) {
        watch(QUIET, || {
            let waits = self.running.has_ended() || reads_its_input(self.running.process);
            waits.then_some(())
        });
    }

    /// Waits, at most a second, until it has done what its input makes it do: it has ended, or
    /// waits in every thread for something else than its input.
    pub fn comes_to_rest(&self) {
        let rests = || self.running.has_ended() || is_at_rest(self.running.process);
        // Its threads are looked at one by one, so that a single look may miss one.
        watch(AT_REST, || (rests() && rests()).then_some(()));
    }
}
