//! Where things stand: the workspace's folders, and the lessons in them.

use crate::kept;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The workspace that the tool was called in.
pub struct Workspace {
    pub root: PathBuf,
    pub lessons: Vec<Lesson>,
}

impl Workspace {
    /// The folder at or above the current one that holds `solutions` and `xtask`.
    pub fn find() -> Result<Self> {
        let Some(root) = kept::root() else {
            let here = std::env::current_dir().context("the current folder cannot be read")?;
            bail!(
                "{} is not inside the workspace of the lessons; go there and try again",
                here.display()
            );
        };
        let mut lessons = Vec::new();
        let solutions = root.join("solutions");
        for entry in fs::read_dir(&solutions)
            .with_context(|| format!("{} cannot be read", solutions.display()))?
        {
            let folder = entry?.path();
            if folder.join("lesson.toml").is_file() {
                lessons.push(Lesson::read(&folder)?);
            }
        }
        lessons.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(Self { root, lessons })
    }

    pub fn starter_of(&self, lesson: &Lesson) -> PathBuf {
        self.root.join("lessons").join(&lesson.name)
    }

    /// The folder of the scenarios that the lesson shares with others; `None` where it has none.
    pub fn shared_scenarios_of(&self, lesson: &Lesson) -> Option<PathBuf> {
        let check = self.starter_of(lesson).join("tests/check.rs");
        let text = std::fs::read_to_string(check).unwrap_or_default();
        let (_, after) = text.split_once("#[path = \"../../")?;
        let (folder, _) = after.split_once("/mod.rs\"]")?;
        Some(self.root.join("lessons").join(folder))
    }

    pub fn solution_of(&self, lesson: &Lesson) -> PathBuf {
        self.root.join("solutions").join(&lesson.name)
    }

    /// Where `cargo xtask book` prints the lesson's chapter.
    pub fn chapter_of(&self, lesson: &Lesson, lang: Lang) -> PathBuf {
        let folder = self.root.join("target/book").join(lang.code());
        folder.join(format!("{}.html", lesson.name))
    }

    pub fn snapshots_of(&self, lesson: &Lesson) -> PathBuf {
        self.solution_of(lesson).join("snapshots")
    }

    /// The sources of the learner's programs.
    pub fn program_files_of(&self, lesson: &Lesson) -> impl Iterator<Item = PathBuf> {
        let folder = self.starter_of(lesson).join("src");
        lesson
            .roles
            .iter()
            .map(move |role| folder.join(Lesson::file_of(role)).with_extension("rs"))
    }

    /// Where what the tool remembers of the learner's way stands, and stays when `target`
    /// is emptied.
    pub fn remembered(&self) -> PathBuf {
        kept::folder(&self.root)
    }

    /// Where copies of what a learner wrote are kept, by the lesson's name.
    pub fn backups_of(&self, lesson: &Lesson) -> PathBuf {
        self.root.join(".backup").join(&lesson.name)
    }

    /// A path as a learner at the workspace's root would write it.
    pub fn path_of(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }

    /// The tool's own folder for what does not belong to the repository.
    pub fn scratch(&self) -> PathBuf {
        self.root.join("target").join("xtask")
    }

    /// The tool's cargo: the one that runs it, else the one on the path.
    pub fn cargo(&self) -> std::process::Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = std::process::Command::new(cargo);
        command.current_dir(&self.root);
        command
    }
}
