//! A page of the book as its search sees it: its words below each heading, without markup and
//! without figures, whose every line is about the same few events.

use html_escape::decode_html_entities;
use mdbook_markdown::pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use mdbook_preprocessor::book::Chapter;
use regex::Regex;
use serde::Serialize;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The deepest heading that has a place of its own among the results.
const DEEPEST: HeadingLevel = HeadingLevel::H4;

/// What of a chapter's HTML is not its text, where it has no figures any more.
static MARKUP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<!--.*?-->|<[^>]*>").expect("a valid pattern"));

/// A chapter, known by the name of its source.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// As links name it: `lesson-02-bind`, `README`.
    pub source: String,
    /// Where it is printed, in its edition's folder.
    pub file: String,
    /// As the table of contents calls it.
    pub name: String,
    /// The first one is what stands before the second heading.
    pub sections: Vec<Section>,
}

/// A heading and what stands below it, up to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Empty for the chapter's title.
    pub id: String,
    pub title: String,
    pub text: String,
    /// Code blocks, and the boxes that the press adds: they say much of what others say.
    pub beside: String,
}

impl Page {
    /// `None` for a chapter that has no page.
    pub fn of(chapter: &Chapter) -> Option<Self> {
        let printed = chapter.path.as_ref()?.with_extension("html");
        let source = chapter.source_path.as_ref()?.with_extension("");
        let slashes = |path: &std::path::Path| path.to_string_lossy().replace('\\', "/");
        Some(Self {
            source: slashes(&source),
            file: slashes(&printed),
            name: chapter.name.clone(),
            sections: sections(&chapter.content),
        })
    }

    /// The place of the section that a link's fragment names; without one, the first.
    pub fn section(&self, id: Option<&str>) -> Option<usize> {
        let mut sections = self.sections.iter();
        id.map_or(Some(0), |id| sections.position(|section| section.id == id))
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut found = vec![Section::default()];
    let (mut in_heading, mut in_code) = (false, false);
    for event in new_cmark_parser(text, &MarkdownOptions::default()) {
        let opens = matches!(&event, Event::Start(Tag::Heading { level, .. }) if *level <= DEEPEST);
        if opens && found.iter().any(|section| !section.title.is_empty()) {
            found.push(Section::default());
        }
        let Some(section) = found.last_mut() else {
            continue;
        };
        match event {
            Event::Start(Tag::Heading { id, .. }) if opens => {
                in_heading = true;
                section.id = id.map(String::from).unwrap_or_default();
            }
            Event::End(TagEnd::Heading(level)) if level <= DEEPEST => in_heading = false,
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(words) | Event::Code(words) if in_heading => section.title += &words,
            Event::Text(words) if in_code => section.beside += &words,
            Event::Text(words) | Event::Code(words) => section.text += &words,
            Event::Html(html) | Event::InlineHtml(html) => {
                let words = without(&without(&html, "figure"), "svg").into_owned();
                let words = MARKUP.replace_all(&words, " ");
                let boxed = html.contains("<section");
                let part = if boxed {
                    &mut section.beside
                } else {
                    &mut section.text
                };
                *part += &decode_html_entities(&words);
            }
            Event::SoftBreak | Event::HardBreak => section.text.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => section.text.push(' '),
            _ => {}
        }
    }
    for section in &mut found {
        section.text = spaced(&section.text);
        section.beside = spaced(&section.beside);
    }
    found
}

/// The HTML without elements of this name, which hold none of their own name.
fn without<'a>(html: &'a str, name: &str) -> Cow<'a, str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = html;
    let mut kept = String::new();
    while let Some((before, element)) = rest.split_once(&open)
        && let Some((_, after)) = element.split_once(&close)
    {
        kept += before;
        kept.push(' ');
        rest = after;
    }
    match kept.is_empty() {
        true => Cow::Borrowed(html),
        false => Cow::Owned(kept + rest),
    }
}

/// With one space wherever there was white space.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_reaches_to_the_next_heading() {
        let found =
            sections("# A `b`\n\nfirst\nline\n\n```rust\nlet x;\n```\n\n#### C {#c}\n\nlast\n");
        let told = |section: &Section| {
            let Section {
                id,
                title,
                text,
                beside,
            } = section.clone();
            [id, title, text, beside]
        };
        assert_eq!(
            found.iter().map(told).collect::<Vec<_>>(),
            [["", "A b", "first line", "let x;"], ["c", "C", "last", ""]]
        );
    }

    #[test]
    fn figures_and_tags_are_not_text_and_boxes_stand_beside() {
        let html =
            "# A\n\n<figure><svg><text>FIN</text></svg></figure>\n\n<p>a &lt;b&gt;<br>c</p>\n";
        assert_eq!(sections(html)[0].text, "a <b> c");
        let boxed = "# A\n\n<details><section><p>FIN</p></section></details>\n";
        assert_eq!(sections(boxed)[0].beside, "FIN");
    }
}
