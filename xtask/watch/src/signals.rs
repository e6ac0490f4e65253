//! Signals, told like everything else that happens (`man 7 signal`).

use crate::happening::Happening;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::mpsc::Sender;

/// From here on no signal ends the program; `happenings` is told of it.
///
/// # Errors
/// The system takes no handlers.
pub fn listen(happenings: Sender<Happening>) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGCONT, SIGHUP, SIGQUIT, SIGTERM])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            // Nobody listens any more only when all ends.
            let _ = happenings.send(match signal {
                SIGINT => Happening::Interrupted,
                SIGCONT => Happening::Continued,
                _ => Happening::Gone,
            });
        }
    });
    Ok(())
}
