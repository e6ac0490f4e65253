//! What only some systems let the check see. A scenario that needs one of these
//! is a scenario of its own and says *skipped* elsewhere.

use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, ToSocketAddrs};

/// Something to be seen on some systems only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The sockets a process holds (Linux: `/proc/PID/fd`).
    HeldSockets,
    /// A backlog counted exactly: `listen(n)` admits n + 1 (Linux, `man 2 listen`).
    ExactBacklog,
    /// The same of a backlog of 128 (Linux, unless `net.core.somaxconn` is set below it).
    LongBacklog,
    /// A full backlog that leaves a connect without an answer (Linux; Windows
    /// refuses it, others differ).
    SilentBacklog,
    /// A refusal that is told at once (not Windows, which repeats the SYN first).
    PromptRefusal,
    /// `accept` still hands out a connection that was reset while it waited
    /// (Linux; others drop it or report ECONNABORTED).
    AcceptAfterReset,
    /// TIME_WAIT that keeps a port from being bound again (Unix).
    TimeWaitHoldsPort,
    /// A program that is stopped and goes on, and calls that fail with EINTR for it (Linux).
    StopSignal,
    /// Whether a program's threads sleep or want a processor (Linux: `/proc/PID/task`).
    Rest,
    /// A Python 3 to run programs in the tutorials' manner.
    Python,
    /// A datagram that is cut without a word where the buffer is too small (Unix;
    /// Windows reports WSAEMSGSIZE).
    CutsDatagrams,
    /// A UDP port that is closed for a while without being given up (Linux, where
    /// two sockets with SO_REUSEADDR may share it).
    PortClosedForAWhile,
    /// The loopback address of IPv6.
    Ipv6,
    /// A datagram of 65,507 bytes over IPv4, the most that UDP allows (macOS takes 9,216
    /// unless it is told otherwise).
    LargestDatagram,
    /// `localhost` as the name of both loopback addresses, `::1` and `127.0.0.1`.
    LocalhostBothWays,
    /// A Ctrl-C for one program alone (Unix: SIGINT to its process group).
    Interrupt,
    /// A connect that fails at once, and neither refused nor timed out, for its address is
    /// a group's (Unix: RFC 1122, section 4.2.3.10).
    MulticastIsNoPeer,
    /// More than one loopback address (Linux and Windows: all of 127.0.0.0/8).
    SecondLoopback,
}

impl Sight {
    /// Why this system lacks it; `None` if it is to be had here.
    pub(crate) fn missing(self) -> Option<&'static str> {
        let (here, why) = match self {
            Self::HeldSockets => (
                cfg!(target_os = "linux"),
                "only Linux shows which sockets a process holds",
            ),
            Self::ExactBacklog => (
                cfg!(target_os = "linux"),
                "only Linux admits exactly backlog + 1 connections",
            ),
            Self::LongBacklog => (
                longest_backlog().is_some_and(|longest| longest >= 128),
                "this system does not admit exactly 129 connections to a backlog of 128",
            ),
            Self::SilentBacklog => (
                cfg!(target_os = "linux"),
                "only Linux is known to leave a connect to a full backlog without an answer",
            ),
            Self::PromptRefusal => (
                !cfg!(windows),
                "Windows repeats the SYN for about two seconds before it reports a refusal",
            ),
            Self::AcceptAfterReset => (
                cfg!(target_os = "linux"),
                "only Linux still accepts a connection that was reset before",
            ),
            Self::TimeWaitHoldsPort => (
                cfg!(unix),
                "on Windows TIME_WAIT does not keep a port from being bound",
            ),
            Self::StopSignal => (
                cfg!(target_os = "linux"),
                "only Linux interrupts a call that waits with a time-out when the program is stopped",
            ),
            Self::Rest => (
                cfg!(target_os = "linux"),
                "only Linux shows whether a program rests",
            ),
            Self::Python => (
                crate::python::python().is_some(),
                "there is no Python 3 here",
            ),
            Self::CutsDatagrams => (
                cfg!(unix),
                "Windows reports an error where a buffer is too small for a datagram",
            ),
            Self::PortClosedForAWhile => (
                cfg!(target_os = "linux"),
                "only Linux is known to let a UDP port be closed for a while",
            ),
            Self::Ipv6 => (
                TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok(),
                "there is no IPv6 loopback address here",
            ),
            Self::LargestDatagram => (
                !cfg!(target_os = "macos"),
                "macOS takes datagrams of 9,216 bytes at most (net.inet.udp.maxdgram)",
            ),
            Self::LocalhostBothWays => (
                localhost_has_both_addresses(),
                "localhost is not the name of both ::1 and 127.0.0.1 here",
            ),
            Self::Interrupt => (cfg!(unix), "on Windows a Ctrl-C reaches the check as well"),
            Self::MulticastIsNoPeer => (
                cfg!(unix),
                "what Windows answers to a connect to a multicast address is not known",
            ),
            Self::SecondLoopback => (
                cfg!(any(target_os = "linux", windows)),
                "macOS has 127.0.0.1 as its only loopback address",
            ),
        };
        (!here).then_some(why)
    }
}

/// What Linux cuts every backlog to (`man 2 listen`); only there is it counted exactly.
fn longest_backlog() -> Option<u32> {
    let told = std::fs::read_to_string("/proc/sys/net/core/somaxconn").ok()?;
    told.trim().parse().ok()
}

/// As the system's resolver says, and as far as the addresses can be bound.
fn localhost_has_both_addresses() -> bool {
    let named = |address: std::net::IpAddr| {
        let found = ("localhost", 0).to_socket_addrs();
        found.is_ok_and(|mut all| all.any(|one| one.ip() == address))
    };
    named(Ipv4Addr::LOCALHOST.into())
        && named(Ipv6Addr::LOCALHOST.into())
        && TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok()
}
