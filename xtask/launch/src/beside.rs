//! What a command needs besides the tool, so that one call of cargo builds both. Whatever is
//! not understood here is left to the tool, which says what is wrong.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// What prints the book.
pub const PRESS: &str = "press";

/// The package of the one lesson that a `check` names, of what prints the book, or of what
/// watches; `None` for everything else.
pub fn package(root: &Path, arguments: &[OsString]) -> Option<String> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    match words.find(|word| ["check", "book", "watch"].contains(word))? {
        // What serves the book as well is more, and the tool's to build.
        "book" if words.all(|word| !word.starts_with("--serve")) => Some(PRESS.to_owned()),
        "book" => None,
        "watch" => Some(String::from("watch")),
        _ => lesson(root, words.find_map(number)?),
    }
}

fn lesson(root: &Path, number: u32) -> Option<String> {
    let lessons = fs::read_dir(root.join("lessons")).ok()?;
    let names = lessons.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut of_number = names.filter(|name| self::number(name) == Some(number));
    let lesson = of_number.next()?;
    let manifest = root.join("lessons").join(&lesson).join("Cargo.toml");
    (of_number.next().is_none() && manifest.is_file()).then_some(lesson)
}

/// `4`, `04`, `lesson-04` and `lesson-04-accept` are 4.
fn number(word: &str) -> Option<u32> {
    let digits = word.strip_prefix("lesson-").unwrap_or(word);
    digits.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{number, package};
    use std::ffi::OsString;
    use std::path::Path;

    #[test]
    fn a_lesson_is_known_by_its_number() {
        for word in ["4", "04", "lesson-04", "lesson-04-accept"] {
            assert_eq!(number(word), Some(4), "{word}");
        }
        for word in ["accept", "--all", "lesson-", ""] {
            assert_eq!(number(word), None, "{word}");
        }
    }

    #[test]
    fn the_first_command_counts() {
        let of = |line: &str| {
            let words: Vec<_> = line.split(' ').map(OsString::from).collect();
            package(Path::new("nowhere"), &words)
        };
        assert_eq!(of("--lang ko book --open").as_deref(), Some("press"));
        assert_eq!(of("book --serve=3999"), None);
        assert_eq!(of("watch 04").as_deref(), Some("watch"));
        assert_eq!(of("check book"), None);
        assert_eq!(of("list"), None);
    }
}
