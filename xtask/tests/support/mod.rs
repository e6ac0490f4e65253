//! What the tests of the tool share: the tool itself, a program that misbehaves on
//! demand, and a copy of the workspace that may be broken.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod course;
pub mod small;

use assert_cmd::Command;
use boon::{Compiler, Schemas};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The workspace's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The tool, as `cargo xtask` runs it in `folder`, in a language of its own.
pub fn xtask_in(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("xtask").unwrap();
    command.current_dir(folder).env("LANG", "ko_KR.UTF-8");
    command
}

pub fn xtask() -> Command {
    xtask_in(&root())
}

/// The report for graders, one object a lesson; its shape is the one that is promised.
pub fn lessons_of(stdout: &[u8]) -> Vec<Value> {
    let report: Value = serde_json::from_slice(stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(stdout)));
    let mut schemas = Schemas::new();
    let file = root().join("xtask/check.v1.schema.json");
    let schema = Compiler::new()
        .compile(file.to_str().unwrap(), &mut schemas)
        .unwrap();
    if let Err(error) = schemas.validate(&report, schema) {
        panic!("{error:#}\n{report:#}");
    }
    report.as_array().unwrap().clone()
}

/// That of the only lesson.
pub fn lesson_of(stdout: &[u8]) -> Value {
    let mut lessons = lessons_of(stdout);
    assert_eq!(lessons.len(), 1);
    lessons.remove(0)
}

/// The program that misbehaves as its argument says.
pub fn hostile_program() -> PathBuf {
    compiled("hostile/program.rs")
}

/// The program that rustc makes of a source file in `tests/`, with std alone; made
/// once a run, and put in its place whole, for other runs may be using it.
pub fn compiled(source: &str) -> PathBuf {
    static DONE: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut done = DONE.lock().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let name = source.replace('/', "-").replace(".rs", "");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if done.insert(source.to_owned()) {
        let fresh = folder.join(format!("{name}-{}", std::process::id()));
        let source = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join(source);
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let status = std::process::Command::new(rustc)
            .args(["--edition", "2024", "-Cdebuginfo=line-tables-only", "-o"])
            .args([&fresh, &source])
            .status()
            .unwrap();
        assert!(status.success(), "{} does not compile", source.display());
        fs::rename(&fresh, &program).unwrap();
    }
    program
}

/// A copy of the workspace under `target/`, as it would be cloned, named `name`.
/// Files that are there and unchanged are left alone, so that cargo builds little.
pub fn copy_of_workspace(name: &str) -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut kept = BTreeSet::new();
    fs::create_dir_all(&copy).unwrap();
    // Of an earlier run.
    let _ = fs::remove_dir_all(copy.join(".progress"));
    for part in [
        "Cargo.toml",
        "Cargo.lock",
        ".cargo",
        "lessons",
        "solutions",
        "xtask",
    ] {
        sync(&root().join(part), &copy.join(part), &mut kept);
    }
    for file in files_in(&copy) {
        if !kept.contains(&file) {
            fs::remove_file(&file).unwrap();
        }
    }
    copy
}

fn sync(from: &Path, to: &Path, kept: &mut BTreeSet<PathBuf>) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            sync(&from.join(&name), &to.join(&name), kept);
        }
        return;
    }
    let wanted = fs::read(from).unwrap();
    if fs::read(to).ok().as_ref() != Some(&wanted) {
        fs::write(to, wanted).unwrap();
    }
    kept.insert(to.to_owned());
}

/// Every file below `folder`, but for build output, git's own, and what is remembered.
pub fn files_in(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if !path.is_dir() {
            found.insert(path);
        } else if !["target", ".git", ".progress"]
            .iter()
            .any(|name| entry.file_name() == *name)
        {
            found.extend(files_in(&path));
        }
    }
    found
}
