//! Variants of lessons' programs (partly solved starters, mistakes), built outside
//! the tracked tree in a workspace of their own under `target/`: those of a lesson are
//! compiled as one program, which has a name for each.

use crate::build::compile;
use crate::lesson::definition::{Lesson, Mistake};
use crate::lesson::given;
use crate::lesson::starter::Text;
use crate::lesson::workspace::Workspace;
use crate::proofs::one_program;
use anyhow::{Context, Result, bail, ensure};
use probe::Commands;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The variant with the steps up to this one written.
pub fn of_steps(step: u32) -> String {
    format!("steps-1-to-{step}")
}

/// The variant in which this mistake is made.
pub fn of_mistake(mistake: &Mistake) -> String {
    format!("mistake-{}", mistake.name)
}

/// The file of a lesson's one program.
const ROOT: &str = "programs.rs";

/// Sources to be built, by lesson.
pub struct Variants<'a> {
    workspace: &'a Workspace,
    folder: PathBuf,
    programs: BTreeMap<String, Vec<Program>>,
}

/// One program of a variant, identified by both names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Program {
    variant: String,
    role: String,
}

/// The built programs; `Err` holds the compiler's errors, none where only others of the lesson
/// have some.
pub struct Programs {
    built: BTreeMap<(String, Program), Result<PathBuf, String>>,
}

impl Programs {
    /// The programs of a variant, by role.
    pub fn of(&self, lesson: &Lesson, variant: &str) -> Result<Commands> {
        let mut commands = Commands::new();
        for ((of_lesson, program), built) in &self.built {
            if *of_lesson == lesson.name && program.variant == variant {
                let path = match built {
                    Ok(path) => path.display().to_string(),
                    Err(errors) if errors.is_empty() => {
                        bail!("{variant} was not built: another of its lesson does not compile")
                    }
                    Err(errors) => bail!("{variant} does not compile:\n{errors}"),
                };
                commands.insert(program.role.clone(), vec![path]);
            }
        }
        ensure!(!commands.is_empty(), "{variant} was not built");
        Ok(commands)
    }
}

impl<'a> Variants<'a> {
    pub fn new(workspace: &'a Workspace) -> Self {
        let folder = workspace.scratch().join("variants");
        Self {
            workspace,
            folder,
            programs: BTreeMap::new(),
        }
    }

    /// Adds a variant's programs; a source that is there already, unchanged, is not
    /// touched, so that cargo does not build it again.
    pub fn add(&mut self, lesson: &Lesson, variant: &str, programs: Vec<Text>) -> Result<()> {
        for (role, source) in programs {
            let program = Program {
                variant: variant.to_owned(),
                role,
            };
            let file = self.package_of(lesson).join(program.file());
            write_if_changed(&file, &one_program::module(&source))?;
            let of_lesson = self.programs.entry(lesson.name.clone()).or_default();
            of_lesson.push(program);
        }
        Ok(())
    }

    fn package_of(&self, lesson: &Lesson) -> PathBuf {
        self.folder.join(&lesson.name)
    }

    /// Builds all that was added.
    pub fn build(&self) -> Result<Programs> {
        for lesson in self.lessons() {
            let package = self.package_of(lesson);
            write_if_changed(&package.join("Cargo.toml"), &self.manifest_of(lesson)?)?;
            let names: Vec<_> = self.programs[&lesson.name]
                .iter()
                .map(Program::name)
                .collect();
            write_if_changed(&package.join(ROOT), &one_program::root(&names))?;
            for (name, text) in given::of(self.workspace, lesson)? {
                write_if_changed(&package.join(name), &text)?;
            }
        }
        let members: Vec<_> = self.programs.keys().cloned().collect();
        // Compiled once, most of them, and looked at by line when they hang.
        let profile = "[profile.dev]\ndebug = \"line-tables-only\"\nincremental = false\n";
        write_if_changed(
            &self.folder.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{profile}"),
        )?;
        // The same versions as the workspace's own, and nothing to look up.
        let lock = self.workspace.root.join("Cargo.lock");
        fs::copy(&lock, self.folder.join("Cargo.lock"))
            .with_context(|| format!("{} cannot be copied", lock.display()))?;
        let mut command = self.workspace.cargo();
        command.current_dir(&self.folder).args([
            "build",
            "--offline",
            "--bins",
            "--keep-going",
            "--target-dir",
        ]);
        command.arg(self.folder.join("target"));
        let build = compile::run(command)?;
        if let Some(words) = build.refused {
            bail!("the variants could not be built: {words}");
        }
        let mut built = BTreeMap::new();
        for (lesson, programs) in &self.programs {
            let of_lesson = build.of(lesson);
            let made = of_lesson.and_then(|built| built.executables.get(lesson));
            let errors = |of: &Program| {
                let all = of_lesson.into_iter().flat_map(|built| &built.errors);
                let own = all.filter(|error| error.contains(&of.file()));
                own.cloned().collect::<Vec<_>>().join("\n")
            };
            let named = self.folder.join("named").join(lesson);
            fs::create_dir_all(&named)
                .with_context(|| format!("{} cannot be made", named.display()))?;
            for program in programs {
                let path = named.join(program.name() + std::env::consts::EXE_SUFFIX);
                let outcome = match &made {
                    Some(made) => one_program::name(made, &path).map(|()| Ok(path))?,
                    None => Err(errors(program)),
                };
                built.insert((lesson.clone(), program.clone()), outcome);
            }
        }
        Ok(Programs { built })
    }

    fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.workspace
            .lessons
            .iter()
            .filter(|lesson| self.programs.contains_key(&lesson.name))
    }

    /// The dependencies are the solution's own, with the workspace's versions.
    fn manifest_of(&self, lesson: &Lesson) -> Result<String> {
        let own = read_toml(&self.workspace.solution_of(lesson).join("Cargo.toml"))?;
        let root = read_toml(&self.workspace.root.join("Cargo.toml"))?;
        let shared = root
            .get("workspace")
            .and_then(|workspace| workspace.get("dependencies"));
        let mut dependencies = toml::Table::new();
        for (name, value) in own
            .get("dependencies")
            .and_then(toml::Value::as_table)
            .into_iter()
            .flatten()
        {
            let inherited = value.get("workspace").is_some();
            let value = if inherited {
                shared.and_then(|shared| shared.get(name)).unwrap_or(value)
            } else {
                value
            };
            dependencies.insert(name.clone(), value.clone());
        }
        let package = format!(
            "[package]\nname = \"{0}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [[bin]]\nname = \"{0}\"\npath = \"{ROOT}\"\n\n",
            lesson.name
        );
        let dependencies =
            toml::Table::from_iter([("dependencies".to_owned(), dependencies.into())]);
        Ok(format!("{package}{}", toml::to_string(&dependencies)?))
    }
}

impl Program {
    /// Its own among the programs of its lesson.
    fn name(&self) -> String {
        format!("{}-{}", self.variant, Lesson::file_of(&self.role))
    }

    fn file(&self) -> String {
        self.name() + ".rs"
    }
}

fn read_toml(path: &Path) -> Result<toml::Table> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    text.parse()
        .with_context(|| format!("{} is not TOML", path.display()))
}

fn write_if_changed(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}
