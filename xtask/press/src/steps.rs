//! Turns `{{#steps lesson-04-accept/greets_two_clients}}` into a run to step through: what was
//! recorded of the solution (`runs/<scenario>.jsonl`, by `cargo xtask dev record`), its source,
//! and the questions that are asked on the way (`runs/<scenario>.toml`).

use crate::choice::{self, Choice, sentence};
use crate::conversation::Conversation;
use crate::conversation::telling::Sentence;
use crate::edition::Edition;
use crate::listing;
use anyhow::{Context, Result, bail, ensure};
use player::{Player, Source};
use recording::{Event, Run};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// A recorded run, with what is shown beside it.
pub struct Steps {
    /// As an address names it: `lesson-04/greets_at_once`.
    name: String,
    conversation: Conversation,
    run: Run,
    /// The solution's files that have lines in the run, with their texts.
    sources: Vec<(String, String)>,
    questions: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    #[serde(rename = "question")]
    questions: Vec<Question>,
}

/// What will happen next?
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// It is asked before this step, from 1, is shown.
    step: usize,
    /// What that step is about, so that a question does not stray when the run is another one:
    /// a call's name, or the second word of a peer's line.
    is: String,
    ask: Sentence,
    #[serde(rename = "choice")]
    choices: Vec<Choice>,
}

impl Steps {
    /// The run that `<lesson>/<scenario>` names.
    ///
    /// # Errors
    /// It was not recorded, or what stands beside it is not in order.
    pub fn read(argument: &str, solutions: &Path) -> Result<Self> {
        let conversation = Conversation::read(argument, solutions)?;
        let (lesson, scenario) = argument.split_once('/').unwrap_or_default();
        let folder = solutions.join(lesson);
        let record = folder.join("runs").join(format!("{scenario}.jsonl"));
        let text = read(&record)?;
        let run = Run::of_lines(&text)
            .with_context(|| format!("{}: cargo xtask dev record records it", record.display()))?;
        let questions = questions(&record.with_extension("toml"), &run)?;
        let mut sources = Vec::new();
        for file in run.files() {
            let text = read(&folder.join(file))?;
            sources.push((file.to_owned(), text));
        }
        let short: Vec<_> = lesson.splitn(3, '-').take(2).collect();
        Ok(Self {
            name: format!("{}/{scenario}", short.join("-")),
            conversation,
            run,
            sources,
            questions,
        })
    }

    /// The run as HTML.
    pub fn html(&self, edition: Edition) -> String {
        let sources: Vec<_> = self
            .sources
            .iter()
            .map(|(file, text)| source(file, text, edition))
            .collect();
        let questions = self.questions.iter();
        let questions = questions.map(|one| (one.step, one.html(edition)));
        let caption = self.conversation.telling.caption.as_ref();
        let player = Player {
            run: &self.run,
            name: &self.name,
            title: caption.map_or(self.run.scenario.as_str(), |it| it.of(edition)),
            sources: &sources,
            sources_are_open: false,
            parts: None,
            questions: questions.collect(),
        };
        player.html(edition.lang())
    }
}

impl Question {
    /// It has no id: the same run may stand twice on a page that has the whole book.
    fn html(&self, edition: Edition) -> String {
        let label = match edition {
            Edition::Ko => "다음에는 무슨 일이 일어날까요?",
            Edition::En => "What happens next?",
        };
        format!(
            "<div class=\"run-question\" role=\"group\" aria-label=\"{label}\">\
             <p class=\"run-ask\">{ask}</p>{choices}</div>",
            ask = sentence(self.ask.of(edition)),
            choices = choice::items(&self.choices, edition),
        )
    }
}

fn read(file: &PathBuf) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// Those beside a run; a run without any has no such file.
fn questions(file: &PathBuf, run: &Run) -> Result<Vec<Question>> {
    if !file.is_file() {
        return Ok(Vec::new());
    }
    let place = || format!("{}", file.display());
    let asked: Questions = toml::from_str(&read(file)?).with_context(place)?;
    for question in &asked.questions {
        in_order(question, run)
            .with_context(|| format!("{}, step {}", file.display(), question.step))?;
    }
    Ok(asked.questions)
}

fn in_order(question: &Question, run: &Run) -> Result<()> {
    choice::are_in_order(&question.choices)?;
    let event = question.step.checked_sub(1);
    let Some(event) = event.and_then(|at| run.events.get(at)) else {
        bail!("the run has {} steps", run.events.len());
    };
    let about = about(event, run);
    ensure!(
        about == question.is,
        "the step is about {about}, and not {}",
        question.is
    );
    Ok(())
}

/// The call's name, or what a peer does.
fn about<'a>(event: &'a Event, run: &'a Run) -> &'a str {
    match event {
        Event::Peer { line, .. } => line.split_whitespace().nth(1).unwrap_or_default(),
        Event::Over { .. } => "over",
        Event::Ends { id, .. } => {
            let mut calls = run.events.iter().filter_map(Event::call);
            let call = calls.find(|call| call.id == *id);
            call.map_or("", |call| call.name.as_str())
        }
        event => event.call().map_or("", |call| call.name.as_str()),
    }
}

/// The file with the comments of the reader's language, each line with its own number.
fn source(file: &str, text: &str, edition: Edition) -> Source {
    let whole = Source::of(file, text);
    let lines: Vec<_> = whole.lines.iter().map(|(_, line)| line.as_str()).collect();
    let kept = listing::numbered(&lines, edition).into_iter();
    Source {
        lines: kept.map(|(at, line)| (whole.lines[at].0, line)).collect(),
        ..whole
    }
}
