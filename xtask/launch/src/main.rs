//! `cargo xtask` starts this. Where the tool is as new as its sources, this becomes the
//! tool at once; else it says that the tool is built, has cargo build it together with
//! what else is asked for, and then becomes it.

mod beside;
mod build;
mod freshness;
mod words;

use freshness::Tool;
use std::ffi::OsString;
use std::fmt::Display;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};
use words::Words;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let root = root();
    let words = Words::of(&arguments, root.as_deref(), |name| std::env::var(name).ok());
    let Some(root) = root else {
        complain(&words.not_a_workspace());
        return ExitCode::from(UNABLE);
    };
    let tool = Tool::of(&root);
    if !tool.is_fresh() {
        let beside = beside::package(&root, &arguments);
        match build::tool(&root, beside.as_deref(), &tool, words) {
            Ok(()) => tool.is_built(),
            Err(trouble) => {
                complain(&trouble);
                return ExitCode::from(UNABLE);
            }
        }
    }
    if tool.program.is_file() {
        become_the(Command::new(&tool.program).args(arguments), words)
    } else {
        become_the(&mut through_cargo(&root, arguments), words)
    }
}

/// A line on stderr. Where it cannot be written, there is nobody to be told.
fn complain(line: &dyn Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The tool could not do what it was asked for: the third of its exit statuses.
const UNABLE: u8 = 3;

/// The folder at or above the current one that the tool takes for its workspace.
fn root() -> Option<std::path::PathBuf> {
    let here = std::env::current_dir().ok()?;
    let is_root =
        |folder: &&Path| folder.join("solutions").is_dir() && folder.join("xtask").is_dir();
    here.ancestors().find(is_root).map(Path::to_owned)
}

/// Cargo knows where its configuration has the program put.
fn through_cargo(root: &Path, arguments: Vec<OsString>) -> Command {
    let mut command = build::cargo();
    command
        .args(["run", "--quiet", "--package", "xtask", "--manifest-path"])
        .arg(root.join("Cargo.toml"))
        .arg("--")
        .args(arguments);
    command
}

/// Nothing of this program is left: what is typed and signalled reaches the tool.
#[cfg(unix)]
fn become_the(command: &mut Command, words: Words) -> ExitCode {
    let error = std::os::unix::process::CommandExt::exec(command);
    complain(&words.not_started(&error));
    ExitCode::from(UNABLE)
}

/// Other systems have no `exec`: this waits for the tool and ends as it did.
#[cfg(not(unix))]
fn become_the(command: &mut Command, words: Words) -> ExitCode {
    match command.status() {
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            ExitCode::from(code.unwrap_or(UNABLE))
        }
        Err(error) => {
            complain(&words.not_started(&error));
            ExitCode::from(UNABLE)
        }
    }
}
