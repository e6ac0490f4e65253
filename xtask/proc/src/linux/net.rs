//! The kernel's tables of sockets: `/proc/PID/net/tcp` and its kin (`man 5 proc_pid_net`), one
//! line an end. On a machine with much memory the table of TCP takes milliseconds.

use super::not_understood;
use super::stat::number;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

/// The states of a TCP socket, by the kernel's numbers (`<net/tcp_states.h>`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    Established = 1,
    SynSent,
    SynRecv,
    FinWait1,
    FinWait2,
    TimeWait,
    Close,
    CloseWait,
    LastAck,
    Listen,
    Closing,
    NewSynRecv,
}

impl State {
    const ALL: [Self; 12] = [
        Self::Established,
        Self::SynSent,
        Self::SynRecv,
        Self::FinWait1,
        Self::FinWait2,
        Self::TimeWait,
        Self::Close,
        Self::CloseWait,
        Self::LastAck,
        Self::Listen,
        Self::Closing,
        Self::NewSynRecv,
    ];

    /// The state that the kernel calls `number`.
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|state| *state as u8 == number)
    }
}

/// One socket in a table. Of UDP, one that is not connected is `Close`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub local: SocketAddr,
    /// Of one that is not connected, port 0.
    pub remote: SocketAddr,
    pub state: State,
    /// What was handed over and not acknowledged, in bytes.
    pub send_queue: u32,
    /// What was not read, in bytes; of a listener, how many connections were not accepted.
    pub receive_queue: u32,
    /// Whose it is, by number.
    pub owner: u32,
    /// By which number its holders know it; 0 where nobody holds it.
    pub inode: u64,
}

impl FromStr for Entry {
    type Err = io::Error;

    fn from_str(line: &str) -> io::Result<Self> {
        let mut fields = line.split_ascii_whitespace();
        let mut field = |skipped: usize| fields.nth(skipped).ok_or_else(not_understood);
        let (local, remote) = (address(field(1)?)?, address(field(0)?)?);
        let state = hexadecimal(field(0)?)?;
        let (sent, received) = field(0)?.split_once(':').ok_or_else(not_understood)?;
        let (owner, inode) = (field(2)?, field(1)?);
        Ok(Self {
            local,
            remote,
            state: u8::try_from(state)
                .ok()
                .and_then(State::of)
                .ok_or_else(not_understood)?,
            send_queue: hexadecimal(sent)?,
            receive_queue: hexadecimal(received)?,
            owner: number(owner)?,
            inode: number(inode)?,
        })
    }
}

fn hexadecimal(digits: &str) -> io::Result<u32> {
    u32::from_str_radix(digits, 16).map_err(|_| not_understood())
}

/// The host is written as one or four numbers of 32 bits, each as it lies in memory; the port
/// is a number.
fn address(text: &str) -> io::Result<SocketAddr> {
    let (host, port) = text.split_once(':').ok_or_else(not_understood)?;
    let port = u16::from_str_radix(port, 16).map_err(|_| not_understood())?;
    let part = |at: usize| {
        let digits = host.get(at * 8..at * 8 + 8).ok_or_else(not_understood)?;
        hexadecimal(digits).map(u32::to_ne_bytes)
    };
    let host: IpAddr = match host.len() {
        8 => Ipv4Addr::from(part(0)?).into(),
        _ => {
            let mut bytes = [0; 16];
            for (at, four) in bytes.chunks_exact_mut(4).enumerate() {
                four.copy_from_slice(&part(at)?);
            }
            Ipv6Addr::from(bytes).into()
        }
    };
    Ok(SocketAddr::new(host, port))
}

/// What tells a socket from others: its number, and where it has none, where it is.
fn key(entry: &Entry) -> (u64, Option<SocketAddr>) {
    (entry.inode, (entry.inode == 0).then_some(entry.local))
}

/// The tables of the network that a process is in.
#[derive(Clone, Copy, Debug)]
pub struct Tables {
    process: Option<i32>,
}

impl Tables {
    /// Of the network that this process is in.
    pub fn own() -> Self {
        Self { process: None }
    }

    /// Of the network that `process` is in.
    pub fn of(process: i32) -> Self {
        Self {
            process: Some(process),
        }
    }

    /// # Errors
    /// The system does not show this table.
    pub fn tcp(self) -> io::Result<Vec<Entry>> {
        self.read("tcp")
    }

    /// # Errors
    /// The system does not show this table, or knows no IPv6.
    pub fn tcp6(self) -> io::Result<Vec<Entry>> {
        self.read("tcp6")
    }

    /// # Errors
    /// The system does not show this table.
    pub fn udp(self) -> io::Result<Vec<Entry>> {
        self.read_without_gaps("udp")
    }

    /// # Errors
    /// The system does not show this table, or knows no IPv6.
    pub fn udp6(self) -> io::Result<Vec<Entry>> {
        self.read_without_gaps("udp6")
    }

    fn read(self, name: &str) -> io::Result<Vec<Entry>> {
        let text = fs::read_to_string(self.path(name))?;
        text.lines().skip(1).map(str::parse).collect()
    }

    /// Of UDP the kernel gives a page at a time, and finds where it was by counting from the
    /// first: when one of those that it gave is closed meanwhile, what follows begins one too
    /// late. So it is read in pieces that overlap, each made in one walk of the kernel's: one
    /// that has an entry in common with those before left none out. What was closed meanwhile may
    /// be in it still.
    fn read_without_gaps(self, name: &str) -> io::Result<Vec<Entry>> {
        /// In bytes. Less than a page: the kernel gives less than was asked for at the end only.
        const PIECE: usize = 3_584;
        const OVERLAP: u64 = 1_024;
        /// Where others open and close theirs without an end, this is enough of it.
        const PIECES: usize = 2_000;
        let mut file = File::open(self.path(name))?;
        let (mut known, mut from) = (BTreeMap::new(), 0_u64);
        let mut piece = [0; PIECE];
        for _ in 0..PIECES {
            file.seek(SeekFrom::Start(from))?;
            let length = file.read(&mut piece)?;
            let entries = whole_lines(&piece[..length])?;
            let joins = entries.iter().any(|entry| known.contains_key(&key(entry)));
            if !joins && from > 0 {
                from = from.saturating_sub(OVERLAP);
                continue;
            }
            known.extend(entries.into_iter().map(|entry| (key(&entry), entry)));
            if length < PIECE {
                break;
            }
            from += length as u64 - OVERLAP;
        }
        Ok(known.into_values().collect())
    }

    fn path(self, name: &str) -> String {
        let process = self.process.map_or("self".into(), |id| id.to_string());
        format!("/proc/{process}/net/{name}")
    }
}

/// The entries that lie whole in a piece of a table. It begins with the headings, or with what
/// another piece has whole.
fn whole_lines(piece: &[u8]) -> io::Result<Vec<Entry>> {
    let text = str::from_utf8(piece).map_err(|_| not_understood())?;
    let lines = text.split_inclusive('\n').skip(1);
    let whole = lines.filter(|line| line.ends_with('\n'));
    whole.map(str::parse).collect()
}

/// Every socket of TCP in both families that this process's network has, as far as it is shown.
pub fn tcp_of_both_families() -> impl Iterator<Item = Entry> {
    let tables = [Tables::own().tcp(), Tables::own().tcp6()];
    tables.into_iter().flatten().flatten()
}

/// The same of UDP.
pub fn udp_of_both_families() -> impl Iterator<Item = Entry> {
    let tables = [Tables::own().udp(), Tables::own().udp6()];
    tables.into_iter().flatten().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    /// Both ends of a connection, and the listener, at `host`.
    fn are_listed(host: IpAddr) {
        let listener = TcpListener::bind((host, 0)).unwrap();
        let at = listener.local_addr().unwrap();
        let mut client = TcpStream::connect(at).unwrap();
        let (_server, peer) = listener.accept().unwrap();
        client.write_all(b"unread").unwrap();
        let all: Vec<_> = tcp_of_both_families().collect();
        let listens = |entry: &&Entry| entry.local == at && entry.state == State::Listen;
        let listed = all.iter().find(listens).unwrap();
        assert!(listed.inode != 0 && listed.remote.port() == 0);
        let end = all
            .iter()
            .find(|entry| entry.local == at && entry.remote == peer);
        let end = end.unwrap();
        assert_eq!(
            (end.state, end.receive_queue, end.send_queue),
            (State::Established, 6, 0)
        );
        assert_eq!(end.owner, listed.owner);
    }

    #[test]
    fn tcp_is_listed() {
        are_listed(Ipv4Addr::LOCALHOST.into());
        if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
            are_listed(Ipv6Addr::LOCALHOST.into());
        }
    }

    #[test]
    fn udp_is_listed() {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let other = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let (own, remote) = (socket.local_addr().unwrap(), other.local_addr().unwrap());
        let listed = || udp_of_both_families().find(|entry| entry.local == own);
        assert_eq!(listed().unwrap().remote.port(), 0);
        socket.connect(remote).unwrap();
        assert_eq!(listed().unwrap().remote, remote);
    }

    /// Others come and go while the table is read, and it has more than one piece.
    #[test]
    fn what_is_there_is_listed_whatever_others_do() {
        const THERE: usize = 100;
        let bind = || UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let sockets: Vec<_> = std::iter::repeat_with(bind).take(THERE).collect();
        let is_done = AtomicBool::new(false);
        let missed = thread::scope(|scope| {
            scope.spawn(|| {
                while !is_done.load(Ordering::Relaxed) {
                    let guests: Vec<_> = std::iter::repeat_with(bind).take(THERE).collect();
                    drop(guests);
                }
            });
            let missed = (0..200).find_map(|_| {
                let all: Vec<_> = udp_of_both_families().map(|entry| entry.local).collect();
                let is_missing = |at: &SocketAddr| !all.contains(at);
                let mut there = sockets.iter().map(|socket| socket.local_addr().unwrap());
                there.find(is_missing)
            });
            is_done.store(true, Ordering::Relaxed);
            missed
        });
        assert_eq!(missed, None);
    }

    #[test]
    fn a_table_of_another_shape_is_an_error() {
        assert!(
            "0: 0100007F:1F90 00000000:0000 0A"
                .parse::<Entry>()
                .is_err()
        );
        assert!(State::of(0).is_none() && State::of(13).is_none());
        assert_eq!(State::of(12), Some(State::NewSynRecv));
    }
}
