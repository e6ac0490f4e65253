//! The orders that the program of the tests knows: `send hello` is the order `send` and what
//! to send. One that fails is said on stderr, and ends the program.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const MIB: usize = 1024 * 1024;

/// What a program takes that goes beyond every limit of the check, in MiB.
const TOO_MUCH: usize = 600;

/// The program, with what it has opened so far.
pub(crate) struct Actor {
    /// Where it listens or binds: its first argument, if that is an address.
    own: SocketAddr,
    listener: Option<TcpListener>,
    /// Its connections; the last one is talked on.
    streams: Vec<TcpStream>,
    socket: Option<UdpSocket>,
    /// Who sent the last datagram.
    sender: Option<SocketAddr>,
    /// What was received or read last.
    heard: Vec<u8>,
    /// What `until` counts from.
    since: Instant,
}

impl Actor {
    pub(crate) fn new() -> Self {
        Self {
            own: SocketAddr::from(([127, 0, 0, 1], 0)),
            listener: None,
            streams: Vec::new(),
            socket: None,
            sender: None,
            heard: Vec::new(),
            since: Instant::now(),
        }
    }

    /// # Errors
    /// The system's own; `InvalidInput` for an order that is none, or comes too soon.
    pub(crate) fn carries_out(&mut self, order: &str) -> io::Result<()> {
        if let Ok(own) = order.parse() {
            self.own = own;
            return Ok(());
        }
        let (order, rest) = order.split_once(' ').unwrap_or((order, ""));
        match order {
            "listen" => {
                let listener = TcpListener::bind(self.own)?;
                say(&format!("at {}\n", listener.local_addr()?))?;
                self.listener = Some(listener);
            }
            "listen-quietly" => self.listener = Some(TcpListener::bind(self.own)?),
            // Everywhere, and it says otherwise.
            "listen-wide" => {
                let listener = TcpListener::bind("0.0.0.0:0")?;
                let port = listener.local_addr()?.port();
                say(&format!("at 127.0.0.1:{port}\n"))?;
                self.listener = Some(listener);
            }
            "stop-listening" => self.listener = None,
            "accept" => self.streams.push(opened(&self.listener)?.accept()?.0),
            "connect" => self.streams.push(TcpStream::connect(rest)?),
            "send" => self.stream()?.write_all(rest.as_bytes())?,
            "echo" => {
                let heard = self.heard.clone();
                self.stream()?.write_all(&heard)?;
            }
            "pour" => loop {
                self.stream()?.write_all(&[b'x'; 64 * 1024])?;
            },
            "recv" => {
                self.heard = vec![0; 64 * 1024];
                let count = self.streams.last().ok_or(EARLY)?.read(&mut self.heard)?;
                self.heard.truncate(count);
            }
            "recv-all" => {
                self.heard.clear();
                let mut stream = self.streams.last().ok_or(EARLY)?;
                stream.read_to_end(&mut self.heard)?;
            }
            "shutdown" => self.stream()?.shutdown(Shutdown::Write)?,
            "reset" => {
                let stream = self.streams.pop().ok_or(EARLY)?;
                socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO))?;
            }
            "close" => drop(self.streams.pop()),
            "bind" => {
                let socket = UdpSocket::bind(self.own)?;
                say(&format!("at {}\n", socket.local_addr()?))?;
                self.socket = Some(socket);
            }
            // And the old one is closed.
            "bind-again" => self.socket = Some(UdpSocket::bind(self.own)?),
            // Connected, as recvfrom is told of a refusal only then.
            "ask" => {
                let socket = UdpSocket::bind(self.own)?;
                socket.connect(rest)?;
                socket.send(b"ask")?;
                self.socket = Some(socket);
            }
            "sendto" => {
                let (to, text) = rest.split_once(' ').unwrap_or((rest, ""));
                if self.socket.is_none() {
                    self.socket = Some(UdpSocket::bind(self.own)?);
                }
                opened(&self.socket)?.send_to(text.as_bytes(), to)?;
            }
            "recvfrom" => self.receives()?,
            "recvfrom-only" => {
                while self.sender.is_none_or(|sender| sender.to_string() != rest) {
                    self.receives()?;
                }
            }
            "reply" => {
                let to = self.sender.ok_or(EARLY)?;
                opened(&self.socket)?.send_to(rest.as_bytes(), to)?;
            }
            "print" => say(&format!("{rest}\n"))?,
            "print-part" => say(rest)?,
            "print-heard" => say(&String::from_utf8_lossy(&self.heard))?,
            "print-variable" => {
                let value = std::env::var(rest);
                say(&format!("{}\n", value.as_deref().unwrap_or("not set")))?;
            }
            "complain" => eprintln!("{rest}"),
            "line" => {
                let mut line = String::new();
                io::stdin().read_line(&mut line)?;
                self.heard = line.into_bytes();
            }
            "write-file" => writes_too_much(File::create(rest)?)?,
            "rest" => thread::sleep(millis(rest)?),
            "now" => self.since = Instant::now(),
            "until" => {
                let due = self.since + millis(rest)?;
                thread::sleep(due.saturating_duration_since(Instant::now()));
            }
            _ => return ends(order, rest),
        }
        Ok(())
    }

    fn receives(&mut self) -> io::Result<()> {
        self.heard = vec![0; 64 * 1024];
        let (count, sender) = opened(&self.socket)?.recv_from(&mut self.heard)?;
        self.heard.truncate(count);
        self.sender = Some(sender);
        Ok(())
    }

    fn stream(&mut self) -> io::Result<&mut TcpStream> {
        Ok(self.streams.last_mut().ok_or(EARLY)?)
    }
}

/// The orders of a program that needs nothing but itself, after most of which there is no other.
fn ends(order: &str, rest: &str) -> io::Result<()> {
    match order {
        "stay" => loop {
            thread::park();
        },
        "spin" => loop {
            std::hint::spin_loop();
        },
        "flood" => loop {
            say("all work and no play\n")?;
        },
        "hog" => {
            let held: Vec<_> = (0..TOO_MUCH).map(|_| vec![1_u8; MIB]).collect();
            say(&format!("{} MiB\n", held.len()))
        }
        "child" => has_a_child(),
        "child-does" => has_a_child_that(rest),
        "close-stdout" => {
            #[cfg(unix)]
            {
                use std::os::fd::{FromRawFd, OwnedFd};
                // SAFETY: nothing is printed after this order.
                drop(unsafe { OwnedFd::from_raw_fd(1) });
            }
            Ok(())
        }
        "hide" => {
            #[cfg(target_os = "linux")]
            {
                use rustix::process::{DumpableBehavior, set_dumpable_behavior};
                set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
            }
            Ok(())
        }
        "exit" => std::process::exit(rest.parse().map_err(io::Error::other)?),
        "abort" => std::process::abort(),
        "panic" => panic!("{rest}"),
        "panic-in-std" => {
            let never = Instant::now() + Duration::MAX;
            say(&format!("{never:?}\n"))
        }
        "todo" => todo!("step {rest}"),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// An order that needs what no order before has opened.
const EARLY: io::ErrorKind = io::ErrorKind::InvalidInput;

fn opened<T>(one: &Option<T>) -> io::Result<&T> {
    Ok(one.as_ref().ok_or(EARLY)?)
}

fn millis(text: &str) -> io::Result<Duration> {
    let millis = text.parse().map_err(io::Error::other)?;
    Ok(Duration::from_millis(millis))
}

/// Whole or in part, but at once.
fn say(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

fn writes_too_much(mut file: File) -> io::Result<()> {
    let piece = vec![0; MIB];
    (0..TOO_MUCH).try_for_each(|_| file.write_all(&piece))
}

/// Starts itself once more, in a process group of its own, and tells its process id.
/// A child in the program's own group, which carries out `orders` and prints nowhere.
fn has_a_child_that(orders: &str) -> io::Result<()> {
    let mut child = Command::new(std::env::current_exe()?);
    child.args(orders.split(", ")).stdin(Stdio::null());
    child.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    Ok(())
}

fn has_a_child() -> io::Result<()> {
    let mut child = Command::new(std::env::current_exe()?);
    child.arg("stay").stdin(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut child, 0);
    say(&format!("{}\n", child.spawn()?.id()))
}
