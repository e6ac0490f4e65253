//! Why a command ends without a result, and how it is said: one sentence on
//! stderr, and an exit status that tells whose turn it is.

use crate::lang::Lang;
use crate::machine::Lack;
use crate::status::Status;
use crate::tr;

#[derive(Debug)]
pub enum Failure {
    /// The command line was wrong: exit status 2.
    Usage(String),
    /// The machine, or the workspace, was not able to: exit status 3.
    Unable(anyhow::Error),
}

impl Failure {
    pub fn tell(&self, lang: Lang) -> Status {
        match self {
            Self::Usage(sentence) => {
                crate::complain!("{sentence}");
                Status::Usage
            }
            Self::Unable(error) => {
                let lack = Lack::of(error).map(|lack| lack.sentence(lang));
                let lack = lack.map_or_else(String::new, |said| format!(". {said}"));
                let why = format!("{error:#}{lack}");
                crate::complain!(
                    "{}",
                    tr!(
                        lang,
                        "할 수 없었습니다: {why}",
                        "This could not be done: {why}"
                    )
                );
                Status::Unable
            }
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Unable(error)
    }
}
