//! One call of cargo, which builds the tool, and what else a command needs. Its lines are not the
//! learner's: what is compiled is counted, a wait is said, and what went wrong is shown.

use crate::beside;
use crate::complain;
use crate::freshness::Tool;
use crate::words::Words;
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The cargo that started this program, else the one on the path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Builds the tool, and the package `beside` it. One that does not compile is for the tool to
/// tell of.
///
/// # Errors
/// One sentence: cargo could not be started, or has not made the tool.
pub fn tool(root: &Path, beside: Option<&str>, tool: &Tool, words: Words) -> Result<(), String> {
    let mut command = cargo();
    command
        .current_dir(root)
        .args(["build", "--keep-going", "--package", "xtask"]);
    // A lesson's test is left to the tool: with a test to build, cargo would take up what the
    // tool's own tests need, and compile what both use a second time.
    if let Some(package) = beside {
        command.args(["--package", package]);
        if package == beside::PRESS {
            command.arg("--no-default-features");
        }
    }
    command.arg("--bins");
    let before = modified(tool);
    let building = match before {
        None if beside == Some(beside::PRESS) => words.building_the_press_too(),
        before => words.building(before.is_none()),
    };
    let mut said = Said::nothing(words, building);
    command
        .env_remove("CARGO_MANIFEST_DIR")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| words.no_cargo(&error))?;
    let mut troubles = Vec::new();
    if let Some(stderr) = child.stderr.take() {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            match line.trim_start().split_once(' ') {
                Some(("Compiling", what)) => said.compiling(what),
                Some(("Blocking", _)) => said.waiting(),
                Some(("Downloading" | "Downloaded" | "Updating" | "Locking" | "Finished", _)) => {}
                _ => troubles.push(line),
            }
        }
    }
    said.done();
    let status = child.wait().map_err(|error| words.no_cargo(&error))?;
    if status.success() || beside.is_some() && modified(tool) != before {
        return Ok(());
    }
    if beside.is_some() {
        // It may be that package alone that does not compile.
        return self::tool(root, None, tool, words);
    }
    Err(format!("{}\n{}", troubles.join("\n"), words.not_built()))
}

fn modified(tool: &Tool) -> Option<std::time::SystemTime> {
    std::fs::metadata(&tool.program).ok()?.modified().ok()
}

/// What the learner was told of the build so far.
struct Said {
    words: Words,
    /// What is said when the first thing is compiled.
    building: &'static str,
    compiled: usize,
    /// The columns that the line of progress takes, on a terminal.
    width: usize,
}

impl Said {
    fn nothing(words: Words, building: &'static str) -> Self {
        Self {
            words,
            building,
            compiled: 0,
            width: 0,
        }
    }

    fn compiling(&mut self, what: &str) {
        if self.compiled == 0 {
            complain(&self.building);
        }
        self.compiled += 1;
        if std::io::stderr().is_terminal() {
            let name = what.split(' ').next().unwrap_or_default();
            self.line(&format!("  {:>3}  {name}", self.compiled));
        }
    }

    fn waiting(&mut self) {
        complain(&self.words.waiting());
    }

    fn done(&mut self) {
        if self.width > 0 {
            self.line("");
        }
    }

    /// Writes over the line of progress. Its letters are cargo's, one column each.
    fn line(&mut self, line: &str) {
        let blank = " ".repeat(self.width);
        let mut stderr = std::io::stderr();
        let _ = write!(stderr, "\r{blank}\r{line}");
        let _ = stderr.flush();
        self.width = line.len();
    }
}
