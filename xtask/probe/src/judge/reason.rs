//! Why a scenario was skipped, or could not be judged: facts for whoever makes a sentence
//! of them. None says anything of the learner's program.

use crate::sight::Sight;
use crate::transcript::kind::Kind;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io;

/// Why there is no verdict on the program. As JSON: `{"why":"missing","sight":"ipv6"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Reason {
    /// Skipped: this system does not let something be seen.
    Missing {
        /// What.
        sight: Sight,
    },
    /// Skipped: the program does not start at an address of IPv6, and need not.
    Ipv4Only,
    /// Skipped: the scenario is about a program that is not being checked.
    NotGiven,
    /// Nothing to compare with.
    NoSnapshot,
    /// A line of the snapshot is none that a transcript has.
    UnreadableSnapshot {
        /// The line.
        line: String,
    },
    /// The scenario has a snapshot, and said nothing.
    DidNotRun,
    /// The program could not be started.
    CannotStart {
        /// The command's first word.
        program: String,
        /// The kind of the system's error.
        error: Kind,
    },
    /// The check has no file descriptor left, or no process may be started any more (`man
    /// 2 getrlimit`, RLIMIT_NOFILE and RLIMIT_NPROC).
    NoDescriptors,
    /// A peer had no socket, or no port as it needs it.
    NoPort {
        /// The peer, or the port, by its name in the transcript.
        name: String,
        /// The kind of the system's error.
        error: Kind,
    },
    /// The system did not let the program's sockets be seen.
    SocketsUnseen {
        /// The kind of the system's error.
        error: Kind,
    },
    /// The machine was too busy for the scenario's waits to mean anything.
    TooBusy,
    /// The scenario itself is wrong.
    Scenario {
        /// In what.
        fault: Fault,
    },
}

/// What a scenario must not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It was left before its end, by a panic of its own.
    LeftEarly,
    /// The solution says more than it asks for.
    NotAllAskedFor,
    /// A line that is as expected tells no address, and it asks for one.
    NoAddress,
    /// It judges a wait, and is told only once.
    NotToldInTime,
    /// The middle is to pass something on before a client was joined.
    NotJoined,
    /// The middle holds nothing that it could pass on.
    NothingHeld,
    /// A peer is to reply before it received anything.
    NobodyToReplyTo,
}

impl Reason {
    /// A peer that has no socket or port for `error`.
    pub(crate) fn no_port(name: &str, error: &io::Error) -> Self {
        Self::of_the_machine(error).unwrap_or_else(|| Self::NoPort {
            name: name.to_owned(),
            error: Kind::of(error),
        })
    }

    pub(crate) fn cannot_start(program: String, error: &io::Error) -> Self {
        Self::of_the_machine(error).unwrap_or_else(|| Self::CannotStart {
            program,
            error: Kind::of(error),
        })
    }

    /// The machine has run out of something that the check needs, whatever it was for.
    pub(crate) fn of_the_machine(error: &io::Error) -> Option<Self> {
        let number = error.raw_os_error()?;
        RUN_OUT.contains(&number).then_some(Self::NoDescriptors)
    }
}

/// EMFILE, ENFILE: no file descriptor is left (`man 2 socket`).
#[cfg(unix)]
const RUN_OUT: [i32; 2] = [
    rustix::io::Errno::MFILE.raw_os_error(),
    rustix::io::Errno::NFILE.raw_os_error(),
];

/// WSAEMFILE and ERROR_TOO_MANY_OPEN_FILES.
#[cfg(not(unix))]
const RUN_OUT: [i32; 2] = [10_024, 4];

/// For developers, who run a bare `cargo test`; `xtask` makes sentences.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_as_it_was_written() {
        let reasons = [
            Reason::Missing { sight: Sight::Ipv6 },
            Reason::CannotStart {
                program: "no-such".to_owned(),
                error: io::ErrorKind::NotFound.into(),
            },
            Reason::Scenario {
                fault: Fault::NotJoined,
            },
            Reason::TooBusy,
        ];
        for reason in reasons {
            let told = reason.to_string();
            assert_eq!(serde_json::from_str::<Reason>(&told).unwrap(), reason);
        }
        assert_eq!(Reason::NotGiven.to_string(), r#"{"why":"not-given"}"#);
        let sight = Reason::Missing {
            sight: Sight::TimeWaitHoldsPort,
        };
        let told = r#"{"why":"missing","sight":"time-wait-holds-port"}"#;
        assert_eq!(sight.to_string(), told);
    }

    #[test]
    #[cfg(unix)]
    fn no_descriptors_is_the_machine_s_fault_whoever_needs_one() {
        let error = io::Error::from_raw_os_error(rustix::io::Errno::MFILE.raw_os_error());
        assert_eq!(Reason::no_port("a", &error), Reason::NoDescriptors);
        let refused = io::ErrorKind::ConnectionRefused.into();
        assert_eq!(Reason::of_the_machine(&refused), None);
    }
}
