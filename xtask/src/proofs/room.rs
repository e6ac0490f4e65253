//! Whether the machine has room for one more proof: most of a proof is waiting, and how much
//! is left over depends on what else the machine does. Where the system does not tell, there
//! is none.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Over how long it is looked at; one proof begins in each such time, so that what the one
/// before takes is seen.
const LOOK: Duration = Duration::from_millis(300);

/// This share of the processors' time was not used.
const IDLE: f64 = 0.2;

/// What was seen of the machine when it was last looked at: when, and the time that its
/// processors had nothing to do.
#[derive(Default)]
pub struct Machine(Mutex<Option<(Instant, Duration)>>);

impl Machine {
    /// One more may begin. Whoever asks next is answered anew after a while.
    pub fn has_room(&self) -> bool {
        let Ok(mut last) = self.0.lock() else {
            return false;
        };
        let now = Instant::now();
        if last.is_some_and(|(at, _)| now.duration_since(at) < LOOK) {
            return false;
        }
        let Some(idle) = idle() else { return false };
        let before = last.replace((now, idle));
        before.is_some_and(|(at, before)| {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            is_enough(idle.saturating_sub(before), now.duration_since(at), cores)
        })
    }
}

fn is_enough(idle: Duration, passed: Duration, cores: usize) -> bool {
    idle.as_secs_f64() >= IDLE * passed.as_secs_f64() * cores as f64
}

#[cfg(target_os = "linux")]
fn idle() -> Option<Duration> {
    proc::idle().ok()
}

#[cfg(not(target_os = "linux"))]
fn idle() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_of_all_processors_is_room() {
        let ms = Duration::from_millis;
        assert!(is_enough(ms(200), ms(500), 2));
        assert!(!is_enough(ms(199), ms(500), 2));
        assert!(!is_enough(ms(200), ms(500), 4));
    }

    #[test]
    fn the_first_look_and_one_too_soon_see_nothing() {
        let machine = Machine::default();
        assert!(!machine.has_room());
        assert!(!machine.has_room());
    }
}
