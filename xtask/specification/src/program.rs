//! What stands in a `spec.toml`, as types. Every text is in both languages.

use crate::line::values;
use serde::Deserialize;

/// What a lesson's programs must do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Known by their roles.
    #[serde(rename = "program")]
    pub programs: Vec<Program>,
}

/// What one program must do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// `main` where the lesson has one program, else `server` or `client`.
    pub role: String,
    /// How it is started: `server [ADDR]`.
    pub usage: String,
    /// In one sentence.
    pub does: Sentence,
    /// In their order.
    #[serde(default, rename = "argument")]
    pub arguments: Vec<Argument>,
    /// What it reads; nothing where it does not.
    #[serde(default)]
    pub stdin: Vec<Sentence>,
    /// Every line that it prints.
    #[serde(default)]
    pub stdout: Vec<Stdout>,
    /// What its peers see.
    #[serde(default)]
    pub network: Vec<Sentence>,
    /// What it says there, and when; the words are its own.
    #[serde(default)]
    pub stderr: Vec<Sentence>,
    /// How it ends.
    #[serde(default, rename = "exit")]
    pub exits: Vec<Exit>,
}

/// A text of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// In Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

/// An argument of the command line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// As it stands in the usage: `ADDR`.
    pub name: String,
    /// What it is where it is left out; `None` where it may not be.
    pub default: Option<String>,
    /// What it is, in Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

/// A line on stdout.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stdout {
    /// To the letter, see [`crate::pieces`].
    pub line: String,
    /// What it says, in English.
    pub gloss: String,
    /// Why no snapshot has it; nothing where one has. Not shown.
    pub unseen: Option<String>,
    /// When it is printed, in Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

impl Stdout {
    /// What `line`, without its newline, says in English, if it is one of these.
    pub fn meaning(&self, line: &str) -> Option<String> {
        let values = values(&self.line, line)?;
        let mut meaning = self.gloss.clone();
        for (name, value) in values {
            meaning = meaning.replace(&format!("{{{name}}}"), value);
        }
        Some(meaning)
    }
}

/// A way in which the program ends.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exit {
    /// `0`, `not 0`, or a number that the check insists on.
    pub status: String,
    /// When, in Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}
