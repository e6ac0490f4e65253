//! The parts of the course, and the lessons of each: `xtask/course/parts.toml`.

use crate::lang::Text;
use crate::lesson::definition::Lesson;
use anyhow::{Context, Result};
use serde::Deserialize;

/// Identified by its first lesson.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its lesson's number: `09`.
    first: String,
    pub title: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    part: Vec<Part>,
}

/// In order.
pub fn all() -> Result<Vec<Part>> {
    let file: File = toml::from_str(include_str!("../../parts.toml")).context("parts.toml")?;
    Ok(file.part)
}

/// The part of `lesson`: the last that begins no later.
pub fn of<'a>(parts: &'a [Part], lesson: &Lesson) -> Option<&'a Part> {
    let mut begun = parts.iter().rev();
    begun.find(|part| part.first.as_str() <= lesson.number())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::lesson::workspace::Workspace;
    use std::fs;

    /// A heading for each part, and the numbers of its lessons.
    fn of_the_book(workspace: &Workspace, lang: Lang) -> Vec<(String, Vec<String>)> {
        let summary = workspace.root.join("book").join(lang.code());
        let summary = fs::read_to_string(summary.join("SUMMARY.md")).unwrap();
        let mut parts = Vec::new();
        // The first heading is the contents' own.
        for line in summary.lines().skip(1) {
            if let Some(title) = line.strip_prefix("# ") {
                parts.push((title.to_owned(), Vec::new()));
            } else if let (Some((_, lesson)), Some((_, lessons))) =
                (line.split_once("](lesson-"), parts.last_mut())
            {
                lessons.push(lesson[..2].to_owned());
            }
        }
        // The last part is for looking things up.
        parts.retain(|(_, lessons): &(_, Vec<_>)| !lessons.is_empty());
        parts
    }

    #[test]
    fn the_parts_are_those_of_both_editions() {
        let workspace = Workspace::find().unwrap();
        let parts = all().unwrap();
        for lang in [Lang::Ko, Lang::En] {
            let mut ours: Vec<(String, Vec<String>)> = Vec::new();
            for lesson in &workspace.lessons {
                let title = of(&parts, lesson).unwrap().title.of(lang).to_owned();
                if ours.last().is_none_or(|(last, _)| *last != title) {
                    ours.push((title, Vec::new()));
                }
                ours.last_mut().unwrap().1.push(lesson.number().to_owned());
            }
            assert_eq!(ours, of_the_book(&workspace, lang));
        }
    }
}
