//! A course of two lessons, in a folder of its own: whatever changes files is tried there,
//! and costs no build.

use super::{root, xtask_in};
use assert_cmd::Command;
use assert_cmd::assert::Assert;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub const ACCEPT: &str = "lesson-04-accept";
pub const ONE_SHOT: &str = "lesson-09-one-shot";

/// Gone when it is dropped.
pub struct Small {
    folder: TempDir,
}

impl Small {
    /// Both lessons are the starter.
    pub fn fresh() -> Self {
        let small = Self::empty();
        make(small.root());
        small
    }

    /// Nothing is there yet.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Nothing is there yet; in a folder within `place`.
    pub fn within(place: &Path) -> Self {
        Self {
            folder: tempfile::tempdir_in(place).unwrap(),
        }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    pub fn xtask(&self, arguments: &[&str]) -> Command {
        let mut command = xtask_in(self.root());
        command.args(arguments);
        command
    }

    /// The tool's exit status is `code`.
    pub fn run(&self, arguments: &[&str], code: i32) -> Assert {
        self.xtask(arguments).assert().code(code)
    }

    /// Every backup of a lesson, by its name, the oldest first.
    pub fn backups(&self, lesson: &str) -> Vec<PathBuf> {
        let folder = fs::read_dir(self.path(".backup").join(lesson));
        let entries = folder.into_iter().flatten();
        let mut found: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| !path.file_name().unwrap().to_str().unwrap().starts_with('.'));
        found.sort();
        found
    }

    /// As if these steps had passed.
    pub fn has_passed(&self, lesson: &str, steps: &[u32]) {
        let text = format!("version = 1\n[lessons.{lesson}]\npassed = {steps:?}\n");
        self.write(".progress/progress.toml", &text);
    }
}

/// Makes the course at `root`, whose lessons are the generated starters.
pub fn make(root: &Path) {
    for lesson in [ACCEPT, ONE_SHOT] {
        for folder in ["lessons", "solutions"] {
            let path = Path::new(folder).join(lesson);
            copy(&self::root().join(&path), &root.join(&path));
        }
        // Whoever runs this may have written some of the steps.
        fs::remove_dir_all(root.join("lessons").join(lesson).join("src")).unwrap();
    }
    // It is told by these two folders.
    fs::create_dir_all(root.join("xtask")).unwrap();
    fs::write(root.join("xtask/README"), "").unwrap();
    for file in [".gitignore", ".gitattributes"] {
        fs::copy(self::root().join(file), root.join(file)).unwrap();
    }
    for lesson in [ACCEPT, ONE_SHOT] {
        xtask_in(root).args(["reset", lesson]).assert().code(0);
    }
    fs::remove_dir_all(root.join(".progress")).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|it| (it.path(), it.file_name())).unwrap();
        // What is large is of no use here.
        if ["others", "snapshots", "reports", "target"]
            .iter()
            .any(|large| name == *large)
        {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Every file below `folder` with what is in it, by its path there.
pub fn texts_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = super::files_in(folder).into_iter();
    let read = |path: PathBuf| {
        let text = fs::read(&path).ok()?;
        Some((path.strip_prefix(folder).unwrap().to_owned(), text))
    };
    files.filter_map(read).collect()
}
