//! Turns `{{#quiz lesson-04-accept}}` into questions about what will happen. The solution's
//! `quiz.toml` is the only source. Every choice is a fold that says why it is right or
//! wrong, so that a page without a script can be answered as well; a script remembers which
//! one was opened first.

use crate::choice::{self, Choice, sentence};
use crate::conversation::telling::Sentence;
use crate::edition::Edition;
use anyhow::{Context, Result, bail, ensure};
use html_escape::encode_double_quoted_attribute;
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// A quiz for a chapter's end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    #[serde(rename = "question")]
    questions: Vec<Question>,
    #[serde(skip)]
    lesson: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// Under which the reader's browser remembers what was answered.
    id: String,
    /// Where the answer was seen: a scenario, or a specification's section.
    fact: String,
    /// The heading below which it is told.
    about: String,
    ask: Sentence,
    #[serde(rename = "choice")]
    choices: Vec<Choice>,
}

impl Quiz {
    /// That of the lesson that is named.
    ///
    /// # Errors
    /// There is none, or it is not in order: the file and the question are named.
    pub fn read(lesson: &str, solutions: &Path) -> Result<Self> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if lesson.is_empty() || !lesson.chars().all(plain) {
            bail!("a quiz is written {{{{#quiz <lesson>}}}}");
        }
        let file = solutions.join(lesson).join("quiz.toml");
        let text = fs::read_to_string(&file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        let quiz: Self =
            toml::from_str(&text).with_context(|| format!("{} is not a quiz", file.display()))?;
        for (number, question) in quiz.questions.iter().enumerate() {
            let twice = quiz.questions[..number].iter();
            let in_order = if twice.clone().any(|other| other.id == question.id) {
                Err(anyhow::anyhow!("stands there twice"))
            } else {
                question.is_in_order(solutions)
            };
            in_order.with_context(|| format!("{}, question {}", file.display(), question.id))?;
        }
        ensure!(
            !quiz.questions.is_empty(),
            "{} has no [[question]]",
            file.display()
        );
        Ok(Self {
            lesson: lesson.to_owned(),
            ..quiz
        })
    }

    /// The questions as HTML.
    pub fn html(&self, edition: Edition) -> String {
        let questions = self.questions.iter().enumerate();
        let questions = questions
            .map(|(number, question)| question.html(number + 1, edition))
            .collect::<String>();
        let (lesson, label) = (encode_double_quoted_attribute(&self.lesson), label(edition));
        format!(
            "<section class=\"quiz\" data-quiz=\"{lesson}\" aria-label=\"{label}\">{questions}\
             <p class=\"quiz-score\" role=\"status\"></p></section>"
        )
    }
}

impl Question {
    fn is_in_order(&self, solutions: &Path) -> Result<()> {
        choice::are_in_order(&self.choices)?;
        if self.fact.starts_with("lesson-")
            && let Some((lesson, scenario)) = self.fact.split_once('/')
        {
            let recorded = solutions
                .join(lesson)
                .join("snapshots")
                .join(format!("{scenario}.snap"));
            ensure!(recorded.is_file(), "nothing was recorded of {}", self.fact);
        }
        Ok(())
    }

    fn html(&self, number: usize, edition: Edition) -> String {
        let (id, about) = (
            encode_double_quoted_attribute(&self.id),
            encode_double_quoted_attribute(&self.about),
        );
        let ask = sentence(self.ask.of(edition));
        let choices = choice::items(&self.choices, edition);
        let more = match edition {
            Edition::Ko => "설명이 있는 곳",
            Edition::En => "Where it is explained",
        };
        format!(
            "<div class=\"question\" role=\"group\" aria-labelledby=\"quiz-{id}\" data-question=\"{id}\">\
             <p class=\"quiz-ask\" id=\"quiz-{id}\"><b>{number}.</b> {ask}</p>{choices}\
             <p class=\"quiz-more\"><a href=\"#{about}\">{more}</a></p></div>"
        )
    }
}

fn label(edition: Edition) -> &'static str {
    match edition {
        Edition::Ko => "확인 문제",
        Edition::En => "Quiz",
    }
}
