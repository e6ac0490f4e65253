//! What the tool hands over to this program, which nobody else starts: where things stand,
//! which lessons there are, and how to watch them.

use crate::lang::Lang;
use std::ffi::OsString;
use std::path::PathBuf;

/// One call of `cargo xtask watch`.
#[derive(Debug)]
pub struct Order {
    /// The tool's own program, which checks.
    pub tool: PathBuf,
    /// The workspace's root.
    pub root: PathBuf,
    pub lang: Lang,
    /// Look at the files instead of waiting to be told of them.
    pub poll: bool,
    /// The editor that was asked for, with its arguments; empty where none was.
    pub editor: Vec<String>,
    /// The names of all lessons, in their order.
    pub lessons: Vec<String>,
    /// The place of the one to begin with among them.
    pub first: usize,
}

impl Order {
    /// Reads `--tool PATH --root PATH --lang CODE --first LESSON [--poll] [--edit WORD]…
    /// LESSON…`; `None` where that is not what was written.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Option<Self> {
        let (mut tool, mut root, mut lang, mut first) = (None, None, None, None);
        let (mut poll, mut editor, mut lessons) = (false, Vec::new(), Vec::new());
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            match word.to_str()? {
                "--tool" => tool = Some(PathBuf::from(words.next()?)),
                "--root" => root = Some(PathBuf::from(words.next()?)),
                "--lang" => lang = Some(Lang::of_code(words.next()?.to_str()?)),
                "--first" => first = Some(words.next()?),
                "--edit" => editor.push(words.next()?.into_string().ok()?),
                "--poll" => poll = true,
                lesson => lessons.push(lesson.to_owned()),
            }
        }
        let first = first?;
        Some(Self {
            tool: tool?,
            root: root?,
            lang: lang?,
            poll,
            editor,
            first: lessons.iter().position(|lesson| first == **lesson)?,
            lessons,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Order> {
        Order::read(line.split(' ').map(OsString::from))
    }

    #[test]
    fn everything_that_is_needed_has_to_be_there() {
        let order = read("--tool t --root r --lang en --first b --edit vim --edit -n a b c");
        let order = order.unwrap();
        assert_eq!(order.lessons, ["a", "b", "c"]);
        assert_eq!((order.first, order.lang, order.poll), (1, Lang::En, false));
        assert_eq!(order.editor, ["vim", "-n"]);
        assert!(read("--tool t --root r --lang ko --first d a b c").is_none());
        assert!(read("--tool t --root r --first a a").is_none());
        assert!(read("--tool").is_none());
        assert!(read("04").is_none());
    }
}
