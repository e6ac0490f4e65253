//! A program's specification in the order in which it is shown, in one language: parts
//! with a heading, and the entries of each.

use crate::lang::Lang;
use crate::program::{Program, Sentence};

/// What stands under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// What it is about.
    pub heading: &'static str,
    /// Never none.
    pub entries: Vec<Entry<'a>>,
}

/// One thing that is asked of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// What the text is about, where it is about one thing.
    pub subject: Option<Subject<'a>>,
    /// A sentence or two.
    pub text: &'a str,
}

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// An argument.
    Argument {
        /// As it stands in the usage.
        name: &'a str,
        /// What it is where it is left out.
        default: Option<&'a str>,
    },
    /// A line on stdout.
    Line {
        /// To the letter, see [`crate::pieces`].
        line: &'a str,
        /// What it says, for those who do not read Korean.
        gloss: Option<&'a str>,
    },
    /// An exit status, in words.
    Status(&'a str),
}

impl Program {
    /// Its parts that have something in them, in their order.
    pub fn parts(&self, lang: Lang) -> Vec<Part<'_>> {
        let arguments = self.arguments.iter().map(|one| Entry {
            subject: Some(Subject::Argument {
                name: &one.name,
                default: one.default.as_deref(),
            }),
            text: text(&one.ko, &one.en, lang),
        });
        let lines = self.stdout.iter().map(|one| Entry {
            subject: Some(Subject::Line {
                line: &one.line,
                gloss: (lang == Lang::En).then_some(&one.gloss),
            }),
            text: text(&one.ko, &one.en, lang),
        });
        let exits = self.exits.iter().map(|one| Entry {
            subject: Some(Subject::Status(lang.status(&one.status))),
            text: text(&one.ko, &one.en, lang),
        });
        let on_stdout = lang.of("stdout에 출력하는 줄", "lines on stdout");
        let parts = [
            (lang.of("인자", "arguments"), arguments.collect()),
            ("stdin", sentences(&self.stdin, lang)),
            (on_stdout, lines.collect()),
            (
                lang.of("네트워크", "network"),
                sentences(&self.network, lang),
            ),
            ("stderr", sentences(&self.stderr, lang)),
            (lang.of("종료 코드", "exit status"), exits.collect()),
        ];
        let parts = parts.into_iter();
        let parts = parts.map(|(heading, entries): (_, Vec<_>)| Part { heading, entries });
        parts.filter(|part| !part.entries.is_empty()).collect()
    }
}

fn sentences(all: &[Sentence], lang: Lang) -> Vec<Entry<'_>> {
    let entries = all.iter().map(|one| Entry {
        subject: None,
        text: text(&one.ko, &one.en, lang),
    });
    entries.collect()
}

fn text<'a>(ko: &'a str, en: &'a str, lang: Lang) -> &'a str {
    lang.of(ko, en).trim()
}
