//! One word for one thing, in all that a learner reads: the chapters and their quizzes, the
//! lessons, the starters and the solutions, the sentences of the tool. `terms.toml` says which
//! words are wrong and what stands in their place; whether a sentence is a good one is left to
//! readers.

use crate::support::{files_in, root};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Language {
    Ko,
    En,
}

const KO: &[Language] = &[Language::Ko];
const EN: &[Language] = &[Language::En];
const BOTH: &[Language] = &[Language::Ko, Language::En];

/// A word that is not to be read, in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    /// A part of a line.
    word: String,
    /// What to write in its place.
    instead: String,
    language: Language,
    /// Parts of a line in which it is right.
    #[serde(default)]
    except: Vec<String>,
}

fn forbidden() -> Vec<Word> {
    let table = include_str!("terms.toml");
    let mut table: BTreeMap<String, Vec<Word>> = toml::from_str(table).unwrap();
    table.remove("word").unwrap()
}

/// What of a file is read.
#[derive(Clone, Copy)]
enum Read {
    Everything,
    /// Of Markdown, what is not code: code and reports are quoted to the letter.
    Prose,
    /// Of a Rust file, what its program may say.
    Literals,
}

impl Read {
    /// How a file is read, and in which languages; `None` for one that no learner reads.
    fn of_file(path: &Path) -> Option<(Self, &'static [Language])> {
        let parts: Vec<_> = path.iter().filter_map(|part| part.to_str()).collect();
        let ends_with = |ending: &str| path.extension().is_some_and(|it| it == ending);
        match parts.as_slice() {
            ["README.ko.md"] => Some((Self::Prose, KO)),
            ["README.md"] => Some((Self::Prose, EN)),
            ["book", "ko", ..] if ends_with("md") => Some((Self::Prose, KO)),
            ["book", "en", ..] if ends_with("md") => Some((Self::Prose, EN)),
            [
                "solutions",
                _,
                "lesson.toml" | "scenarios.toml" | "spec.toml" | "quiz.toml" | "figures.toml",
            ]
            | ["lessons" | "solutions", _, "src", ..]
            | ["lessons", _, "tests", "check.rs"]
            | ["lessons", "chat", _]
            | ["xtask", "course", "explanations.toml" | "waiting.toml"] => {
                Some((Self::Everything, BOTH))
            }
            ["xtask", "src", ..]
            | [
                "xtask",
                "course" | "launch" | "press" | "talk" | "watch",
                "src",
                ..,
            ] if ends_with("rs") => Some((Self::Literals, BOTH)),
            ["solutions", _, "runs", _] if ends_with("toml") => Some((Self::Everything, BOTH)),
            _ => None,
        }
    }

    /// `text` with nothing in it but what is read, in the lines in which it stands.
    fn of(self, text: &str) -> String {
        match self {
            Self::Everything => text.to_owned(),
            Self::Prose => prose(text),
            Self::Literals => literals(text),
        }
    }
}

fn prose(text: &str) -> String {
    let mut in_block = false;
    let lines = text.lines().map(|line| {
        let is_fence = line.trim_start().starts_with("```");
        in_block ^= is_fence;
        if in_block || is_fence || line.trim_start().starts_with("{{#") {
            return String::new();
        }
        // Every other piece stands between backticks.
        line.split('`').step_by(2).collect::<Vec<_>>().join("``")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Code,
    Comment,
    Literal,
}

/// Unit tests are left out. The quotes of a raw string are taken for the end and the beginning
/// of literals, which does no harm where they come in pairs.
fn literals(source: &str) -> String {
    let program = source.split("#[cfg(test)]\nmod tests {").next();
    let mut characters = program.unwrap_or_default().chars().peekable();
    let mut within = Within::Code;
    let mut read = String::new();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        match (within, character) {
            (_, '\n') => {
                read.push('\n');
                if within == Within::Comment {
                    within = Within::Code;
                }
            }
            (Within::Code, '/') if next == Some('/') => within = Within::Comment,
            // A quote that is a character.
            (Within::Code, '\'') if next == Some('"') => {
                characters.next();
            }
            (Within::Code, '"') => within = Within::Literal,
            // Not the one at a line's end, after which the literal goes on.
            (Within::Literal, '\\') if next != Some('\n') => {
                characters.next();
                read.push(' ');
            }
            (Within::Literal, '"') => {
                within = Within::Code;
                read.push(' ');
            }
            (Within::Literal, character) => read.push(character),
            _ => {}
        }
    }
    read
}

/// The forbidden words in what is read of a file, each with the number of its line.
fn found<'a>(words: &'a [Word], languages: &[Language], read: &str) -> Vec<(usize, &'a Word)> {
    let mut faults = Vec::new();
    for (at, line) in read.lines().enumerate() {
        for word in words {
            if !languages.contains(&word.language) || !line.contains(&word.word) {
                continue;
            }
            let without = |line: String, right: &String| line.replace(right.as_str(), "…");
            let rest = word.except.iter().fold(line.to_owned(), without);
            if rest.contains(&word.word) {
                faults.push((at + 1, word));
            }
        }
    }
    faults
}

#[test]
fn a_learner_reads_one_word_for_one_thing() {
    let (words, root) = (forbidden(), root());
    let (mut seen, mut faults) = (0, Vec::new());
    for file in files_in(&root) {
        let path = file.strip_prefix(&root).unwrap();
        let Some((read, languages)) = Read::of_file(path) else {
            continue;
        };
        seen += 1;
        let text = fs::read_to_string(&file).unwrap();
        for (line, Word { word, instead, .. }) in found(&words, languages, &read.of(&text)) {
            faults.push(format!("{}:{line}: {word:?}: {instead}", path.display()));
        }
    }
    assert!(seen > 300, "only {seen} files were looked at");
    let faults = faults.join("\n  ");
    assert!(faults.is_empty(), "write what stands behind:\n  {faults}");
}

#[test]
fn a_planted_word_is_found() {
    let words = forbidden();
    let of = |read: Read, text: &str| {
        let found = found(&words, BOTH, &read.of(text));
        let found = found.into_iter().map(|(at, it)| (at, it.word.clone()));
        found.collect::<Vec<_>>()
    };
    let prose = "흐름 제어\n`흐름`과 there is no end\n```text\n흐름\n```\n흐름 제어는 흐름이다.\n";
    assert_eq!(of(Read::Prose, prose), [(6, "흐름".to_owned())]);
    assert_eq!(
        of(Read::Everything, "\nZero is no end."),
        [(2, "is no ".to_owned())]
    );
    let source = "// 까닭\nlet a = ['\"', b];\nsay(\"\\\"까닭\\\"\");\n";
    assert_eq!(of(Read::Literals, source), [(3, "까닭".to_owned())]);
}
