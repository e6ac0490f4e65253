//! The two languages of a specification, and the words of its own that it is shown with.

/// The language that it is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Korean.
    Ko,
    /// English.
    En,
}

impl Lang {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Ko, Self::En];

    /// The one of two texts that is in this language.
    pub fn of<'a>(self, ko: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Ko => ko,
            Self::En => en,
        }
    }

    /// What a specification is.
    pub fn title(self) -> &'static str {
        self.of(
            "규약: 어느 언어로 작성하든 프로그램이 지켜야 할 것",
            "Specification: what a program must do, in any language",
        )
    }

    /// What an argument is where it is left out.
    pub fn default(self) -> &'static str {
        self.of("기본값", "default")
    }

    /// An exit status as a reader is told it.
    pub(crate) fn status(self, status: &str) -> &str {
        match (status, self) {
            (crate::reading::NOT_0, Self::Ko) => "0이 아닌 값",
            _ => status,
        }
    }
}
