//! The lesson that a `check` is asked for, so that one call of cargo builds it beside the
//! tool. Whatever is not understood here is left to the tool, which says what is wrong.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// The package of the one lesson that a `check` names; `None` for everything else.
pub fn meant(root: &Path, arguments: &[OsString]) -> Option<String> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    words.find(|word| *word == "check")?;
    let number = words.find_map(number)?;
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
    use super::number;

    #[test]
    fn a_lesson_is_known_by_its_number() {
        for word in ["4", "04", "lesson-04", "lesson-04-accept"] {
            assert_eq!(number(word), Some(4), "{word}");
        }
        for word in ["accept", "--all", "lesson-", ""] {
            assert_eq!(number(word), None, "{word}");
        }
    }
}
