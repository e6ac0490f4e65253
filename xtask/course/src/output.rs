//! Everything that the tool says on stdout and stderr. What cannot be written is kept in
//! mind and no reason to panic: whoever reads may have left, a disk may be full.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

/// The first error in writing to stdout.
static TROUBLE: Mutex<Option<io::Error>> = Mutex::new(None);

/// A line on stdout: `say!("{name} passed")`. Colours stay where the terminal has them.
#[macro_export]
macro_rules! say {
    ($($text:tt)*) => { $crate::output::line(format_args!($($text)*)) };
}

/// A line on stderr.
#[macro_export]
macro_rules! complain {
    ($($text:tt)*) => { $crate::output::complaint(format_args!($($text)*)) };
}

/// For [`say!`].
pub fn line(text: Arguments<'_>) {
    let mut stdout = anstream::stdout().lock();
    if let Err(error) = writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        let mut trouble = TROUBLE.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.get_or_insert(error);
    }
}

/// For [`complain!`]. Where not even stderr can be written to, there is nobody to be told.
pub fn complaint(text: Arguments<'_>) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// A line on a terminal that is there only as long as something takes its time: the next
/// one is written in its place. Nothing where stderr is no terminal.
pub struct Meanwhile(());

impl Meanwhile {
    pub fn say(text: &str) -> Option<Self> {
        let terminal = io::stderr().is_terminal();
        terminal.then(|| {
            let _ = write!(anstream::stderr().lock(), "{text}");
            Self(())
        })
    }
}

impl Drop for Meanwhile {
    fn drop(&mut self) {
        // To the beginning of the line, and clear it (ECMA-48, 8.3.41: EL).
        let _ = write!(anstream::stderr().lock(), "\r\x1b[2K");
    }
}

/// Why not all was said that was to be said. A reader who has left wants no more, as with
/// `| head -1`: that is no trouble.
pub fn trouble() -> Option<io::Error> {
    let mut trouble = TROUBLE.lock().unwrap_or_else(PoisonError::into_inner);
    trouble
        .take()
        .filter(|error| error.kind() != ErrorKind::BrokenPipe)
}
