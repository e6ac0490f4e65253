//! What `solutions/<lesson>/lesson.toml` and `scenarios.toml` say of a lesson:
//!
//! ```text
//! Lesson          identified by its folder's name, lesson-04-accept
//! ├─ Step           by its number, from 1
//! │  └─ hints         in the order in which they are given
//! ├─ Scenario       by the name of its function in tests/check.rs
//! └─ Mistake        by its name; caught by a scenario
//! ```

use crate::lang::{Lang, Text};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// One lesson.
#[derive(Debug)]
pub struct Lesson {
    /// `lesson-04-accept`.
    pub name: String,
    pub title: Text,
    /// The roles of its programs: [`probe::ONLY`], or `server` and `client`.
    pub roles: Vec<String>,
    pub steps: Vec<Step>,
    /// By name.
    pub scenarios: BTreeMap<String, Scenario>,
    pub mistakes: Vec<Mistake>,
}

/// What a scenario is about, whatever a program does in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// For lists and captions.
    pub title: Text,
    /// What the check does to the program, what is due from it, and why.
    pub asks: Text,
}

/// One hole in the starter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub title: Text,
    /// The program it stands in, where the lesson has two.
    #[serde(default = "only")]
    pub program: String,
    /// What stands in the starter in place of the solution's lines; without one the
    /// step is given, and the learner has nothing to write.
    pub stub: Option<String>,
    /// What only the solution's lines use, as paths (`thread::sleep`): the starter names it
    /// once, so that the compiler does not warn of it.
    #[serde(default)]
    pub unused: Vec<String>,
    /// What to do, as a comment above the stub.
    pub task: Text,
    #[serde(default, rename = "hint")]
    pub hints: Vec<Text>,
    /// The scenarios that show what the step is about. Where one of them is skipped, the
    /// step was not seen, though others of its scenarios passed.
    #[serde(default)]
    pub subject: Vec<String>,
}

/// A wrong way to write a step.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    pub name: String,
    /// The wrong lines, by the number of the step whose lines they replace.
    pub code: BTreeMap<String, String>,
    /// The scenario that must catch it.
    pub caught_by: String,
    /// What is said of it: what every program does that shows the same, and what often leads
    /// there. `None` where `same_as` says it.
    explanation: Option<Text>,
    /// The mistake whose explanation speaks of this one, too.
    same_as: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Text,
    #[serde(default = "only_one")]
    programs: Vec<String>,
    #[serde(default, rename = "step")]
    steps: Vec<Step>,
    #[serde(default, rename = "mistake")]
    mistakes: Vec<Mistake>,
}

pub fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is not as it should be", path.display()))
}

fn only() -> String {
    probe::ONLY.to_owned()
}

fn only_one() -> Vec<String> {
    vec![only()]
}

impl Mistake {
    /// The steps whose lines it replaces.
    pub fn steps(&self) -> Vec<u32> {
        let numbers = self.code.keys();
        numbers.filter_map(|step| step.parse().ok()).collect()
    }

    /// The mistake of `lesson` whose explanation speaks of this one: itself, or another.
    pub fn explained_by<'a>(&'a self, lesson: &'a Lesson) -> &'a Self {
        let mut all = lesson.mistakes.iter();
        let other = self.same_as.as_ref();
        let other = other.and_then(|name| all.find(|mistake| mistake.name == *name));
        other.unwrap_or(self)
    }

    /// What is said of it; nothing where that is with [`Mistake::explained_by`].
    pub fn explanation(&self) -> Option<&Text> {
        self.explanation.as_ref()
    }
}

impl Lesson {
    pub fn read(solution: &Path) -> Result<Self> {
        let path = solution.join("lesson.toml");
        let file: File = read_toml(&path)?;
        let name = solution
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
            .to_owned();
        ensure!(!file.steps.is_empty(), "{} names no step", path.display());
        for mistake in &file.mistakes {
            let is_explained = |name: &String| {
                let mut all = file.mistakes.iter();
                all.any(|other| other.name == *name && other.explanation.is_some())
            };
            ensure!(
                mistake.explanation.is_some() != mistake.same_as.as_ref().is_some_and(is_explained),
                "{}: {} has an explanation of its own, or that of another",
                path.display(),
                mistake.name
            );
        }
        for step in &file.steps {
            ensure!(
                file.programs.contains(&step.program),
                "{}: a step stands in the program {}, and the programs are {:?}",
                path.display(),
                step.program,
                file.programs
            );
        }
        Ok(Self {
            name,
            title: file.title,
            roles: file.programs,
            steps: file.steps,
            scenarios: read_toml(&solution.join("scenarios.toml"))?,
            mistakes: file.mistakes,
        })
    }

    /// `04`
    pub fn number(&self) -> &str {
        self.name.split('-').nth(1).unwrap_or_default()
    }

    /// `lesson-04`
    pub fn short_name(&self) -> String {
        format!("lesson-{}", self.number())
    }

    /// `accept`
    pub fn topic(&self) -> &str {
        self.name.splitn(3, '-').nth(2).unwrap_or_default()
    }

    /// The solution's package, `solution-04-accept`.
    pub fn solution_package(&self) -> String {
        self.name.replacen("lesson-", "solution-", 1)
    }

    /// The file, without its ending, that holds the program in `role`.
    pub fn file_of(role: &str) -> &str {
        if role == probe::ONLY { "main" } else { role }
    }

    /// The name of the program in `role` that `package` builds: `solution-09-server`.
    pub fn program_of(&self, package: &str, role: &str) -> String {
        if role == probe::ONLY {
            return package.to_owned();
        }
        let topic = package.len() - self.topic().len();
        format!("{}{role}", &package[..topic])
    }

    /// The step of this number.
    pub fn step(&self, number: u32) -> Option<&Step> {
        let mut steps = self.numbered_steps();
        steps.find(|(own, _)| *own == number).map(|(_, step)| step)
    }

    /// The role of the program that a step stands in.
    pub fn role_of(&self, step: u32) -> &str {
        self.step(step)
            .map_or(probe::ONLY, |step| step.program.as_str())
    }

    /// The scenarios without which a step is not seen.
    pub fn subject_of(&self, step: u32) -> &[String] {
        self.step(step).map_or(&[], |step| &step.subject)
    }

    /// The title of a scenario; its name where it has none.
    pub fn title_of<'a>(&'a self, scenario: &'a str, lang: Lang) -> &'a str {
        let known = self.scenarios.get(scenario);
        known.map_or(scenario, |known| known.title.of(lang))
    }

    /// The steps with their numbers.
    pub fn numbered_steps(&self) -> impl Iterator<Item = (u32, &Step)> {
        (1..).zip(&self.steps)
    }

    /// The numbers of the steps that the learner writes.
    pub fn steps_to_write(&self) -> Vec<u32> {
        self.numbered_steps()
            .filter(|(_, step)| step.stub.is_some())
            .map(|(number, _)| number)
            .collect()
    }
}
