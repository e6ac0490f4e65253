//! The machine that a check was made on: what the doctor says of it, the system, and what of
//! the environment changes a build.

use super::fence;
use crate::doctor::{self, State};
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::tr;
use crate::visible;
use std::fs;
use std::process::{Command, Stdio};

/// What a build or a check may depend on. No other variable is told.
const VARIABLES: [&str; 12] = [
    "LANG",
    "LC_ALL",
    "TERM",
    "NO_COLOR",
    "RUSTFLAGS",
    "RUSTC",
    "RUSTC_WRAPPER",
    "RUSTUP_TOOLCHAIN",
    "RUST_BACKTRACE",
    "CARGO_TARGET_DIR",
    "CARGO_BUILD_TARGET",
    "CARGO_INCREMENTAL",
];

pub fn section(workspace: &Workspace, lang: Lang) -> String {
    let mut lines = vec![
        format!(
            "tool      {} {}",
            env!("CARGO_PKG_VERSION"),
            commit(workspace).unwrap_or_else(|| "without git".to_owned())
        ),
        format!(
            "system    {} {} {}",
            std::env::consts::OS,
            std::env::consts::ARCH,
            first_line("/proc/sys/kernel/osrelease").unwrap_or_default()
        ),
    ];
    let processors = std::thread::available_parallelism();
    lines.push(format!(
        "CPUs {}, load {}",
        processors.map_or_else(|_| "?".to_owned(), |count| count.to_string()),
        first_line("/proc/loadavg").unwrap_or_else(|| "?".to_owned())
    ));
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let wanted = ["MemTotal", "MemAvailable"];
    let of_memory = memory
        .lines()
        .filter(|line| wanted.iter().any(|name| line.starts_with(name)));
    lines.extend(of_memory.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")));
    for finding in doctor::examine(workspace, lang) {
        let mark = match finding.state {
            State::There => "✔",
            State::Missing => "◌",
            State::Needed => "✘",
        };
        lines.push(format!("{mark} {}", finding.what));
    }
    for name in VARIABLES {
        if let Ok(value) = std::env::var(name) {
            lines.push(format!("{name}={value}"));
        }
    }
    let heading = tr!(lang, "## 이 컴퓨터", "## This machine");
    let text = fence::around("text", &visible::escaped(&lines.join("\n")));
    format!("\n{heading}\n\n{text}")
}

fn first_line(file: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    Some(text.lines().next()?.trim().to_owned())
}

/// The commit that is checked out.
fn commit(workspace: &Workspace) -> Option<String> {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root)
        .args(["rev-parse", "HEAD"])
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    let output = probe::household::undisturbed(|| git.output()).ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
