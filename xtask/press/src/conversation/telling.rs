//! What a figure says beside its transcript: a sentence, the line that matters, and how long
//! was waited. The sentence is the scenario's title (`scenarios.toml`); the rest, and the
//! sentence where there is no such title, stands in `figures.toml` beside the snapshots.
//!
//! A wait is told by the scenario's own argument (`timed!(…, from 40 ms, …)`), which is the
//! same on every machine; what a clock showed is not. `xtask/press/tests/figures.rs` holds
//! both against each other.

use crate::edition::Edition;
use anyhow::{Context, Result, bail};
use probe::Event;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// A sentence in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    ko: String,
    en: String,
}

/// A time in which nothing happened, because somebody waited.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// The number of the event that ended it, from 1.
    pub before: usize,
    /// What the scenario is given, in milliseconds.
    pub argument: u64,
    /// How many times as long it was.
    #[serde(default = "once")]
    pub times: u64,
    /// And how many times at most, where chance lengthens it.
    pub most: Option<f64>,
    /// Whose wait it was, if not the first lifeline's.
    pub who: Option<String>,
}

fn once() -> u64 {
    1
}

/// What is said of one figure.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telling {
    pub caption: Option<Sentence>,
    /// How the line begins that matters; of several, the first.
    marked: Option<String>,
    #[serde(default)]
    pub pauses: Vec<Pause>,
}

#[derive(Deserialize)]
struct Scenario {
    title: Sentence,
}

impl Sentence {
    pub fn of(&self, edition: Edition) -> &str {
        match edition {
            Edition::Ko => &self.ko,
            Edition::En => &self.en,
        }
    }
}

impl Telling {
    /// What the files beside a lesson's snapshots say of a scenario.
    pub fn read(folder: &Path, scenario: &str, events: &[Event]) -> Result<Telling> {
        let told = FIGURES.table(&folder.join("figures.toml"))?;
        let mut telling = told.get(scenario).cloned().unwrap_or_default();
        if telling.caption.is_none() {
            let scenarios = SCENARIOS.table(&folder.join("scenarios.toml"))?;
            telling.caption = scenarios
                .get(scenario)
                .map(|scenario| scenario.title.clone());
        }
        if let Some(line) = &telling.marked
            && telling.marked(events).is_none()
        {
            bail!("figures.toml marks “{line}”, which does not happen in {scenario}");
        }
        if let Some(pause) = telling
            .pauses
            .iter()
            .find(|pause| !(1..=events.len()).contains(&pause.before))
        {
            bail!(
                "figures.toml knows of event {}, and {scenario} has {}",
                pause.before,
                events.len()
            );
        }
        Ok(telling)
    }

    /// The number of the line that matters, from 0.
    pub fn marked(&self, events: &[Event]) -> Option<usize> {
        let line = self.marked.as_deref()?;
        events.iter().position(|event| event.begins_like(line))
    }
}

impl Pause {
    /// How long it was, as a figure says it.
    pub fn told(&self) -> String {
        let least = self.argument * self.times;
        match self.most {
            None => format!("{least} ms"),
            Some(most) => format!("{least}–{:.0} ms", self.argument as f64 * most),
        }
    }
}

static FIGURES: Tables<Telling> = Tables::new();
static SCENARIOS: Tables<Scenario> = Tables::new();

/// The tables of files. A book asks for each many times, and reading one takes longer than
/// drawing a figure; so one is read again only when its file has changed.
struct Tables<T>(Mutex<BTreeMap<PathBuf, Known<T>>>);

struct Known<T> {
    written: SystemTime,
    table: Arc<BTreeMap<String, T>>,
}

impl<T: DeserializeOwned> Tables<T> {
    const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    /// A file's table; one that is not there has nothing in it.
    fn table(&self, file: &Path) -> Result<Arc<BTreeMap<String, T>>> {
        let Ok(about) = fs::metadata(file) else {
            return Ok(Arc::default());
        };
        let written = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(file)
            && known.written == written
        {
            return Ok(Arc::clone(&known.table));
        }
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let table =
            toml::from_str(&text).with_context(|| format!("{} is not in order", file.display()))?;
        let table = Arc::new(table);
        let of_now = Known {
            written,
            table: Arc::clone(&table),
        };
        known.insert(file.to_owned(), of_now);
        Ok(table)
    }
}
