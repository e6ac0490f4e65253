//! Tells of every save of one lesson. The system says that something has happened in the
//! folder, where it can; in any case the folder is looked at now and then, for across network
//! drives, containers and WSL nothing is said.

use crate::glance::Glance;
use crate::happening::Happening;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Between two looks at files that are only looked at.
const POLL: Duration = Duration::from_millis(200);

/// Between two looks where the system tells of saves.
const DOUBT: Duration = Duration::from_secs(1);

/// A save is over when the files have not changed for so long: editors write, rename and
/// remove one after another.
const QUIET: Duration = Duration::from_millis(20);

/// What is written to without an end is a save all the same, after so many looks.
const MOST_LOOKS: usize = 50;

/// As long as it is there, saves are told.
pub struct Saves {
    /// Closed when all ends.
    nudges: Option<Sender<Nudge>>,
    watcher: Option<RecommendedWatcher>,
    looking: Option<JoinHandle<()>>,
}

/// Why to look.
enum Nudge {
    Told,
    End,
}

impl Saves {
    /// Tells `happenings` of each save in `folder` from here on, with this `number`.
    pub fn watch(
        folder: PathBuf,
        number: usize,
        poll: bool,
        happenings: Sender<Happening>,
    ) -> Self {
        let (nudges, nudged) = channel();
        let watcher = if poll {
            None
        } else {
            told_by_the_system(&folder, nudges.clone())
        };
        let rest = if watcher.is_some() { DOUBT } else { POLL };
        let known = Glance::at(&folder);
        let look = Look {
            folder,
            known,
            nudged,
            rest,
        };
        let looking =
            std::thread::spawn(move || look.on(|| happenings.send(Happening::Saved(number))));
        Self {
            nudges: Some(nudges),
            watcher,
            looking: Some(looking),
        }
    }
}

impl Drop for Saves {
    fn drop(&mut self) {
        self.watcher = None;
        if let Some(nudges) = self.nudges.take() {
            let _ = nudges.send(Nudge::End);
        }
        if let Some(looking) = self.looking.take() {
            let _ = looking.join();
        }
    }
}

/// `None` where the system does not tell: too many watchers, a file system that has none.
fn told_by_the_system(folder: &Path, nudges: Sender<Nudge>) -> Option<RecommendedWatcher> {
    let tell = move |told: notify::Result<Event>| {
        // Looking at the files is no reason to look at them.
        let is_a_look = told.is_ok_and(|event| event.kind.is_access());
        if !is_a_look {
            let _ = nudges.send(Nudge::Told);
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    watcher.watch(folder, RecursiveMode::Recursive).ok()?;
    Some(watcher)
}

/// The looking, on a thread of its own.
struct Look {
    folder: PathBuf,
    known: Glance,
    nudged: Receiver<Nudge>,
    rest: Duration,
}

impl Look {
    /// Goes on until the end is told, or `save` fails.
    fn on<E>(mut self, save: impl Fn() -> Result<(), E>) {
        loop {
            match self.nudged.recv_timeout(self.rest) {
                Ok(Nudge::Told) | Err(RecvTimeoutError::Timeout) => {}
                Ok(Nudge::End) | Err(RecvTimeoutError::Disconnected) => return,
            }
            let mut seen = Glance::at(&self.folder);
            if seen == self.known {
                continue;
            }
            for _ in 0..MOST_LOOKS {
                std::thread::sleep(QUIET);
                let before = std::mem::replace(&mut seen, Glance::at(&self.folder));
                if before == seen {
                    break;
                }
            }
            let before = std::mem::replace(&mut self.known, seen);
            if before != self.known && save().is_err() {
                return;
            }
        }
    }
}
