//! Keeps the editions together. Each chapter is reduced to its outline, which
//! has no words in it: the ids of its headings and the directives it uses.
//! The outlines of both editions must be the same, so a translation that falls
//! behind is seen on the next print, with the place where it parted.

use crate::directive::directives;
use mdbook_markdown::pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use std::collections::HashSet;
use std::fmt;

/// A chapter without its words; its path is the same in both editions.
pub struct Outline {
    /// As `SUMMARY.md` names it.
    pub path: String,
    /// The chapter's name in messages: `book/ko/lesson-04-accept.md`.
    place: String,
    headings: Vec<Mark>,
    directives: Vec<Mark>,
    problems: Vec<String>,
}

/// Something that both editions must have in the same place.
struct Mark {
    line: usize,
    what: String,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Outline {
    pub fn of(path: &str, place: &str, text: &str) -> Outline {
        let mut problems = Vec::new();
        Outline {
            path: path.to_owned(),
            place: place.to_owned(),
            headings: headings(place, text, &mut problems),
            directives: directives(text)
                .into_iter()
                // A page's title is words, and differs as words do.
                .filter(|directive| directive.name != "title")
                .map(|directive| Mark {
                    line: directive.line,
                    what: without_the_language(directive.text, place),
                })
                .collect(),
            problems,
        }
    }

    /// What is wrong with the chapter whatever the other edition says.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

/// A file in the language of the chapter that includes it, `….ko.txt`, is one file for both.
fn without_the_language(directive: &str, place: &str) -> String {
    let language = place.split('/').nth(1).unwrap_or_default();
    directive.replace(&format!(".{language}.txt"), ".txt")
}

/// The headings that can be linked to. From the second level on that must be all
/// of them: an id made from a Korean heading would not be the English one's.
fn headings(place: &str, text: &str, problems: &mut Vec<String>) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut open: Option<(HeadingLevel, Option<String>, usize)> = None;
    let mut words = String::new();

    for (event, range) in new_cmark_parser(text, &MarkdownOptions::default()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let line = text[..range.start].matches('\n').count() + 1;
                open = Some((level, id.map(String::from), line));
                words.clear();
            }
            Event::Text(text) | Event::Code(text) if open.is_some() => words.push_str(&text),
            Event::End(TagEnd::Heading(_)) => {
                let Some((level, id, line)) = open.take() else {
                    continue;
                };
                let hashes = "#".repeat(level as usize);
                match id {
                    Some(id) => {
                        if !seen.insert(id.clone()) {
                            problems.push(format!("{place}:{line}: the id {{#{id}}} is taken"));
                        }
                        found.push(Mark {
                            line,
                            what: format!("{hashes} {{#{id}}}"),
                        });
                    }
                    None if level == HeadingLevel::H1 => {}
                    None => problems.push(format!(
                        "{place}:{line}: the heading “{words}” has no id; \
                         write `{hashes} {words} {{#its-id}}`"
                    )),
                }
            }
            _ => {}
        }
    }
    found
}

/// Where two editions part, one sentence for each chapter at most of each kind.
pub fn differences(ours: &[Outline], theirs: &[Outline]) -> Vec<String> {
    let mut found = Vec::new();
    for (from, to) in [(ours, theirs), (theirs, ours)] {
        let paths: HashSet<_> = to.iter().map(|chapter| &chapter.path).collect();
        for chapter in from.iter().filter(|chapter| !paths.contains(&chapter.path)) {
            found.push(format!(
                "{}: the other edition's SUMMARY.md lacks it",
                chapter.place
            ));
        }
    }
    if found.is_empty() {
        let parted = ours
            .iter()
            .zip(theirs)
            .find(|(our, their)| our.path != their.path);
        if let Some((our, their)) = parted {
            found.push(format!(
                "SUMMARY.md: {} stands where {} does",
                our.place, their.place
            ));
        }
    }
    for our in ours {
        if let Some(their) = theirs.iter().find(|their| their.path == our.path) {
            found.extend(parting(
                "heading",
                our,
                &our.headings,
                their,
                &their.headings,
            ));
            found.extend(parting(
                "directive",
                our,
                &our.directives,
                their,
                &their.directives,
            ));
        }
    }
    found
}

/// The first mark that the other edition does not have in the same place.
fn parting(
    kind: &str,
    our: &Outline,
    ours: &[Mark],
    their: &Outline,
    theirs: &[Mark],
) -> Option<String> {
    let at = (0..ours.len().max(theirs.len()))
        .find(|&at| ours.get(at).map(|mark| &mark.what) != theirs.get(at).map(|mark| &mark.what))?;
    Some(match (ours.get(at), theirs.get(at)) {
        (Some(mine), Some(yours)) => format!(
            "{}:{}: the {kind} `{mine}` is `{yours}` at {}:{}",
            our.place, mine.line, their.place, yours.line
        ),
        (Some(mine), None) => {
            format!(
                "{}:{}: {} lacks the {kind} `{mine}`",
                our.place, mine.line, their.place
            )
        }
        (None, Some(yours)) => {
            format!(
                "{}:{}: {} lacks the {kind} `{yours}`",
                their.place, yours.line, our.place
            )
        }
        (None, None) => return None,
    })
}
