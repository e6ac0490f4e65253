//! The small course in a git repository of its own, and a learner's clone of it.

use super::small::{Small, make};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Both are gone when it is dropped.
pub struct Course {
    published: TempDir,
    pub learner: Small,
}

/// What git says on stdout, in a repository that knows nobody's settings.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = in_git(folder, arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    let said = String::from_utf8(output.stdout).unwrap();
    said.trim_end().to_owned()
}

fn in_git(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder).args(arguments).env("LC_ALL", "C");
    git
}

/// Whose commits these are, and that nothing of the machine's settings counts.
const SETTINGS: &str = "
[user]
    name = Learner
    email = learner@localhost
[commit]
    gpgsign = false
[core]
    autocrlf = false
[gc]
    auto = 0
[maintenance]
    auto = false
";

fn is_somebody_s(folder: &Path) {
    let path = folder.join(".git/config");
    let settings = fs::read_to_string(&path).unwrap();
    fs::write(path, settings + SETTINGS).unwrap();
}

impl Course {
    pub fn fresh() -> Self {
        let published = tempfile::tempdir().unwrap();
        let root = published.path();
        make(root);
        git(root, &["init", "--quiet", "--initial-branch", "main"]);
        is_somebody_s(root);
        git(root, &["add", "--all"]);
        git(root, &["commit", "--quiet", "--message", "course"]);
        let learner = Small::empty();
        let from = root.to_str().unwrap();
        git(learner.root(), &["clone", "--quiet", from, "."]);
        is_somebody_s(learner.root());
        Self { published, learner }
    }

    /// The course goes on: these files, in a commit.
    pub fn publishes(&self, files: &[(&str, &str)]) {
        for (path, text) in files {
            let path = self.published.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        git(self.published.path(), &["add", "--all"]);
        git(
            self.published.path(),
            &["commit", "--quiet", "--message", "newer"],
        );
    }

    /// The learner commits what there is.
    pub fn commits(&self, message: &str) {
        git(self.learner.root(), &["add", "--all"]);
        git(
            self.learner.root(),
            &["commit", "--quiet", "--message", message],
        );
    }

    /// Did git do it?
    pub fn pulls(&self) -> bool {
        let pull = ["pull", "--quiet", "--no-rebase", "--no-edit"];
        in_git(self.learner.root(), &pull)
            .output()
            .unwrap()
            .status
            .success()
    }

    pub fn pulls_by_rebase(&self) -> bool {
        let pull = ["pull", "--quiet", "--rebase"];
        in_git(self.learner.root(), &pull)
            .output()
            .unwrap()
            .status
            .success()
    }

    pub fn newest(&self) -> String {
        git(self.published.path(), &["rev-parse", "HEAD"])
    }

    pub fn at_learner_s(&self, revision: &str) -> String {
        git(self.learner.root(), &["rev-parse", revision])
    }
}
