//! A peer's end of one TCP connection: reads with a deadline, and every way it
//! can end told apart by name.

use crate::deadline::{Looking, PART, PATIENCE, patience, watch};
use crate::glimpse;
use crate::judge::reason::Reason;
use crate::judge::stage::Stage;
use crate::network::arrival::{self, timestamp};
use crate::process::lockstep::{wait_until_read, waits_for_others};
use crate::process::this_thread;
use crate::transcript::event::Event;
use crate::transcript::happening::{Connect, Flow, Happening};
use crate::transcript::kind::Kind;
use socket2::SockRef;
use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// A single read gives up after this many bytes: the program sends without end.
const MOST: usize = 32 * 1024 * 1024;

/// How much a read takes at once.
pub(crate) const CHUNK: usize = 64 * 1024;

/// A program that drips a byte now and then makes progress, but not for ever.
const LONGEST: Duration = Duration::from_secs(20);

/// Why no more bytes came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The other side ended its direction in order (RFC 9293, section 3.6).
    Fin,
    /// The connection was reset. Whether a peer notices on send or on recv varies.
    Rst,
    /// Nothing came until the deadline.
    Silence,
}

impl Stop {
    /// How a line tells it.
    pub(crate) fn told(self) -> Flow {
        match self {
            Self::Fin => Flow::Fin,
            Self::Rst => Flow::Rst,
            Self::Silence => Flow::Silence,
        }
    }
}

/// Why a connection did not come about.
#[derive(Debug)]
pub(crate) enum NoConnection {
    Refused,
    Silence,
    Other(Kind),
    /// It is not the program's doing.
    NotTried(Reason),
}

impl NoConnection {
    pub(crate) fn of(name: &str, error: &io::Error) -> Self {
        if let Some(reason) = Reason::of_the_machine(error) {
            return Self::NotTried(reason);
        }
        match error.kind() {
            // No port is left to connect from.
            ErrorKind::AddrNotAvailable => Self::NotTried(Reason::no_port(name, error)),
            // A listener that goes away in the middle of the handshake resets; whether the
            // connect sees that as a refusal varies.
            ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset => Self::Refused,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Self::Silence,
            other => Self::Other(other.into()),
        }
    }

    /// How a line tells it.
    ///
    /// # Errors
    /// Nothing happened that could be told: the reason.
    pub(crate) fn told(self) -> Result<Connect, Reason> {
        match self {
            Self::Refused => Ok(Connect::Refused),
            Self::Silence => Ok(Connect::Silence),
            Self::Other(kind) => Ok(Connect::Failed(kind)),
            Self::NotTried(reason) => Err(reason),
        }
    }
}

pub(crate) struct Wire {
    pub(crate) name: String,
    /// The process at the other end.
    pub(crate) process: u32,
    pub(crate) local: SocketAddr,
    pub(crate) remote: SocketAddr,
    /// When the connection was there.
    pub(crate) opened: Instant,
    stream: RefCell<Option<TcpStream>>,
    reset: Cell<bool>,
    /// When the bytes arrived that were waited for last, where the kernel tells.
    arrived: Cell<Option<Instant>>,
}

impl Wire {
    pub(crate) fn connect(
        name: &str,
        process: u32,
        remote: SocketAddr,
        limit: Duration,
    ) -> Result<Self, NoConnection> {
        TcpStream::connect_timeout(&remote, limit)
            .and_then(|stream| Self::over(name, process, stream, remote))
            .map_err(|error| NoConnection::of(name, &error))
    }

    /// The peer's end of a connection with `remote` that is there already, or was: a
    /// program may have reset it by now, and the next read tells.
    ///
    /// # Errors
    /// The system does not tell the peer's own address.
    pub(crate) fn over(
        name: &str,
        process: u32,
        stream: TcpStream,
        remote: SocketAddr,
    ) -> io::Result<Self> {
        // What a peer sends goes out at once, in the pieces the scenario names. Fails
        // only on a connection that was reset.
        let _ = stream.set_nodelay(true);
        // Where it is not noted when something arrives, the check's own clock has to do.
        let _ = timestamp(&stream);
        Ok(Self {
            name: name.to_owned(),
            process,
            local: stream.local_addr()?,
            remote,
            stream: RefCell::new(Some(stream)),
            reset: Cell::new(false),
            arrived: Cell::new(None),
            opened: Instant::now(),
        })
    }

    pub(crate) fn event(&self, what: Happening) -> Event {
        Event::new(&self.name, what)
    }

    /// Sends all of `bytes`; false if the program took nothing more until the
    /// deadline. A reset is kept for the next read to tell.
    pub(crate) fn send(&self, bytes: &[u8]) -> bool {
        let mut stream = self.stream.borrow_mut();
        let Some(stream) = stream.as_mut() else {
            return true;
        };
        match write_while_taken(stream, bytes) {
            Ok(()) => true,
            Err(error) if waited_in_vain(&error) => false,
            Err(_) => {
                self.reset.set(true);
                true
            }
        }
    }

    /// Sends each of `pieces` when the program has read the one before, and is back in a
    /// read. False as for [`Wire::send`].
    pub(crate) fn send_in_lock_step(&self, pieces: &[&[u8]]) -> bool {
        pieces.iter().enumerate().all(|(index, piece)| {
            if index > 0 {
                self.wait_until_read();
            }
            self.send(piece)
        })
    }

    /// Waits until the program has read all that was sent. Where the system does not
    /// show that, a pause has to do. False where the program left bytes unread.
    pub(crate) fn wait_until_read(&self) -> bool {
        wait_until_read(self.process, self.local, self.remote)
    }

    /// Reads until `enough` holds of what came, and then what has come already
    /// beyond it. `None`: enough came.
    pub(crate) fn read_until(
        &self,
        stage: &Stage,
        enough: impl Fn(&[u8]) -> bool,
    ) -> (Vec<u8>, Option<Stop>) {
        let (mut got, stop) = self.read_pieces(stage, |_| CHUNK, enough);
        if stop.is_none() {
            let arrived = self.arrived.get();
            got.extend(self.read_what_is_there());
            self.arrived.set(arrived);
        }
        (got, stop)
    }

    /// When the bytes arrived that were waited for last, by the kernel's clock.
    pub(crate) fn arrived(&self) -> Option<Instant> {
        self.arrived.get()
    }

    /// Reads in pieces until `enough` holds of what came, each of at most so many bytes as
    /// `piece` says when so many have come.
    pub(crate) fn read_pieces(
        &self,
        stage: &Stage,
        piece: impl Fn(usize) -> usize,
        enough: impl Fn(&[u8]) -> bool,
    ) -> (Vec<u8>, Option<Stop>) {
        let (mut got, started) = (Vec::new(), Instant::now());
        let mut looking = Looking::begin();
        while !enough(&got) && got.len() < MOST {
            if started.elapsed() >= LONGEST {
                return (got, Some(Stop::Silence));
            }
            match self.read_some(piece(got.len()), Some(PART)) {
                Ok(bytes) => {
                    got.extend(bytes);
                    looking = Looking::begin();
                }
                Err(Stop::Silence) if !stage.in_vain(looking.time()) => {}
                Err(stop) => return (got, Some(stop)),
            }
        }
        (got, None)
    }

    /// What has arrived by now, without waiting.
    pub(crate) fn read_what_is_there(&self) -> Vec<u8> {
        let mut got = Vec::new();
        while let (true, Ok(bytes)) = (got.len() < MOST, self.read_some(CHUNK, None)) {
            got.extend(bytes);
        }
        got
    }

    /// Is there something to read, an end included? Nothing is taken.
    pub(crate) fn has_news(&self) -> bool {
        let stream = self.stream.borrow();
        let Some(stream) = stream.as_ref() else {
            return true;
        };
        let peeked = stream
            .set_nonblocking(true)
            .and_then(|()| stream.peek(&mut [0]));
        !peeked.is_err_and(|error| waited_in_vain(&error))
    }

    /// True where it is sure that nothing comes from the program before something is sent
    /// to it. Only Linux shows that.
    pub(crate) fn is_waited_at(&self) -> bool {
        waits_for_others(self.process, self.local, self.remote)
    }

    /// Have more than `count` bytes come that were not read? Nothing is taken.
    pub(crate) fn holds_more_than(&self, count: usize) -> bool {
        let stream = self.stream.borrow();
        let peek = |stream: &TcpStream| {
            stream.set_nonblocking(true)?;
            stream.peek(&mut vec![0; count + 1])
        };
        let peeked = stream.as_ref().map(peek);
        peeked.is_some_and(|peeked| peeked.is_ok_and(|there| there > count))
    }

    /// Has the program ended the connection, or broken it off? What it sends before is
    /// thrown away.
    pub(crate) fn has_ended(&self) -> bool {
        loop {
            match self.read_some(CHUNK, None) {
                Ok(_) => {}
                Err(stop) => return stop != Stop::Silence,
            }
        }
    }

    /// One read of at most `most` bytes; without a `limit` it does not wait.
    fn read_some(&self, most: usize, limit: Option<Duration>) -> Result<Vec<u8>, Stop> {
        let stream = self.stream.borrow();
        let Some(stream) = stream.as_ref() else {
            return Err(Stop::Fin);
        };
        let mut chunk = vec![0; most];
        glimpse::look();
        let mut read = stream
            .set_nonblocking(true)
            .and_then(|()| arrival::read(stream, &mut chunk));
        let in_vain = |read: &io::Result<_>| matches!(read, Err(error) if waited_in_vain(error));
        if in_vain(&read) {
            glimpse::nothing();
        }
        if let (true, Some(limit)) = (in_vain(&read), limit) {
            let waits = || {
                stream
                    .set_nonblocking(false)
                    .and_then(|()| stream.set_read_timeout(Some(limit)))
                    .and_then(|()| arrival::read(stream, &mut chunk))
            };
            let late;
            (read, late) = this_thread::late_after(waits);
            if !in_vain(&read) {
                glimpse::woken(late);
            }
        }
        match read {
            // After a reset was told once, or behind an end, the socket reads as ended.
            Ok((0, _)) => {
                self.reset.set(self.reset.get() || was_reset(stream));
                Err(if self.reset.get() {
                    Stop::Rst
                } else {
                    Stop::Fin
                })
            }
            Ok((count, arrived)) => {
                self.arrived.set(arrived);
                chunk.truncate(count);
                Ok(chunk)
            }
            Err(error) if waited_in_vain(&error) => Err(Stop::Silence),
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(Vec::new()),
            Err(_) => {
                self.reset.set(true);
                Err(Stop::Rst)
            }
        }
    }

    /// Waits until the connection stands in the system's table on the program's side
    /// as well: a connect returns before the last step of the handshake is done
    /// (RFC 9293, section 3.5). Only Linux shows it; elsewhere this does nothing.
    pub(crate) fn arrives(&self) {
        #[cfg(target_os = "linux")]
        crate::process::linux::wait_until_established(self.local, self.remote, PATIENCE);
    }

    /// Ends the peer's own direction: FIN.
    pub(crate) fn half_close(&self) {
        if let Some(stream) = self.stream.borrow().as_ref() {
            // Fails only on a connection that is gone; the next read tells.
            let _ = stream.shutdown(Shutdown::Write);
        }
    }

    /// Closes the socket: FIN, as long as everything was read. On Linux, returns when that has
    /// reached the program's side, unless other bytes are to go first.
    pub(crate) fn close(&self) {
        if self.stream.borrow_mut().take().is_some() {
            #[cfg(target_os = "linux")]
            crate::process::linux::wait_until_its_end_is_there(self.local, self.remote, PATIENCE);
        }
    }

    /// Closes the socket with RST: SO_LINGER with a time of 0 (`man 7 socket`). On
    /// Linux, returns when the reset has reached the program's side.
    pub(crate) fn reset(&self) {
        if let Some(stream) = self.stream.borrow_mut().take() {
            let _ = SockRef::from(&stream).set_linger(Some(Duration::ZERO));
            drop(stream);
            #[cfg(target_os = "linux")]
            crate::process::linux::wait_until_gone(self.local, self.remote, PATIENCE);
        }
    }
}

/// Writes all of `bytes`, as long as some of them are taken now and then. A blocking write
/// would wait once more for those that are left when it has waited in vain.
fn write_while_taken(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    stream.set_nonblocking(true)?;
    let mut left = bytes;
    while !left.is_empty() {
        let taken = watch(patience(), || match stream.write(left) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => None,
            Err(error) if error.kind() == ErrorKind::Interrupted => None,
            Ok(0) => Some(Err(ErrorKind::WriteZero.into())),
            taken => Some(taken),
        });
        left = &left[taken.unwrap_or_else(|| Err(ErrorKind::TimedOut.into()))?..];
    }
    Ok(())
}

/// A reset that comes after the end of the stream is no error of a read (Linux).
fn was_reset(stream: &TcpStream) -> bool {
    matches!(stream.take_error(), Ok(Some(_)))
}

fn waited_in_vain(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
