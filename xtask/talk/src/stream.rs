//! One TCP connection of the peer's: what comes, with every way it can end told apart.

use crate::link::{News, NotSent};
use socket2::SockRef;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// How much a read takes at once.
const CHUNK: usize = 64 * 1024;

/// How long bytes may wait for room on the other side.
const ROOM: Duration = Duration::from_secs(4);

/// A read of no time at all would be one without a limit.
const SHORTEST: Duration = Duration::from_millis(1);

pub(crate) struct Stream {
    stream: TcpStream,
    /// The other side's direction has ended, with FIN or RST.
    ended: bool,
    /// This side's has.
    finished: bool,
    reset: bool,
}

impl Stream {
    pub(crate) fn over(stream: TcpStream) -> std::io::Result<Self> {
        // What is typed goes out at once, in the pieces that were asked for. Fails only on
        // a connection that was reset.
        let _ = stream.set_nodelay(true);
        stream.set_write_timeout(Some(ROOM))?;
        Ok(Self {
            stream,
            ended: false,
            finished: false,
            reset: false,
        })
    }

    pub(crate) fn news(&mut self, limit: Duration) -> News {
        if self.ended {
            std::thread::sleep(limit);
            return self.reset_behind_the_end();
        }
        let mut chunk = vec![0; CHUNK];
        let limit = Some(limit.max(SHORTEST));
        let read = self
            .stream
            .set_read_timeout(limit)
            .and_then(|()| self.stream.read(&mut chunk));
        match read {
            Ok(0) => {
                self.ended = true;
                News::Fin
            }
            Ok(count) => {
                chunk.truncate(count);
                News::Bytes(chunk, None)
            }
            Err(error) if is_about_time(error.kind()) => News::Nothing,
            Err(_) => self.is_reset(),
        }
    }

    /// A reset that comes after the end of the stream is no error of a read (Linux).
    fn reset_behind_the_end(&mut self) -> News {
        if !self.reset && matches!(self.stream.take_error(), Ok(Some(_))) {
            return self.is_reset();
        }
        News::Nothing
    }

    fn is_reset(&mut self) -> News {
        self.ended = true;
        self.reset = true;
        News::Rst
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) -> Result<(), NotSent> {
        self.stream.write_all(bytes).map_err(|error| {
            if is_about_time(error.kind()) {
                return NotSent::NotTaken;
            }
            self.is_reset();
            NotSent::Rst
        })
    }

    /// FIN. Fails only on a connection that is gone; what comes next tells.
    pub(crate) fn fin(&mut self) {
        self.finished = true;
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// Closes the socket with RST: SO_LINGER with a time of 0 (`man 7 socket`).
    pub(crate) fn reset(self) {
        let _ = SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.ended
    }

    pub(crate) fn is_over(&self) -> bool {
        self.reset || self.ended && self.finished
    }
}

fn is_about_time(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}
