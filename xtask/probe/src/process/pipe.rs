//! The end of a pipe that a program's output is read from.
//!
//! Whoever says that a program printed nothing has to know that nothing is on its way. So on
//! Unix bytes are taken out of the pipe under the lock under which they are kept: whoever
//! holds it finds what was written either there or still in the pipe.

use std::io::{self, Read};
use std::process::{ChildStderr, ChildStdout};

pub(crate) struct Pipe {
    #[cfg(unix)]
    end: std::fs::File,
    #[cfg(not(unix))]
    end: std::sync::Mutex<Box<dyn Read + Send>>,
}

#[cfg(unix)]
impl Pipe {
    /// Waits until something is there to be read, or the end, and reads it with what `lock`
    /// locks. An error counts as the end.
    pub(crate) fn read<G>(&self, chunk: &mut [u8], lock: impl FnOnce() -> G) -> (usize, G) {
        let _ = self.wait(-1);
        let guard = lock();
        (self.read_on(chunk), guard)
    }

    /// Is there something to be read, or the end? Asked with the lock held.
    pub(crate) fn holds_something(&self) -> bool {
        self.wait(0)
    }

    fn read_on(&self, chunk: &mut [u8]) -> usize {
        loop {
            match (&self.end).read(chunk) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read.unwrap_or(0),
            }
        }
    }

    /// `man 2 poll`: in milliseconds, and without a limit if below 0.
    fn wait(&self, limit: i32) -> bool {
        use std::os::fd::AsRawFd;
        let mut end = libc::pollfd {
            fd: self.end.as_raw_fd(),
            events: libc::POLLIN,
            revents: 0,
        };
        loop {
            // SAFETY: the pointer is valid for the one entry that is named.
            let found = unsafe { libc::poll(&raw mut end, 1, limit) };
            if found >= 0 || io::Error::last_os_error().kind() != io::ErrorKind::Interrupted {
                return found > 0;
            }
        }
    }
}

#[cfg(not(unix))]
impl Pipe {
    /// Waits until something is there to be read, or the end, and reads it; then `lock` locks.
    /// An error counts as the end.
    pub(crate) fn read<G>(&self, chunk: &mut [u8], lock: impl FnOnce() -> G) -> (usize, G) {
        let end = self.end.lock();
        let count = end
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .read(chunk);
        (count.unwrap_or(0), lock())
    }

    /// Not shown.
    pub(crate) fn holds_something(&self) -> bool {
        false
    }
}

macro_rules! pipes_from {
    ($($end:ty),*) => {$(
        impl From<$end> for Pipe {
            #[cfg(unix)]
            fn from(end: $end) -> Self {
                Self {
                    end: std::os::fd::OwnedFd::from(end).into(),
                }
            }

            #[cfg(not(unix))]
            fn from(end: $end) -> Self {
                Self {
                    end: std::sync::Mutex::new(Box::new(end)),
                }
            }
        }
    )*};
}

pipes_from!(ChildStdout, ChildStderr, io::PipeReader);
