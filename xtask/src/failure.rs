//! Why a command ends without a result, and how it is said: one sentence on
//! stderr, and an exit status that tells whose turn it is.

use crate::lang::Lang;
use crate::tr;
use std::process::ExitCode;

#[derive(Debug)]
pub enum Failure {
    /// The command line was wrong: exit status 2.
    Usage(String),
    /// The machine, or the workspace, was not able to: exit status 3.
    Unable(anyhow::Error),
}

impl Failure {
    pub fn tell(&self, lang: Lang) -> ExitCode {
        match self {
            Self::Usage(sentence) => {
                crate::complain!("{sentence}");
                ExitCode::from(2)
            }
            Self::Unable(error) => {
                let why = format!("{error:#}");
                crate::complain!(
                    "{}",
                    tr!(
                        lang,
                        "할 수 없었습니다: {why}",
                        "This could not be done: {why}"
                    )
                );
                ExitCode::from(3)
            }
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Unable(error)
    }
}
