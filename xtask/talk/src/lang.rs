//! The reader's language. Every sentence stands in both, side by side, in a `tr!`.

/// Korean or English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// 한국어
    Ko,
    /// English
    En,
}

impl Lang {
    /// `en` is English, everything else Korean.
    pub fn of_code(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Ko }
    }
}

/// A sentence in the reader's language: `tr!(lang, "{n}바이트", "{n} bytes")`.
#[macro_export]
macro_rules! tr {
    ($lang:expr, $ko:literal, $en:literal) => {
        match $lang {
            $crate::lang::Lang::Ko => format!($ko),
            $crate::lang::Lang::En => format!($en),
        }
    };
}
