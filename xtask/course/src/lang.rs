//! The two languages. Every sentence of the tool stands in both, side by side, in
//! a `tr!`.

use crate::kept;
use serde::Deserialize;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Ko,
    En,
}

/// What was asked for on the command line.
static SPOKEN: OnceLock<Lang> = OnceLock::new();

/// For one terminal, or one script: `ko`, `en`, or [`AUTO`].
const VARIABLE: &str = "XTASK_LANG";

/// The system's language, whatever is kept.
pub const AUTO: &str = "auto";

/// What is kept is read by `xtask/launch/src/words.rs` as well.
fn file(root: &Path) -> PathBuf {
    kept::folder(root).join("lang")
}

/// As the specification, and whatever is told of a transcript, know it.
impl From<Lang> for specification::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ko => Self::Ko,
            Lang::En => Self::En,
        }
    }
}

impl Lang {
    /// From here on this is the language of those who are asked nothing else.
    pub fn is_spoken(self) {
        // The command line is read once.
        let _ = SPOKEN.set(self);
    }

    /// The language of this call of the tool.
    pub fn spoken() -> Self {
        *SPOKEN.get_or_init(Self::unasked)
    }

    /// The language where none is asked for: that of the variable `XTASK_LANG`, else the kept
    /// one, else the system's.
    pub fn unasked() -> Self {
        match std::env::var(VARIABLE).as_deref() {
            Ok(AUTO) => Self::of_environment(),
            Ok(code @ ("ko" | "en")) => Self::of_code(code),
            _ => Self::kept().unwrap_or_else(Self::of_environment),
        }
    }

    /// The one that [`Lang::keep`] was told.
    pub fn kept() -> Option<Self> {
        let text = fs::read_to_string(file(&kept::root()?)).ok()?;
        match text.trim() {
            code @ ("ko" | "en") => Some(Self::of_code(code)),
            _ => None,
        }
    }

    /// From now on this is the language in the workspace at `root`; `None`: the system's.
    pub fn keep(root: &Path, lang: Option<Self>) -> io::Result<()> {
        let file = file(root);
        match lang {
            Some(lang) => {
                fs::create_dir_all(kept::folder(root))?;
                fs::write(file, format!("{}\n", lang.code()))
            }
            None if file.exists() => fs::remove_file(file),
            None => Ok(()),
        }
    }

    /// The language of the environment, else Korean.
    pub fn of_environment() -> Self {
        let locale = sys_locale::get_locale().unwrap_or_default().to_lowercase();
        if locale.starts_with("en") {
            Self::En
        } else {
            Self::Ko
        }
    }

    /// `en` is English, everything else Korean.
    pub fn of_code(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Ko }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }
}

/// A text of `lesson.toml` in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub ko: String,
    pub en: String,
}

impl Text {
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ko => self.ko.trim(),
            Lang::En => self.en.trim(),
        }
    }
}

/// A sentence in the reader's language: `tr!(lang, "{n}단계", "step {n}")`.
#[macro_export]
macro_rules! tr {
    ($lang:expr, $ko:literal, $en:literal) => {
        match $lang {
            $crate::lang::Lang::Ko => format!($ko),
            $crate::lang::Lang::En => format!($en),
        }
    };
}
