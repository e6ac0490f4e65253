//! A program whose calls are recorded: compiled, run under the recorder, and what was written
//! down of it.

use recording::{Event, Raw};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;

/// The source of the program that is recorded.
pub const SOURCE: &str = "tests/programs/calls.rs";

pub fn compiled(options: &[&str]) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    // Each test binary has its own: another may be compiling at this moment.
    let test = test.file_stem().unwrap().to_str().unwrap().to_owned();
    let name = format!("calls-{test}{}", options.concat().replace(['=', '-'], ""));
    let options = [&["-Cdebuginfo=line-tables-only"], options].concat();
    super::compile("calls", &name, &options)
}

pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| compiled(&[]))
}

/// The recorder with this program, writing into `folder`.
pub fn recorder(program: &Path, kind: &str, folder: &Path) -> Command {
    recorder_of(&[program.as_os_str(), kind.as_ref()], folder)
}

/// The same, with this command line.
pub fn recorder_of(words: &[&OsStr], folder: &Path) -> Command {
    let mut recorder = Command::new(env!("CARGO_BIN_EXE_recorder"));
    let before = tracer::recorder::before(folder, "program", "programs/calls.rs");
    recorder
        .args(before)
        .args(words)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    recorder
}

pub fn events_in(folder: &Path) -> Vec<Event> {
    let mut events = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let lines = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        events.extend(lines.map(|raw: Raw| raw.event));
    }
    events
}

pub fn recorded(program: &Path, kind: &str) -> (Vec<Event>, ExitStatus) {
    let folder = tempfile::tempdir().unwrap();
    let status = recorder(program, kind, folder.path()).status().unwrap();
    (events_in(folder.path()), status)
}
