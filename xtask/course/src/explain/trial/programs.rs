//! The programs of trials: each is one file, compiled by rustc itself with the libraries
//! that cargo has just built for the learner's program. Nothing is compiled twice for it,
//! no lock is waited for, and nothing stays.

use crate::build::compile::Build;
use crate::explain::trial::exchange::Exchange;
use crate::explain::trial::folder;
use crate::lesson::definition::Lesson;
use crate::lesson::given;
use crate::lesson::starter::Text;
use crate::lesson::workspace::Workspace;
use crate::side_by_side;
use anyhow::{Context, Result};
use probe::{Commands, household};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// How many compilers run at the same time.
const SIDE_BY_SIDE: usize = 4;

/// The steps that are the solution's in a program.
pub type Steps = BTreeSet<u32>;

/// What the programs are made of.
pub struct Material<'a> {
    pub workspace: &'a Workspace,
    pub lesson: &'a Lesson,
    pub exchange: &'a Exchange,
    /// The learner's programs, by role.
    pub programs: &'a Commands,
    pub build: &'a Build,
}

/// What was built; its folder goes with it.
pub struct Built {
    programs: BTreeMap<Steps, Commands>,
    _folder: tempfile::TempDir,
}

impl Built {
    /// One of which a program does not compile is not among them.
    pub fn of(material: &Material<'_>, wanted: &[Steps]) -> Result<Self> {
        let folder = folder::make(material.workspace)?;
        write_what_is_given(material, folder.path())?;
        let texts = wanted.iter().flat_map(|steps| {
            let changed: Vec<_> = steps.iter().copied().collect();
            let texts = material.exchange.with(&changed).into_iter();
            texts.map(|text| (steps.clone(), text))
        });
        let texts: Vec<_> = texts.collect();
        let compiler = Compiler::of(material);
        let compile = |(steps, (role, text)): &(Steps, Text)| {
            let numbers: Vec<_> = steps.iter().map(u32::to_string).collect();
            let name = format!("{role}-{}", numbers.join("-"));
            let built = compiler.program(folder.path(), &name, text)?;
            Ok::<_, anyhow::Error>((steps.clone(), role.clone(), built))
        };
        let mut programs: BTreeMap<Steps, Option<Commands>> = BTreeMap::new();
        for built in side_by_side::map(&texts, SIDE_BY_SIDE, compile) {
            let (steps, role, path) = built?;
            // What does not change is the learner's own.
            let trial = programs.entry(steps);
            let trial = trial.or_insert_with(|| Some(material.programs.clone()));
            match path {
                Some(path) => {
                    let command = vec![path.display().to_string()];
                    trial.as_mut().map(|all| all.insert(role, command));
                }
                // With a half of its steps it is another trial.
                None => *trial = None,
            }
        }
        let whole = |(steps, commands): (_, Option<_>)| Some((steps, commands?));
        Ok(Self {
            programs: programs.into_iter().filter_map(whole).collect(),
            _folder: folder,
        })
    }

    /// The programs of each trial, by role.
    pub fn programs(&self) -> Vec<(&Steps, &Commands)> {
        self.programs.iter().collect()
    }

    /// Those with these steps.
    pub fn only(&self, wanted: &BTreeSet<Steps>) -> Vec<(&Steps, &Commands)> {
        let mut programs = self.programs();
        programs.retain(|(steps, _)| wanted.contains(steps));
        programs
    }
}

/// The files that the programs take along.
fn write_what_is_given(material: &Material<'_>, folder: &Path) -> Result<()> {
    for (name, text) in given::as_the_learner_has_them(material.workspace, material.lesson)? {
        let path = folder.join(name);
        std::fs::write(&path, text)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

struct Compiler {
    rustc: OsString,
    arguments: Vec<OsString>,
}

impl Compiler {
    /// As cargo calls it for a program of the lesson, as far as it matters.
    fn of(material: &Material<'_>) -> Self {
        let mut arguments: Vec<OsString> = [
            "--edition=2024",
            "--crate-type=bin",
            "--cap-lints=allow",
            "-Cdebuginfo=0",
        ]
        .map(OsString::from)
        .to_vec();
        for name in dependencies(material) {
            let name = name.replace('-', "_");
            let Some(file) = material.build.library(&name) else {
                continue;
            };
            let mut library = OsString::from(format!("{name}="));
            library.push(file);
            arguments.extend(["--extern".into(), library]);
            if let Some(folder) = file.parent() {
                let mut search = OsString::from("dependency=");
                search.push(folder);
                arguments.extend(["-L".into(), search]);
            }
        }
        Self {
            rustc: rustc(),
            arguments,
        }
    }

    /// `None` if `text` does not compile.
    fn program(&self, folder: &Path, name: &str, text: &str) -> Result<Option<PathBuf>> {
        let source = folder.join(name).with_extension("rs");
        std::fs::write(&source, text)
            .with_context(|| format!("{} cannot be written", source.display()))?;
        let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(&self.rustc);
        command
            .arg(&source)
            .args(["--crate-name", "trial"])
            .args(&self.arguments)
            .arg("-o")
            .arg(&program)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        probe::dies_with_us(&mut command);
        let started = household::start(|| command.spawn(), Child::id);
        let mut child = started.context("rustc could not be started")?;
        let status = child.wait();
        household::forget(child.id());
        let compiled = status.context("rustc could not be waited for")?.success();
        Ok(compiled.then_some(program))
    }
}

/// What the lesson's own manifest names; without them the programs do not compile, and
/// nothing is said of them.
fn dependencies(material: &Material<'_>) -> Vec<String> {
    let manifest = material
        .workspace
        .starter_of(material.lesson)
        .join("Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap_or_default();
    let manifest: toml::Table = manifest.parse().unwrap_or_default();
    let named = manifest.get("dependencies").and_then(toml::Value::as_table);
    named
        .into_iter()
        .flat_map(|all| all.keys().cloned())
        .collect()
}

/// The compiler beside the cargo that runs the tool, else the one on the path.
fn rustc() -> OsString {
    if let Some(rustc) = std::env::var_os("RUSTC") {
        return rustc;
    }
    let name = format!("rustc{}", std::env::consts::EXE_SUFFIX);
    let cargo = std::env::var_os("CARGO").map(PathBuf::from);
    let beside = cargo.and_then(|cargo| Some(cargo.parent()?.join(&name)));
    let beside = beside.filter(|rustc| rustc.is_file());
    beside.map_or_else(|| name.into(), PathBuf::into_os_string)
}
