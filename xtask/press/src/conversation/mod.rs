//! Turns `{{#conversation lesson-04-accept/greets_two_clients}}` into a figure:
//! a sequence diagram, the same transcript as text, and a line saying that it
//! was recorded. The snapshot of the solution is the only source.
//!
//! ```text
//! transcript  the snapshot, event by event
//! layout      where each event stands, and how wide its words are
//! drawing     the same as SVG
//! ```

mod drawing;
mod layout;
mod transcript;

pub use transcript::Transcript;

use crate::edition::{Edition, Recorded};
use anyhow::{Result, bail};
use html_escape::{encode_double_quoted_attribute, encode_text};
use std::path::Path;

/// A scenario's conversation, to be drawn.
pub struct Conversation {
    pub of: Recorded,
    pub scenario: String,
    pub transcript: Transcript,
}

impl Conversation {
    /// The conversation that `<lesson>/<scenario>` names.
    pub fn read(argument: &str, solutions: &Path) -> Result<Self> {
        let plain = |name: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
        };
        let Some((lesson, scenario)) = argument
            .split_once('/')
            .filter(|(lesson, scenario)| plain(lesson) && plain(scenario))
        else {
            bail!("a conversation is written {{{{#conversation <lesson>/<scenario>}}}}");
        };
        let snapshots = solutions.join(lesson).join("snapshots");
        Ok(Self {
            of: match lesson {
                "tutorials" => Recorded::TutorialsManner,
                _ => Recorded::Solution,
            },
            scenario: scenario.to_owned(),
            transcript: Transcript::from_snapshot(&snapshots.join(format!("{scenario}.snap")))?,
        })
    }

    /// The figure as HTML.
    pub fn figure(&self, edition: Edition) -> String {
        let Self {
            of,
            scenario,
            transcript,
        } = self;
        let label = edition.figure_label(scenario, &transcript.lifelines());
        let label = encode_double_quoted_attribute(&label);
        let svg = drawing::svg(&layout::lay_out(transcript), &label);
        let text = transcript.text();
        format!(
            "<figure class=\"conversation\">\
             <div class=\"figure-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\">{svg}</div>\
             <figcaption><p><code>{scenario}</code> · {recorded}</p>\
             <details><summary>{as_text}</summary><pre>{text}</pre></details></figcaption></figure>",
            recorded = edition.recorded(*of),
            as_text = edition.as_text(),
            text = encode_text(&text),
        )
    }
}
