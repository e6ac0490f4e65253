//! Turns `{{#conversation lesson-04-accept/greets_two_clients}}` into a figure: what happened,
//! as a sequence diagram, the same transcript as text, and a line saying that it was
//! recorded. The snapshot of the solution is the only source of what happened.
//!
//! ```text
//! transcript  the snapshot, event by event
//! telling     the figure's sentence, the line that matters, how long was waited
//! lanes       where each event stands among the lifelines
//! figure      the same as HTML
//! ```

mod figure;
mod lanes;
pub mod telling;
mod transcript;

pub use telling::Telling;
pub use transcript::Transcript;

use crate::edition::{Edition, Recorded};
use anyhow::{Result, bail};
use html_escape::encode_text;
use std::path::Path;

/// A scenario's conversation, to be drawn.
pub struct Conversation {
    pub of: Recorded,
    pub scenario: String,
    pub transcript: Transcript,
    pub telling: Telling,
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
        let folder = solutions.join(lesson);
        let snapshot = folder.join("snapshots").join(format!("{scenario}.snap"));
        let transcript = Transcript::from_snapshot(&snapshot)?;
        Ok(Self {
            of: match lesson {
                "tutorials" => Recorded::TutorialsManner,
                _ => Recorded::Solution,
            },
            scenario: scenario.to_owned(),
            telling: Telling::read(&folder, scenario, transcript.events())?,
            transcript,
        })
    }

    /// The figure as HTML.
    pub fn figure(&self, edition: Edition) -> String {
        let caption = self.telling.caption.as_ref();
        let caption = caption.map(|caption| {
            format!(
                "<figcaption>{}</figcaption>",
                encode_text(caption.of(edition))
            )
        });
        format!(
            "<figure class=\"conversation\">{caption}{scene}\
             <p class=\"source\">{recorded} · <code>{scenario}</code></p>\
             <details><summary>{as_text}</summary><pre>{text}</pre></details></figure>",
            caption = caption.unwrap_or_default(),
            scene = figure::scene(&self.transcript, &self.telling, edition),
            recorded = edition.recorded(self.of),
            scenario = encode_text(&self.scenario),
            as_text = edition.as_text(),
            text = encode_text(&self.transcript.text()),
        )
    }
}
