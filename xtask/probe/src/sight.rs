//! What only some systems let the check see. A scenario that needs one of these
//! is a scenario of its own and says *skipped* elsewhere.

use crate::little_room;
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, ToSocketAddrs};

/// Something to be seen on some systems only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// The sockets a process holds (Linux: `/proc/PID/fd`).
    HeldSockets,
    /// A backlog counted exactly: `listen(n)` admits n + 1 (Linux, `man 2 listen`).
    ExactBacklog,
    /// The same of a backlog of 160 (Linux, unless `net.core.somaxconn` is set below it).
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
    /// A program that has no file descriptor left (Linux: `man 2 prlimit`).
    NoDescriptorLeft,
    /// Whether a program's threads sleep or want a processor (Linux: `/proc/PID/task`).
    Rest,
    /// That a program waits for a line of its input (Linux: `/proc/PID/syscall`).
    WaitingForInput,
    /// How much memory a program has (Linux: `/proc/PID/statm`, `/proc/PID/status`).
    Memory,
    /// A loopback address that is not the one a connection to it comes from (Linux: to
    /// 127.0.0.2 it comes from 127.0.0.1).
    OtherLoopback,
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
    /// A SIGTERM (Unix).
    Terminate,
    /// A connect that fails at once, and neither refused nor timed out, for its address is
    /// a group's (Unix: RFC 1122, section 4.2.3.10).
    MulticastIsNoPeer,
    /// Two sockets with SO_REUSEADDR that are bound to one address, of which one can listen
    /// (Linux, `man 7 socket`).
    SharedBind,
    /// A connection that takes no more than some 40 kB from a program whose peer does not read
    /// (Linux, where it was measured).
    LittleRoom,
    /// More than one loopback address (Linux and Windows: all of 127.0.0.0/8).
    SecondLoopback,
}

impl Sight {
    /// Is it to be had here?
    pub(crate) fn is_here(self) -> bool {
        match self {
            Self::HeldSockets
            | Self::ExactBacklog
            | Self::SilentBacklog
            | Self::AcceptAfterReset
            | Self::StopSignal
            | Self::NoDescriptorLeft
            | Self::WaitingForInput
            | Self::Rest
            | Self::Memory
            | Self::OtherLoopback
            | Self::SharedBind
            | Self::PortClosedForAWhile => cfg!(target_os = "linux"),
            Self::PromptRefusal => !cfg!(windows),
            Self::TimeWaitHoldsPort
            | Self::CutsDatagrams
            | Self::Interrupt
            | Self::Terminate
            | Self::MulticastIsNoPeer => cfg!(unix),
            Self::LargestDatagram => !cfg!(target_os = "macos"),
            Self::SecondLoopback => cfg!(any(target_os = "linux", windows)),
            Self::Python => crate::process::python::python().is_some(),
            Self::Ipv6 => TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok(),
            Self::LittleRoom => little_room::is_known(),
            Self::LongBacklog => longest_backlog().is_some_and(|longest| longest >= 160),
            Self::LocalhostBothWays => localhost_has_both_addresses(),
        }
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
