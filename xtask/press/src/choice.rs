//! The choices of a question: each is a fold that says why it is right or wrong, so that a
//! page without a script can be answered as well.

use crate::conversation::telling::Sentence;
use crate::edition::Edition;
use anyhow::{Result, ensure};
use html_escape::encode_text;
use serde::Deserialize;

/// One answer to a question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    text: Sentence,
    why: Sentence,
    #[serde(default)]
    right: bool,
}

/// One of at least three is right.
pub fn are_in_order(choices: &[Choice]) -> Result<()> {
    let right = choices.iter().filter(|choice| choice.right).count();
    ensure!(right == 1, "{right} choices are right, and one has to be");
    ensure!(choices.len() > 2, "there are fewer than three choices");
    Ok(())
}

/// The choices as a list.
pub fn items(choices: &[Choice], edition: Edition) -> String {
    let items = choices.iter();
    let items = items
        .map(|choice| format!("<li>{}</li>", choice.html(edition)))
        .collect::<String>();
    format!("<ol>{items}</ol>")
}

impl Choice {
    fn html(&self, edition: Edition) -> String {
        let (text, why) = (
            sentence(self.text.of(edition)),
            sentence(self.why.of(edition)),
        );
        let (class, verdict) = match (self.right, edition) {
            (true, Edition::Ko) => ("is-right", "✔ 맞습니다."),
            (true, Edition::En) => ("is-right", "✔ Right."),
            (false, Edition::Ko) => ("is-wrong", "✘ 아닙니다."),
            (false, Edition::En) => ("is-wrong", "✘ No."),
        };
        format!(
            "<details class=\"{class}\"><summary>{text}</summary>\
             <p><strong>{verdict}</strong> {why}</p></details>"
        )
    }
}

/// A text, with what stands between backticks as code.
pub fn sentence(text: &str) -> String {
    player::with_code(text, |words| encode_text(words).into_owned())
}
