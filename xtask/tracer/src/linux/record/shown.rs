//! Arguments as C would write them.

use crate::linux::calls::{Kind, Known};
use crate::linux::memory::Memory;
use recording::Argument;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Of more bytes than these only the beginning is kept.
const MOST_BYTES: usize = 1024;

/// More entries than a program of the course has.
const MOST_ENTRIES: usize = 64;

/// The registers of a call's arguments.
pub(super) type Registers = [u64; 6];

/// What the program gives.
pub(super) fn given(known: &Known, registers: &Registers, memory: &Memory) -> Vec<Argument> {
    let arguments = known.arguments.iter().zip(0..);
    let shown = arguments.filter_map(|((name, kind), at)| {
        Some(Argument {
            name: (*name).to_owned(),
            value: value(*kind, registers, at, memory)?,
        })
    });
    shown.collect()
}

/// What the kernel wrote, once the call is over and has returned `count`.
pub(super) fn written(
    known: &Known,
    registers: &Registers,
    count: i64,
    memory: &Memory,
) -> Vec<Argument> {
    let arguments = known.arguments.iter().zip(0..);
    let shown = arguments.filter_map(|((name, kind), at)| {
        let count = usize::try_from(count).ok()?;
        let register = registers[at];
        let value = match kind {
            Kind::AddressOut => {
                let length = memory.read(registers.get(at + 1).copied()?, 4);
                let length = u32::from_le_bytes(length.try_into().ok()?);
                address(memory, register, length.into())?
            }
            Kind::BytesOut => quoted(&memory.read(register, count.min(MOST_BYTES)), count),
            Kind::VectorOut => quoted(&gathered(memory, register, registers[at + 1], count), count),
            Kind::MessageOut => message(memory, register, Some(count))?,
            Kind::OptionOut => number_at(memory, register)?.to_string(),
            Kind::PollSet => {
                let entries = poll_set(memory, register, registers[at + 1]);
                let ready = entries.filter(|entry| entry.happened != 0);
                listed(ready.map(|entry| format!("{} {}", entry.fd, events(entry.happened))))
            }
            Kind::SelectSet if register != 0 => select_set(memory, register, registers[0]),
            _ => return None,
        };
        Some(Argument {
            name: (*name).to_owned(),
            value,
        })
    });
    shown.collect()
}

/// `None` for what is only there for another argument.
fn value(kind: Kind, registers: &Registers, at: usize, memory: &Memory) -> Option<String> {
    let register = registers[at];
    let number = register as u32 as i32;
    let next = || registers.get(at + 1).copied().unwrap_or_default();
    Some(match kind {
        Kind::Socket | Kind::Descriptor | Kind::Epoll | Kind::Number => number.to_string(),
        Kind::Size => register.to_string(),
        Kind::Family => named(&FAMILIES, number),
        Kind::SocketType => named(&TYPES, number & 0xf),
        Kind::How => named(&HOWS, number),
        Kind::Level => named(&LEVELS, number),
        Kind::OptionName => option(registers[at - 1] as u32 as i32, number),
        Kind::EpollAction => named(&ACTIONS, number),
        Kind::Flags => flags(number),
        Kind::Milliseconds if number < 0 => "-1".to_owned(),
        Kind::Milliseconds => number.to_string(),
        Kind::Timespec => time(memory, register, 1_000_000)?,
        Kind::Timeval => time(memory, register, 1_000)?,
        Kind::AddressIn if register == 0 => return None,
        Kind::AddressIn => address(memory, register, next())?,
        Kind::BytesIn => {
            let count = usize::try_from(next()).ok()?;
            quoted(&memory.read(register, count.min(MOST_BYTES)), count)
        }
        Kind::VectorIn => {
            let count = length_of(memory, register, next());
            quoted(&gathered(memory, register, next(), count), count)
        }
        Kind::MessageIn => message(memory, register, None)?,
        Kind::OptionIn => match registers[2] as u32 as i32 {
            libc::SO_RCVTIMEO | libc::SO_SNDTIMEO
                if registers[1] as u32 as i32 == libc::SOL_SOCKET =>
            {
                format!("{} ms", time(memory, register, 1_000)?)
            }
            _ => number_at(memory, register)?.to_string(),
        },
        Kind::PollSet => {
            let entries = poll_set(memory, register, next());
            listed(entries.map(|entry| format!("{} {}", entry.fd, events(entry.wanted))))
        }
        Kind::SelectSet if register == 0 => return None,
        Kind::SelectSet => select_set(memory, register, registers[0]),
        Kind::Command => named(&COMMANDS, number),
        Kind::Request => "FIONBIO".to_owned(),
        Kind::Given => match registers[1] as u32 as i32 {
            libc::F_SETFL if number & libc::O_NONBLOCK != 0 => "O_NONBLOCK".to_owned(),
            libc::F_SETFL => "0".to_owned(),
            libc::F_DUPFD_CLOEXEC => return None,
            _ => number_at(memory, register)?.to_string(),
        },
        Kind::AddressOut
        | Kind::BytesOut
        | Kind::VectorOut
        | Kind::MessageOut
        | Kind::OptionOut
        | Kind::Hidden => return None,
    })
}

type Names = [(i32, &'static str)];

const FAMILIES: [(i32, &str); 3] = [
    (libc::AF_INET, "AF_INET"),
    (libc::AF_INET6, "AF_INET6"),
    (libc::AF_UNIX, "AF_UNIX"),
];
const TYPES: [(i32, &str); 2] = [
    (libc::SOCK_STREAM, "SOCK_STREAM"),
    (libc::SOCK_DGRAM, "SOCK_DGRAM"),
];
const HOWS: [(i32, &str); 3] = [
    (libc::SHUT_RD, "SHUT_RD"),
    (libc::SHUT_WR, "SHUT_WR"),
    (libc::SHUT_RDWR, "SHUT_RDWR"),
];
const LEVELS: [(i32, &str); 4] = [
    (libc::SOL_SOCKET, "SOL_SOCKET"),
    (libc::IPPROTO_TCP, "IPPROTO_TCP"),
    (libc::IPPROTO_IP, "IPPROTO_IP"),
    (libc::IPPROTO_IPV6, "IPPROTO_IPV6"),
];
const ACTIONS: [(i32, &str); 3] = [
    (libc::EPOLL_CTL_ADD, "EPOLL_CTL_ADD"),
    (libc::EPOLL_CTL_MOD, "EPOLL_CTL_MOD"),
    (libc::EPOLL_CTL_DEL, "EPOLL_CTL_DEL"),
];
const COMMANDS: [(i32, &str); 2] = [
    (libc::F_SETFL, "F_SETFL"),
    (libc::F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC"),
];
const OPTIONS: [(i32, i32, &str); 15] = [
    (libc::SOL_SOCKET, libc::SO_REUSEADDR, "SO_REUSEADDR"),
    (libc::SOL_SOCKET, libc::SO_REUSEPORT, "SO_REUSEPORT"),
    (libc::SOL_SOCKET, libc::SO_TYPE, "SO_TYPE"),
    (libc::SOL_SOCKET, libc::SO_PROTOCOL, "SO_PROTOCOL"),
    (libc::SOL_SOCKET, libc::SO_ERROR, "SO_ERROR"),
    (libc::SOL_SOCKET, libc::SO_BROADCAST, "SO_BROADCAST"),
    (libc::SOL_SOCKET, libc::SO_SNDBUF, "SO_SNDBUF"),
    (libc::SOL_SOCKET, libc::SO_RCVBUF, "SO_RCVBUF"),
    (libc::SOL_SOCKET, libc::SO_KEEPALIVE, "SO_KEEPALIVE"),
    (libc::SOL_SOCKET, libc::SO_LINGER, "SO_LINGER"),
    (libc::SOL_SOCKET, libc::SO_RCVTIMEO, "SO_RCVTIMEO"),
    (libc::SOL_SOCKET, libc::SO_SNDTIMEO, "SO_SNDTIMEO"),
    (libc::SOL_SOCKET, libc::SO_ACCEPTCONN, "SO_ACCEPTCONN"),
    (libc::IPPROTO_TCP, libc::TCP_NODELAY, "TCP_NODELAY"),
    (libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, "IPV6_V6ONLY"),
];
const FLAGS: [(i32, &str); 5] = [
    (libc::MSG_PEEK, "MSG_PEEK"),
    (libc::MSG_DONTWAIT, "MSG_DONTWAIT"),
    (libc::MSG_NOSIGNAL, "MSG_NOSIGNAL"),
    (libc::MSG_WAITALL, "MSG_WAITALL"),
    (libc::MSG_OOB, "MSG_OOB"),
];
const EVENTS: [(i16, &str); 5] = [
    (libc::POLLIN, "POLLIN"),
    (libc::POLLOUT, "POLLOUT"),
    (libc::POLLERR, "POLLERR"),
    (libc::POLLHUP, "POLLHUP"),
    (libc::POLLNVAL, "POLLNVAL"),
];

/// Is the command of this `fcntl` one that is recorded?
pub(super) fn is_of_interest(command: i32) -> bool {
    COMMANDS.iter().any(|(own, _)| *own == command)
}

fn named(names: &Names, number: i32) -> String {
    let name = names.iter().find(|(own, _)| *own == number);
    name.map_or_else(|| number.to_string(), |(_, name)| (*name).to_owned())
}

fn option(level: i32, number: i32) -> String {
    let known = OPTIONS
        .iter()
        .find(|(of, own, _)| (*of, *own) == (level, number));
    known.map_or_else(|| number.to_string(), |(.., name)| (*name).to_owned())
}

fn flags(number: i32) -> String {
    let set = FLAGS.iter().filter(|(flag, _)| number & flag != 0);
    let names: Vec<_> = set.map(|(_, name)| *name).collect();
    if names.is_empty() {
        number.to_string()
    } else {
        names.join("|")
    }
}

fn events(number: i16) -> String {
    let set = EVENTS.iter().filter(|(event, _)| number & event != 0);
    let names: Vec<_> = set.map(|(_, name)| *name).collect();
    if names.is_empty() {
        "0".to_owned()
    } else {
        names.join("|")
    }
}

fn listed(entries: impl Iterator<Item = String>) -> String {
    format!("[{}]", entries.collect::<Vec<_>>().join(", "))
}

/// The kernel takes the lower half of it for most options, which are an `int`.
fn number_at(memory: &Memory, address: u64) -> Option<i32> {
    let bytes = memory.read(address, 4);
    Some(i32::from_le_bytes(bytes.try_into().ok()?))
}

/// Seconds, and parts of them, in milliseconds; `-1` for a time without end.
fn time(memory: &Memory, address: u64, parts_in_a_millisecond: u64) -> Option<String> {
    if address == 0 {
        return Some("-1".to_owned());
    }
    let (seconds, parts) = (memory.word(address)?, memory.word(address + 8)?);
    Some((seconds * 1000 + parts / parts_in_a_millisecond).to_string())
}

/// A `struct sockaddr` (`man 3 sockaddr`): for IPv4 and IPv6 as it is written in Rust.
fn address(memory: &Memory, at: u64, length: u64) -> Option<String> {
    if at == 0 {
        return None;
    }
    let bytes = memory.read(at, usize::try_from(length).ok()?.min(128));
    let family = i32::from(u16::from_le_bytes([*bytes.first()?, *bytes.get(1)?]));
    let port = || Some(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]));
    let host: IpAddr = match family {
        libc::AF_INET => {
            let host: [u8; 4] = bytes.get(4..8)?.try_into().ok()?;
            Ipv4Addr::from(host).into()
        }
        libc::AF_INET6 => {
            let host: [u8; 16] = bytes.get(8..24)?.try_into().ok()?;
            Ipv6Addr::from(host).into()
        }
        _ => return Some(named(&FAMILIES, family)),
    };
    Some(SocketAddr::new(host, port()?).to_string())
}

/// Text as Rust quotes it, and by its numbers what is none; cut where it is long.
fn quoted(bytes: &[u8], count: usize) -> String {
    let cut = bytes.len() < count;
    let mut shown = String::from("\"");
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        shown.extend(chunk.valid().chars().flat_map(char::escape_debug));
        // A letter that was cut in two by us is not told.
        if !cut || chunks.peek().is_some() {
            let numbers = chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}"));
            shown.extend(numbers);
        }
    }
    shown + if cut { "\"…" } else { "\"" }
}

/// `(address, length)` of each `struct iovec`.
fn vectors(memory: &Memory, at: u64, count: u64) -> Vec<(u64, u64)> {
    let count = usize::try_from(count).unwrap_or_default().min(MOST_ENTRIES);
    let bytes = memory.read(at, count * 16);
    let entries = bytes.chunks_exact(16).filter_map(|entry| {
        let (address, length) = entry.split_at(8);
        Some((
            u64::from_le_bytes(address.try_into().ok()?),
            u64::from_le_bytes(length.try_into().ok()?),
        ))
    });
    entries.collect()
}

fn length_of(memory: &Memory, at: u64, count: u64) -> usize {
    let lengths = vectors(memory, at, count).into_iter();
    usize::try_from(lengths.map(|(_, length)| length).sum::<u64>()).unwrap_or_default()
}

/// The first bytes of what lies in the pieces, `count` in all.
fn gathered(memory: &Memory, at: u64, vectors_count: u64, count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (address, length) in vectors(memory, at, vectors_count) {
        let wanted = count.min(MOST_BYTES).saturating_sub(bytes.len());
        let length = usize::try_from(length).unwrap_or_default();
        bytes.extend(memory.read(address, length.min(wanted)));
    }
    bytes
}

/// A `struct msghdr` (`man 2 recvmsg`): its bytes, and the address if it has one.
fn message(memory: &Memory, at: u64, came: Option<usize>) -> Option<String> {
    let (name, name_length) = (memory.word(at)?, memory.word(at + 8)? & 0xffff_ffff);
    let (pieces, pieces_count) = (memory.word(at + 16)?, memory.word(at + 24)?);
    let count = came.unwrap_or_else(|| length_of(memory, pieces, pieces_count));
    let bytes = quoted(&gathered(memory, pieces, pieces_count, count), count);
    Some(match address(memory, name, name_length) {
        Some(address) => format!("{bytes} {address}"),
        None => bytes,
    })
}

/// One `struct pollfd`.
pub(super) struct Polled {
    pub(super) fd: i32,
    wanted: i16,
    happened: i16,
}

pub(super) fn poll_set(memory: &Memory, at: u64, count: u64) -> impl Iterator<Item = Polled> {
    let count = usize::try_from(count).unwrap_or_default().min(MOST_ENTRIES);
    let bytes = memory.read(at, count * 8);
    let entries: Vec<_> = bytes
        .chunks_exact(8)
        .filter_map(|entry| {
            Some(Polled {
                fd: i32::from_le_bytes(entry.get(..4)?.try_into().ok()?),
                wanted: i16::from_le_bytes(entry.get(4..6)?.try_into().ok()?),
                happened: i16::from_le_bytes(entry.get(6..8)?.try_into().ok()?),
            })
        })
        .collect();
    entries.into_iter()
}

/// The descriptors in an `fd_set` of which `bits` are looked at.
pub(super) fn selected(memory: &Memory, at: u64, bits: u64) -> Vec<i32> {
    let bits = usize::try_from(bits).unwrap_or_default().min(1024);
    let bytes = memory.read(at, bits.div_ceil(8));
    let set = (0..bits).filter(|bit| {
        let byte = bytes.get(bit / 8).copied().unwrap_or_default();
        byte & (1 << (bit % 8)) != 0
    });
    set.filter_map(|bit| i32::try_from(bit).ok()).collect()
}

fn select_set(memory: &Memory, at: u64, bits: u64) -> String {
    listed(selected(memory, at, bits).iter().map(ToString::to_string))
}
