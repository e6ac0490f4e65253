//! What the tests of the tool share: the tool itself, a program that misbehaves on
//! demand, and a copy of the workspace that may be broken.

mod copy;
pub mod course;
pub mod server;
pub mod small;

use assert_cmd::Command;
use boon::{Compiler, Schemas};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub use copy::{SharedCopy, copy_of_workspace, files_in};

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
    // Whatever `lang` was told in this workspace.
    command.env("XTASK_LANG", "auto");
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
