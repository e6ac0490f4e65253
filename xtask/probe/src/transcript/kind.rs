//! The kind of a system's error, which is the same on every system; its text and its
//! number are not.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, ErrorKind};

/// An [`ErrorKind`] that can be written down and read back, in std's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct Kind(ErrorKind);

/// The kinds that have a name; what is none of these is [`ErrorKind::Other`].
const NAMED: [ErrorKind; 39] = [
    ErrorKind::AddrInUse,
    ErrorKind::AddrNotAvailable,
    ErrorKind::AlreadyExists,
    ErrorKind::ArgumentListTooLong,
    ErrorKind::BrokenPipe,
    ErrorKind::ConnectionAborted,
    ErrorKind::ConnectionRefused,
    ErrorKind::ConnectionReset,
    ErrorKind::CrossesDevices,
    ErrorKind::Deadlock,
    ErrorKind::DirectoryNotEmpty,
    ErrorKind::ExecutableFileBusy,
    ErrorKind::FileTooLarge,
    ErrorKind::HostUnreachable,
    ErrorKind::Interrupted,
    ErrorKind::InvalidData,
    ErrorKind::InvalidFilename,
    ErrorKind::InvalidInput,
    ErrorKind::IsADirectory,
    ErrorKind::NetworkDown,
    ErrorKind::NetworkUnreachable,
    ErrorKind::NotADirectory,
    ErrorKind::NotConnected,
    ErrorKind::NotFound,
    ErrorKind::NotSeekable,
    ErrorKind::OutOfMemory,
    ErrorKind::PermissionDenied,
    ErrorKind::QuotaExceeded,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::ResourceBusy,
    ErrorKind::StaleNetworkFileHandle,
    ErrorKind::StorageFull,
    ErrorKind::TimedOut,
    ErrorKind::TooManyLinks,
    ErrorKind::UnexpectedEof,
    ErrorKind::Unsupported,
    ErrorKind::WouldBlock,
    ErrorKind::WriteZero,
    ErrorKind::Other,
];

impl Kind {
    /// The kind of `error`.
    pub fn of(error: &io::Error) -> Self {
        Self::from(error.kind())
    }

    /// As std knows it.
    pub fn get(self) -> ErrorKind {
        self.0
    }

    /// The kind that std calls `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let mut known = NAMED.iter();
        known
            .find(|kind| kind.to_string() == name)
            .copied()
            .map(Self)
    }
}

impl From<ErrorKind> for Kind {
    fn from(kind: ErrorKind) -> Self {
        Self(if NAMED.contains(&kind) {
            kind
        } else {
            ErrorKind::Other
        })
    }
}

impl From<String> for Kind {
    fn from(name: String) -> Self {
        Self::named(&name).unwrap_or(Self(ErrorKind::Other))
    }
}

impl From<Kind> for String {
    fn from(kind: Kind) -> Self {
        kind.to_string()
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_as_it_was_written() {
        for kind in NAMED {
            assert_eq!(Kind::named(&kind.to_string()), Some(Kind(kind)));
        }
        assert_eq!(Kind::named("127.0.0.1:80"), None);
    }
}
