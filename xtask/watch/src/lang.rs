//! The two languages. Every sentence stands in both, side by side, in a `tr!`.

/// The language of what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Ko,
    En,
}

impl Lang {
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

/// A sentence in the reader's language: `tr!(lang, "{n}번째", "check {n}")`.
#[macro_export]
macro_rules! tr {
    ($lang:expr, $ko:literal, $en:literal) => {
        match $lang {
            $crate::lang::Lang::Ko => format!($ko),
            $crate::lang::Lang::En => format!($en),
        }
    };
}
