//! Runs a lesson's test binary and gathers what its scenarios report. The binary
//! judges; here is only seen to it that it ends, and that nothing is left behind.

use crate::lesson::Lesson;
use crate::workspace::Workspace;
use crate::written::Written;
use anyhow::{Context, Result};
use probe::{
    Commands, PROGRAMS_VARIABLE, REPORTS_VARIABLE, RUN_VARIABLE, Reason, Report,
    UNWRITTEN_VARIABLE, Verdict,
};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// All scenarios of a lesson side by side: they wait more than they work.
const SIDE_BY_SIDE: &str = "--test-threads=16";

/// Every wait of a scenario has its own, much shorter deadline; a test binary that
/// is still there after this is itself broken.
const LONGEST: Duration = Duration::from_secs(60);

/// Runs all scenarios with `binary`, on `commands` where they are given instead of
/// the package's own programs; `written` is what is known of their source. One report for each scenario that has a snapshot, and for
/// each that ran.
pub fn run(
    workspace: &Workspace,
    lesson: &Lesson,
    binary: &Path,
    commands: Option<&Commands>,
    written: Option<&Written>,
) -> Result<Vec<Report>> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let run = format!(
        "{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = workspace.scratch().join("runs").join(&run);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut command = Command::new(binary);
    match commands {
        Some(commands) => command.env(PROGRAMS_VARIABLE, serde_json::to_string(commands)?),
        None => command.env_remove(PROGRAMS_VARIABLE),
    };
    match written {
        Some(written) => command.env(UNWRITTEN_VARIABLE, written.unwritten()),
        None => command.env_remove(UNWRITTEN_VARIABLE),
    };
    let ended = run_binary(command, &folder, &run);
    let reports = read_reports(workspace, lesson, &folder);
    let removed = fs::remove_dir_all(&folder)
        .with_context(|| format!("{} cannot be removed", folder.display()));
    ended?;
    removed?;
    Ok(reports)
}

fn run_binary(mut command: Command, folder: &Path, run: &str) -> Result<()> {
    let log = File::create(folder.join("log")).context("the scenarios' log cannot be made")?;
    command.arg(SIDE_BY_SIDE).arg("--quiet");
    command.env(REPORTS_VARIABLE, folder).env(RUN_VARIABLE, run);
    command
        .stdin(Stdio::null())
        .stderr(log.try_clone()?)
        .stdout(log);
    let mut child = command
        .spawn()
        .with_context(|| format!("{} could not be started", command.get_program().display()))?;
    let started = Instant::now();
    // Its exit status says nothing that the reports do not.
    while child.try_wait()?.is_none() {
        if started.elapsed() > LONGEST {
            child.kill()?;
            child.wait()?;
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    probe::sweep(RUN_VARIABLE, run);
    Ok(())
}

fn read_reports(workspace: &Workspace, lesson: &Lesson, folder: &Path) -> Vec<Report> {
    let snapshots = workspace.snapshots_of(lesson);
    let mut names = probe::scenarios_of(&snapshots);
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".json")
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    let read = |name: &String| fs::read(folder.join(format!("{name}.json"))).ok();
    let parsed = |name: &String| read(name).and_then(|json| serde_json::from_slice(&json).ok());
    names
        .iter()
        .map(|name| parsed(name).unwrap_or_else(|| silent(&snapshots, name)))
        .collect()
}

/// A scenario with a snapshot that did not report.
fn silent(snapshots: &Path, scenario: &str) -> Report {
    // A scenario that runs says itself what is wrong with its snapshot.
    let known = probe::recorded(snapshots, scenario).ok().flatten();
    let step = known.as_ref().map_or(0, |known| known.step);
    Report {
        expected: known.map_or_else(Vec::new, |known| known.events),
        reason: Some(Reason::DidNotRun),
        ..Report::new(scenario, step, Verdict::Broken)
    }
}
