//! The terminal that keys are pressed in. From its making to its end every key is told as
//! it is pressed; before and after, the terminal is as it was found.

#[cfg(unix)]
#[path = "unix.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;
#[cfg(unix)]
mod typed;

use crate::happening::Happening;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;
use std::time::Duration;
pub use system::clear;

/// How long a terminal that is given up may go on to wait for a key.
const LOOK: Duration = Duration::from_millis(50);

/// The keyboard, as long as it is this program's.
pub struct Terminal {
    modes: system::Modes,
    given_up: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Terminal {
    /// Tells `happenings` of every key that means something, and when the terminal is gone.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn take(happenings: Sender<Happening>) -> io::Result<Self> {
        let modes = system::Modes::set()?;
        let given_up = Arc::new(AtomicBool::new(false));
        let is_given_up = Arc::clone(&given_up);
        let listening = std::thread::spawn(move || {
            let mut keyboard = system::Keyboard::default();
            while !is_given_up.load(Ordering::Relaxed) {
                let Ok(keys) = keyboard.pressed(LOOK) else {
                    let _ = happenings.send(Happening::Gone);
                    return;
                };
                for happening in keys {
                    // Nobody listens any more only when all ends.
                    let _ = happenings.send(happening);
                }
            }
        });
        Ok(Self {
            modes,
            given_up,
            listening: Some(listening),
        })
    }

    /// As after [`Terminal::take`], whatever a shell has done to the terminal meanwhile.
    pub fn take_again(&self) {
        self.modes.set_again();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.given_up.store(true, Ordering::Relaxed);
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}
