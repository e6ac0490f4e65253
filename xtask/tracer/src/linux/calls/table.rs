//! The calls that are of interest, by their numbers (`man 2 syscall`): those that are recorded,
//! and those that a thread may be found waiting in. The names are those that a program calls
//! them by, where the kernel has others. The numbers of aarch64 are here, too; nothing of it has
//! been run there.

use super::known::{Kind, Known, Wait};
use Kind::{
    AddressIn, AddressOut, BytesIn, BytesOut, Command, Descriptor, Epoll, EpollAction, Family,
    Flags, Given, Hidden, How, Level, MessageIn, MessageOut, Milliseconds, Number, OptionIn,
    OptionName, OptionOut, PollSet, Request, SelectSet, Size, Socket, SocketType, Timespec,
    Timeval, VectorIn, VectorOut,
};
use Wait::{ForAnother, ForChild, ForThread, ForTime, Never, OnThem};
use libc as c;

type Arguments = &'static [(&'static str, Kind)];

/// A call that is recorded.
const fn known(number: i64, name: &'static str, wait: Wait, arguments: Arguments) -> Known {
    Known {
        number,
        name,
        arguments,
        wait,
        is_recorded: true,
    }
}

/// A call that a thread is found in, and no more.
const fn found(number: i64, name: &'static str, wait: Wait, arguments: Arguments) -> Known {
    Known {
        is_recorded: false,
        ..known(number, name, wait, arguments)
    }
}

const ACCEPT: Arguments = &[("sockfd", Socket), ("addr", AddressOut)];
const DUP2: Arguments = &[("oldfd", Socket), ("newfd", Number)];
const EPOLL_WAIT: Arguments = &[
    ("epfd", Epoll),
    ("events", Hidden),
    ("maxevents", Number),
    ("timeout", Milliseconds),
];
/// What a call that is only found waits on.
const ONE: Arguments = &[("fd", Descriptor)];

pub(super) const CALLS: &[Known] = &[
    known(
        c::SYS_socket,
        "socket",
        Never,
        &[
            ("domain", Family),
            ("type", SocketType),
            ("protocol", Number),
        ],
    ),
    known(
        c::SYS_bind,
        "bind",
        Never,
        &[("sockfd", Socket), ("addr", AddressIn)],
    ),
    known(
        c::SYS_listen,
        "listen",
        Never,
        &[("sockfd", Socket), ("backlog", Number)],
    ),
    known(c::SYS_accept, "accept", OnThem, ACCEPT),
    known(c::SYS_accept4, "accept", OnThem, ACCEPT),
    known(
        c::SYS_connect,
        "connect",
        OnThem,
        &[("sockfd", Socket), ("addr", AddressIn)],
    ),
    known(
        c::SYS_getsockname,
        "getsockname",
        Never,
        &[("sockfd", Socket), ("addr", AddressOut)],
    ),
    known(
        c::SYS_getpeername,
        "getpeername",
        Never,
        &[("sockfd", Socket), ("addr", AddressOut)],
    ),
    known(
        c::SYS_shutdown,
        "shutdown",
        Never,
        &[("sockfd", Socket), ("how", How)],
    ),
    known(
        c::SYS_setsockopt,
        "setsockopt",
        Never,
        &[
            ("sockfd", Socket),
            ("level", Level),
            ("optname", OptionName),
            ("optval", OptionIn),
        ],
    ),
    known(
        c::SYS_getsockopt,
        "getsockopt",
        Never,
        &[
            ("sockfd", Socket),
            ("level", Level),
            ("optname", OptionName),
            ("optval", OptionOut),
        ],
    ),
    known(
        c::SYS_sendto,
        "sendto",
        OnThem,
        &[
            ("sockfd", Socket),
            ("buf", BytesIn),
            ("len", Size),
            ("flags", Flags),
            ("dest_addr", AddressIn),
        ],
    ),
    known(
        c::SYS_recvfrom,
        "recvfrom",
        OnThem,
        &[
            ("sockfd", Socket),
            ("buf", BytesOut),
            ("len", Size),
            ("flags", Flags),
            ("src_addr", AddressOut),
        ],
    ),
    known(
        c::SYS_sendmsg,
        "sendmsg",
        OnThem,
        &[("sockfd", Socket), ("msg", MessageIn), ("flags", Flags)],
    ),
    known(
        c::SYS_recvmsg,
        "recvmsg",
        OnThem,
        &[("sockfd", Socket), ("msg", MessageOut), ("flags", Flags)],
    ),
    known(
        c::SYS_read,
        "read",
        OnThem,
        &[("fd", Descriptor), ("buf", BytesOut), ("count", Size)],
    ),
    known(
        c::SYS_write,
        "write",
        OnThem,
        &[("fd", Descriptor), ("buf", BytesIn), ("count", Size)],
    ),
    known(
        c::SYS_readv,
        "readv",
        OnThem,
        &[("fd", Descriptor), ("iov", VectorOut), ("iovcnt", Number)],
    ),
    known(
        c::SYS_writev,
        "writev",
        OnThem,
        &[("fd", Descriptor), ("iov", VectorIn), ("iovcnt", Number)],
    ),
    known(c::SYS_close, "close", OnThem, &[("fd", Socket)]),
    known(c::SYS_dup, "dup", Never, &[("oldfd", Socket)]),
    known(c::SYS_dup3, "dup2", Never, DUP2),
    #[cfg(target_arch = "x86_64")]
    known(c::SYS_dup2, "dup2", Never, DUP2),
    known(
        c::SYS_fcntl,
        "fcntl",
        OnThem,
        &[("fd", Socket), ("cmd", Command), ("arg", Given)],
    ),
    known(
        c::SYS_ioctl,
        "ioctl",
        OnThem,
        &[("fd", Socket), ("request", Request), ("arg", Given)],
    ),
    #[cfg(target_arch = "x86_64")]
    known(
        c::SYS_poll,
        "poll",
        OnThem,
        &[
            ("fds", PollSet),
            ("nfds", Number),
            ("timeout", Milliseconds),
        ],
    ),
    known(
        c::SYS_ppoll,
        "poll",
        OnThem,
        &[("fds", PollSet), ("nfds", Number), ("timeout", Timespec)],
    ),
    #[cfg(target_arch = "x86_64")]
    known(
        c::SYS_select,
        "select",
        OnThem,
        &[
            ("nfds", Number),
            ("readfds", SelectSet),
            ("writefds", SelectSet),
            ("exceptfds", SelectSet),
            ("timeout", Timeval),
        ],
    ),
    known(
        c::SYS_pselect6,
        "select",
        OnThem,
        &[
            ("nfds", Number),
            ("readfds", SelectSet),
            ("writefds", SelectSet),
            ("exceptfds", SelectSet),
            ("timeout", Timespec),
        ],
    ),
    known(
        c::SYS_epoll_create1,
        "epoll_create1",
        Never,
        &[("flags", Hidden)],
    ),
    known(
        c::SYS_epoll_ctl,
        "epoll_ctl",
        Never,
        &[("epfd", Descriptor), ("op", EpollAction), ("fd", Socket)],
    ),
    #[cfg(target_arch = "x86_64")]
    known(c::SYS_epoll_wait, "epoll_wait", OnThem, EPOLL_WAIT),
    known(c::SYS_epoll_pwait, "epoll_wait", OnThem, EPOLL_WAIT),
    found(c::SYS_epoll_pwait2, "epoll_wait", OnThem, EPOLL_WAIT),
    found(c::SYS_recvmmsg, "recvmmsg", OnThem, ONE),
    found(c::SYS_sendmmsg, "sendmmsg", OnThem, ONE),
    found(c::SYS_sendfile, "sendfile", OnThem, ONE),
    found(c::SYS_pread64, "pread", OnThem, ONE),
    found(c::SYS_pwrite64, "pwrite", OnThem, ONE),
    found(c::SYS_fsync, "fsync", OnThem, ONE),
    found(c::SYS_fdatasync, "fdatasync", OnThem, ONE),
    found(c::SYS_flock, "flock", OnThem, ONE),
    found(c::SYS_openat, "open", OnThem, &[]),
    #[cfg(target_arch = "x86_64")]
    found(c::SYS_open, "open", OnThem, &[]),
    #[cfg(target_arch = "x86_64")]
    found(c::SYS_pause, "pause", OnThem, &[]),
    found(c::SYS_rt_sigsuspend, "sigsuspend", OnThem, &[]),
    found(c::SYS_rt_sigtimedwait, "sigwait", OnThem, &[]),
    found(c::SYS_futex, "futex", ForThread, &[]),
    found(c::SYS_futex_waitv, "futex_waitv", ForThread, &[]),
    found(c::SYS_nanosleep, "nanosleep", ForTime, &[]),
    found(c::SYS_clock_nanosleep, "clock_nanosleep", ForTime, &[]),
    found(c::SYS_wait4, "wait4", ForChild, &[]),
    found(c::SYS_waitid, "waitid", ForChild, &[]),
    found(c::SYS_restart_syscall, "restart_syscall", ForAnother, &[]),
];
