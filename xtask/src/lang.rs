//! The two languages. Every sentence of the tool stands in both, side by side, in
//! a `tr!`.

use serde::Deserialize;
use std::sync::OnceLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Ko,
    En,
}

/// What was asked for on the command line.
static SPOKEN: OnceLock<Lang> = OnceLock::new();

impl Lang {
    /// From here on this is the language of those who are asked nothing else.
    pub fn is_spoken(self) {
        // The command line is read once.
        let _ = SPOKEN.set(self);
    }

    /// The language of this call of the tool.
    pub fn spoken() -> Self {
        *SPOKEN.get_or_init(Self::of_environment)
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
