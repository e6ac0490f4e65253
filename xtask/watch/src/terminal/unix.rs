//! A terminal on Unix. Lines are not waited for and nothing is echoed (`man 3 termios`);
//! Ctrl-C and Ctrl-Z are left what they are: signals to all that runs in the terminal.

use super::typed::Typed;
use crate::happening::Happening;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io::{self, ErrorKind, Write};
use std::time::Duration;

/// How the terminal was found; it is so again when this is dropped.
pub struct Modes {
    before: Termios,
}

impl Modes {
    pub fn set() -> io::Result<Self> {
        let modes = Self {
            before: tcgetattr(stdin())?,
        };
        modes.set_again();
        Ok(modes)
    }

    pub fn set_again(&self) {
        let mut modes = self.before.clone();
        modes
            .local_modes
            .remove(LocalModes::ICANON | LocalModes::ECHO);
        // A terminal that is gone takes no modes; the keyboard tells of it.
        let _ = tcsetattr(stdin(), OptionalActions::Now, &modes);
    }
}

impl Drop for Modes {
    fn drop(&mut self) {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &self.before);
    }
}

/// What was typed.
#[derive(Default)]
pub struct Keyboard {
    typed: Typed,
}

impl Keyboard {
    /// The keys of the first moment, within `patience`, in which any is pressed.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn pressed(&mut self, patience: Duration) -> io::Result<Vec<Happening>> {
        let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
        let stdin = stdin();
        match poll(&mut [PollFd::new(&stdin, PollFlags::IN)], Some(&patience)) {
            Ok(0) | Err(Errno::INTR) => return Ok(Vec::new()),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let mut bytes = [0; 64];
        match rustix::io::read(stdin, &mut bytes) {
            Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
            Ok(length) => {
                let keys = self.typed.keys_of(&bytes[..length]).into_iter();
                Ok(keys.map(Happening::Pressed).collect())
            }
            Err(Errno::INTR | Errno::AGAIN) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }
}

/// An empty screen (ECMA-48: ED, CUP). What was on it stays above it.
pub fn clear() {
    let mut stdout = io::stdout();
    let _ = write!(stdout, "\x1b[2J\x1b[H").and_then(|()| stdout.flush());
}
