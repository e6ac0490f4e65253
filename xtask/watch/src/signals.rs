//! Signals, told like everything else that happens (`man 7 signal`).

use crate::happening::Happening;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

/// Does Ctrl-C belong to an editor that has the terminal?
static OF_AN_EDITOR: AtomicBool = AtomicBool::new(false);

/// Was one of this program's own?
static OURS: AtomicBool = AtomicBool::new(false);

/// Whose it is, is decided at the moment in which it comes: it may end the editor, and is
/// told a moment later than that.
pub fn ctrl_c_is_of_an_editor(editing: bool) {
    OF_AN_EDITOR.store(editing, Ordering::SeqCst);
}

/// From here on no signal ends the program; `happenings` is told of it.
///
/// # Errors
/// The system takes no handlers.
pub fn listen(happenings: Sender<Happening>) -> io::Result<()> {
    let note = || {
        if !OF_AN_EDITOR.load(Ordering::SeqCst) {
            OURS.store(true, Ordering::SeqCst);
        }
    };
    // SAFETY: what runs in the handler reads and writes two atomics, and nothing else.
    unsafe { low_level::register(SIGINT, note) }?;
    let mut signals = Signals::new([SIGINT, SIGCONT, SIGHUP, SIGQUIT, SIGTERM])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let happening = match signal {
                SIGINT if !OURS.load(Ordering::SeqCst) => continue,
                SIGINT => Happening::Interrupted,
                SIGCONT => Happening::Continued,
                _ => Happening::Gone,
            };
            // Nobody listens any more only when all ends.
            let _ = happenings.send(happening);
        }
    });
    Ok(())
}
