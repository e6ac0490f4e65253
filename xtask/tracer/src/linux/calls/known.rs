//! What is known of a call: its name, its arguments, and whether a thread waits in it.

use super::table;

/// What an argument is, and so how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::linux) enum Kind {
    /// A descriptor that has to be a socket for the call to be of interest.
    Socket,
    /// A descriptor of any kind.
    Descriptor,
    /// The descriptor of an epoll: it stands for those that it watches.
    Epoll,
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

/// What a thread is found waiting for in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::linux) enum Wait {
    /// It is not found in it.
    Never,
    /// For the descriptors among its arguments, if it has some.
    OnThem,
    /// For another thread.
    ForThread,
    /// For a time to pass.
    ForTime,
    ForChild,
    /// It goes on with a call that a stop interrupted; the kernel no longer tells which
    /// (`man 2 restart_syscall`).
    ForAnother,
}

/// A call, by its number; its arguments by their names in the man page, each in its register.
pub(in crate::linux) struct Known {
    pub(super) number: i64,
    pub(in crate::linux) name: &'static str,
    pub(in crate::linux) arguments: &'static [(&'static str, Kind)],
    pub(super) wait: Wait,
    pub(super) is_recorded: bool,
}

impl Known {
    /// `None` for a number that is not in the table.
    pub(in crate::linux) fn of(number: i64) -> Option<&'static Self> {
        table::CALLS.iter().find(|known| known.number == number)
    }

    /// The same, if it is recorded.
    pub(in crate::linux) fn recorded(number: i64) -> Option<&'static Self> {
        Self::of(number).filter(|known| known.is_recorded)
    }

    /// The numbers of those that are recorded.
    pub(in crate::linux) fn all_recorded() -> impl Iterator<Item = i64> {
        let recorded = table::CALLS.iter().filter(|known| known.is_recorded);
        recorded.map(|known| known.number)
    }

    /// What a program calls it by that gives it these arguments.
    pub(in crate::linux) fn called_with(&self, registers: &[u64; 6]) -> &'static str {
        match self.name {
            "sendto" if registers[4] == 0 => "send",
            "recvfrom" if registers[4] == 0 => "recv",
            "fcntl" if registers[1] as u32 as i32 == libc::F_DUPFD_CLOEXEC => "dup",
            name => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_number_is_one_call_s() {
        let numbers: BTreeSet<_> = table::CALLS.iter().map(|known| known.number).collect();
        assert_eq!(numbers.len(), table::CALLS.len());
    }

    /// What stands in the next register has no place behind the last.
    #[test]
    fn every_argument_has_a_register() {
        for known in table::CALLS {
            assert!(known.arguments.len() <= 6, "{}", known.name);
            let last = known.arguments.last().map(|(_, kind)| *kind);
            let sized = [
                Kind::BytesIn,
                Kind::BytesOut,
                Kind::VectorIn,
                Kind::VectorOut,
            ];
            assert!(
                last.is_none_or(|kind| !sized.contains(&kind)),
                "{}",
                known.name
            );
        }
    }
}
