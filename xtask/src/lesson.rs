//! What `solutions/<lesson>/lesson.toml` says of a lesson:
//!
//! ```text
//! Lesson          identified by its folder's name, lesson-04-accept
//! ├─ Step           by its number, from 1
//! │  └─ hints         in the order in which they are given
//! └─ Mistake        by its name; caught by a scenario
//!    └─ Symptom       how a failing scenario looks when this is the reason
//! ```

use crate::lang::Text;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
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
    pub mistakes: Vec<Mistake>,
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
pub struct Mistake {
    pub name: String,
    /// The wrong lines, by the number of the step whose lines they replace.
    pub code: BTreeMap<String, String>,
    /// The scenario that must catch it.
    pub caught_by: String,
    #[serde(flatten)]
    pub symptom: Symptom,
    #[serde(flatten)]
    pub explained: Explained,
}

/// What is said of a mistake.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explained {
    /// Its own explanation.
    Explanation(Text),
    /// No peer can tell it from this other mistake, whose explanation speaks of both.
    SameAs(String),
}

/// How a failing scenario looks. What is not given fits everything.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Symptom {
    pub verdict: Option<probe::Verdict>,
    /// The scenarios in which it shows, beside the one that catches the mistake.
    #[serde(default)]
    pub also_in: Vec<String>,
    /// How the first different line begins: `program exit 0`.
    pub sees: Option<String>,
    /// How the expected line in its place begins.
    pub instead_of: Option<String>,
    /// A part of the first different line.
    pub showing: Option<String>,
    /// The call that the program hangs in (`recv`), or what else it does: `thread`,
    /// `busy`, `sleep`. Where the system does not tell, this fits.
    pub waits_in: Option<String>,
    /// A part of what the program printed on stderr.
    pub on_stderr: Option<String>,
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

fn only() -> String {
    probe::ONLY.to_owned()
}

fn only_one() -> Vec<String> {
    vec![only()]
}

impl Mistake {
    /// Are its lines in one of these steps?
    pub fn is_in(&self, steps: &[u32]) -> bool {
        self.steps().any(|step| steps.contains(&step))
    }

    /// Are its lines in all of these steps?
    pub fn has_all(&self, steps: &[u32]) -> bool {
        steps
            .iter()
            .all(|step| self.steps().any(|own| own == *step))
    }

    fn steps(&self) -> impl Iterator<Item = u32> {
        self.code.keys().filter_map(|step| step.parse().ok())
    }
}

impl Lesson {
    pub fn read(solution: &Path) -> Result<Self> {
        let path = solution.join("lesson.toml");
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let file: File = toml::from_str(&text)
            .with_context(|| format!("{} is not as it should be", path.display()))?;
        let name = solution
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
            .to_owned();
        ensure!(!file.steps.is_empty(), "{} names no step", path.display());
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

    /// The role of the program that a step stands in.
    pub fn role_of(&self, step: u32) -> &str {
        self.numbered_steps()
            .find(|(number, _)| *number == step)
            .map_or(probe::ONLY, |(_, step)| &step.program)
    }

    /// The scenarios without which a step is not seen.
    pub fn subject_of(&self, step: u32) -> &[String] {
        let found = self.numbered_steps().find(|(number, _)| *number == step);
        found.map_or(&[], |(_, step)| &step.subject)
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
