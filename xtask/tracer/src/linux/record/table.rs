//! The calls that are recorded, by their numbers (`man 2 syscall`), and what their arguments
//! are. The names are those that a program calls them by, where the kernel has others.

use libc as c;

/// What an argument is, and so how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A descriptor that has to be a socket for the call to be of interest.
    Socket,
    /// A descriptor of any kind.
    Descriptor,
    Number,
    Size,
    Family,
    SocketType,
    How,
    Flags,
    /// An address that the program gives; its length is the next argument.
    AddressIn,
    /// An address that the kernel writes; its length is written to where the next points.
    AddressOut,
    /// Bytes that the program gives; how many is the next argument.
    BytesIn,
    /// Bytes that the kernel writes; how many the call returns.
    BytesOut,
    /// `struct iovec`s, with their number in the next argument.
    VectorIn,
    VectorOut,
    /// A `struct msghdr`.
    MessageIn,
    MessageOut,
    Level,
    /// The name of an option of the level before it.
    OptionName,
    OptionIn,
    OptionOut,
    /// `struct pollfd`s; their number is the next argument.
    PollSet,
    /// Sets of descriptors of `select`; the first argument says how many bits.
    SelectSet,
    /// Milliseconds, a negative number for ever.
    Milliseconds,
    /// A `struct timespec`, or none for ever.
    Timespec,
    /// A `struct timeval`, or none for ever.
    Timeval,
    EpollAction,
    /// `F_SETFL` and the like; others are of no interest.
    Command,
    /// `FIONBIO`; others are of no interest.
    Request,
    /// What the command or the request is about.
    Given,
    /// It goes with another argument, or says nothing to a reader.
    Hidden,
}

/// A call: its name, and its arguments by their names in the man page, each in its register.
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) arguments: &'static [(&'static str, Kind)],
}

const fn known(name: &'static str, arguments: &'static [(&'static str, Kind)]) -> Known {
    Known { name, arguments }
}

use Kind::{
    AddressIn, AddressOut, BytesIn, BytesOut, Command, Descriptor, EpollAction, Family, Flags,
    Given, Hidden, How, Level, MessageIn, MessageOut, Milliseconds, Number, OptionIn, OptionName,
    OptionOut, PollSet, Request, SelectSet, Size, Socket, SocketType, Timespec, Timeval, VectorIn,
    VectorOut,
};

const ACCEPT: Known = known("accept", &[("sockfd", Socket), ("addr", AddressOut)]);
const READ: Known = known(
    "read",
    &[("fd", Descriptor), ("buf", BytesOut), ("count", Size)],
);
const WRITE: Known = known(
    "write",
    &[("fd", Descriptor), ("buf", BytesIn), ("count", Size)],
);
const DUP: Known = known("dup", &[("oldfd", Socket)]);
const SELECT_SETS: [(&str, Kind); 4] = [
    ("nfds", Number),
    ("readfds", SelectSet),
    ("writefds", SelectSet),
    ("exceptfds", SelectSet),
];
const SELECT: Known = known(
    "select",
    &[
        SELECT_SETS[0],
        SELECT_SETS[1],
        SELECT_SETS[2],
        SELECT_SETS[3],
        ("timeout", Timeval),
    ],
);
const PSELECT: Known = known(
    "select",
    &[
        SELECT_SETS[0],
        SELECT_SETS[1],
        SELECT_SETS[2],
        SELECT_SETS[3],
        ("timeout", Timespec),
    ],
);
const EPOLL_WAIT: Known = known(
    "epoll_wait",
    &[
        ("epfd", Descriptor),
        ("events", Hidden),
        ("maxevents", Number),
        ("timeout", Milliseconds),
    ],
);

/// By number.
pub(super) const NUMBERS: &[(i64, Known)] = &[
    (
        c::SYS_socket,
        known(
            "socket",
            &[
                ("domain", Family),
                ("type", SocketType),
                ("protocol", Number),
            ],
        ),
    ),
    (
        c::SYS_bind,
        known("bind", &[("sockfd", Socket), ("addr", AddressIn)]),
    ),
    (
        c::SYS_listen,
        known("listen", &[("sockfd", Socket), ("backlog", Number)]),
    ),
    (c::SYS_accept, ACCEPT),
    (c::SYS_accept4, ACCEPT),
    (
        c::SYS_connect,
        known("connect", &[("sockfd", Socket), ("addr", AddressIn)]),
    ),
    (
        c::SYS_getsockname,
        known("getsockname", &[("sockfd", Socket), ("addr", AddressOut)]),
    ),
    (
        c::SYS_getpeername,
        known("getpeername", &[("sockfd", Socket), ("addr", AddressOut)]),
    ),
    (
        c::SYS_shutdown,
        known("shutdown", &[("sockfd", Socket), ("how", How)]),
    ),
    (
        c::SYS_setsockopt,
        known(
            "setsockopt",
            &[
                ("sockfd", Socket),
                ("level", Level),
                ("optname", OptionName),
                ("optval", OptionIn),
            ],
        ),
    ),
    (
        c::SYS_getsockopt,
        known(
            "getsockopt",
            &[
                ("sockfd", Socket),
                ("level", Level),
                ("optname", OptionName),
                ("optval", OptionOut),
            ],
        ),
    ),
    (
        c::SYS_sendto,
        known(
            "sendto",
            &[
                ("sockfd", Socket),
                ("buf", BytesIn),
                ("len", Size),
                ("flags", Flags),
                ("dest_addr", AddressIn),
            ],
        ),
    ),
    (
        c::SYS_recvfrom,
        known(
            "recvfrom",
            &[
                ("sockfd", Socket),
                ("buf", BytesOut),
                ("len", Size),
                ("flags", Flags),
                ("src_addr", AddressOut),
            ],
        ),
    ),
    (
        c::SYS_sendmsg,
        known(
            "sendmsg",
            &[("sockfd", Socket), ("msg", MessageIn), ("flags", Flags)],
        ),
    ),
    (
        c::SYS_recvmsg,
        known(
            "recvmsg",
            &[("sockfd", Socket), ("msg", MessageOut), ("flags", Flags)],
        ),
    ),
    (c::SYS_read, READ),
    (c::SYS_write, WRITE),
    (
        c::SYS_readv,
        known(
            "readv",
            &[("fd", Descriptor), ("iov", VectorOut), ("iovcnt", Number)],
        ),
    ),
    (
        c::SYS_writev,
        known(
            "writev",
            &[("fd", Descriptor), ("iov", VectorIn), ("iovcnt", Number)],
        ),
    ),
    (c::SYS_close, known("close", &[("fd", Socket)])),
    (c::SYS_dup, DUP),
    (
        c::SYS_dup3,
        known("dup2", &[("oldfd", Socket), ("newfd", Number)]),
    ),
    #[cfg(target_arch = "x86_64")]
    (
        c::SYS_dup2,
        known("dup2", &[("oldfd", Socket), ("newfd", Number)]),
    ),
    (
        c::SYS_fcntl,
        known("fcntl", &[("fd", Socket), ("cmd", Command), ("arg", Given)]),
    ),
    (
        c::SYS_ioctl,
        known(
            "ioctl",
            &[("fd", Socket), ("request", Request), ("arg", Given)],
        ),
    ),
    #[cfg(target_arch = "x86_64")]
    (
        c::SYS_poll,
        known(
            "poll",
            &[
                ("fds", PollSet),
                ("nfds", Number),
                ("timeout", Milliseconds),
            ],
        ),
    ),
    (
        c::SYS_ppoll,
        known(
            "poll",
            &[("fds", PollSet), ("nfds", Number), ("timeout", Timespec)],
        ),
    ),
    #[cfg(target_arch = "x86_64")]
    (c::SYS_select, SELECT),
    (c::SYS_pselect6, PSELECT),
    (
        c::SYS_epoll_create1,
        known("epoll_create1", &[("flags", Hidden)]),
    ),
    (
        c::SYS_epoll_ctl,
        known(
            "epoll_ctl",
            &[("epfd", Descriptor), ("op", EpollAction), ("fd", Socket)],
        ),
    ),
    #[cfg(target_arch = "x86_64")]
    (c::SYS_epoll_wait, EPOLL_WAIT),
    (c::SYS_epoll_pwait, EPOLL_WAIT),
];

/// `None` for a number that is not in the table.
pub(super) fn of_number(number: i64) -> Option<&'static Known> {
    let mut known = NUMBERS.iter().filter(|(own, _)| *own == number);
    known.next().map(|(_, known)| known)
}
