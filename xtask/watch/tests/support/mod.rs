//! What the tests share: lessons that nobody looks at, and a terminal to watch them in.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test binary uses its own part")]

#[path = "../../../tests/support/copy.rs"]
mod copy;
pub mod left;
pub mod terminal;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use terminal::Terminal;

#[allow(unused_imports, reason = "each test binary uses its own part")]
pub use copy::copy_of_workspace;

/// The workspace's root.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap().to_owned()
}

/// The lessons that there are; the second has two programs.
pub const LESSONS: [&str; 3] = ["lesson-00-one", "lesson-01-two", "lesson-02-three"];

/// The keys stand below a report when it is whole.
pub const WHOLE: &str = "q quit";

/// A folder with lessons, and the program that watches them.
pub struct Lessons {
    root: TempDir,
}

impl Lessons {
    /// With `program` in each of them.
    pub fn with(program: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        let lessons = Self { root };
        for name in LESSONS {
            let file = lessons.file(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, program).unwrap();
        }
        fs::write(lessons.file(LESSONS[1]).with_file_name("tail.rs"), "").unwrap();
        lessons
    }

    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The program of the lesson.
    pub fn file(&self, lesson: &str) -> PathBuf {
        self.root().join("lessons").join(lesson).join("src/main.rs")
    }

    /// The second lesson is watched, in English.
    pub fn watch(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_watch"));
        command
            .args(["--tool", stand_in(), "--lang", "en", "--first", LESSONS[1]])
            .arg("--root")
            .arg(self.root())
            .args(LESSONS)
            .envs([("TERM", "xterm"), ("NO_COLOR", "1")]);
        for variable in ["VISUAL", "EDITOR", "TERM_PROGRAM"] {
            command.env_remove(variable);
        }
        command
    }

    /// [`Lessons::watch`], once it has shown its first report.
    pub fn watched(&self) -> Terminal {
        let terminal = Terminal::of(self.watch());
        terminal.shows(&["report: lesson-01-two", "check 1", WHOLE]);
        terminal
    }

    /// What the stand-in was called for, call by call.
    pub fn called(&self) -> Vec<String> {
        let called = fs::read_to_string(self.root().join("called")).unwrap_or_default();
        called.lines().map(str::to_owned).collect()
    }

    /// The processes that have to do with these lessons.
    pub fn processes(&self) -> Vec<String> {
        left::processes_of(self.root())
    }
}

/// The program that stands in for the tool and for editors.
pub fn stand_in() -> &'static str {
    env!("CARGO_BIN_EXE_stand-in")
}
