//! Why there is no recording of a program.

use serde::{Deserialize, Serialize};
use std::io;

/// What the system does not let happen. The program has not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Refused {
    /// To watch a child (`man 2 ptrace`): a container's profile, or Yama's `ptrace_scope`.
    Ptrace,
    /// To have it stopped at chosen calls (`man 2 seccomp`).
    Seccomp,
    /// It has neither: it is not Linux on x86-64 or aarch64.
    NoMeans,
}

/// Why a program was not recorded.
#[derive(Debug)]
pub enum Unrecorded {
    /// It may not be watched.
    Refused(Refused),
    /// There is no such program, or the recorder itself came to its end.
    Failed(io::Error),
}

impl From<io::Error> for Unrecorded {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}
