//! What the tool's exit statuses mean, for scripts and graders.

use std::process::ExitCode;

/// From the least to what outweighs all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Everything that could be seen is as it should be: 0.
    Passed = 0,
    /// There is something left to do: 1.
    NotYet = 1,
    /// The command line was wrong: 2.
    Usage = 2,
    /// The machine, or the workspace, was not able to: 3.
    Unable = 3,
}

impl Status {
    /// That of a program of ours, whose failure is the command's.
    pub fn of(program: std::process::ExitStatus) -> Self {
        match program.code() {
            Some(0) => Self::Passed,
            Some(2) => Self::Usage,
            Some(3) => Self::Unable,
            _ => Self::NotYet,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}
