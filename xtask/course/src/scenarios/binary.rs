//! A lesson's test binary while it runs: what it is told on stdin, the reports it writes
//! on stdout, how it ends, and that nothing of it stays.

use crate::lang::Lang;
use crate::lesson::written::Written;
use crate::scenarios::descriptors;
use crate::tr;
use crate::visible;
use anyhow::{Context, Result};
use probe::{
    BACKTRACES_VARIABLE, Commands, PATIENCE_VARIABLE, PROGRAMS_VARIABLE, REPORTS_VARIABLE, Report,
    UNWRITTEN_VARIABLE, household,
};
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How libtest ends where a scenario did not pass.
const NOT_ALL_PASSED: i32 = 101;

/// How long the last lines of a binary that has ended may take to be read.
const DRAINING: Duration = Duration::from_secs(2);

/// How a test binary ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, once every scenario was judged.
    Judged,
    /// Otherwise: a signal's name or an exit status, and its last words on stderr.
    Otherwise { how: String, said: String },
    /// It judged no scenario for this time, and was killed.
    TookTooLong(Duration),
    /// It was killed, for what it had reported was enough.
    Enough,
}

/// How long a test binary is let run.
#[derive(Clone, Copy)]
pub struct Until<'a> {
    /// It is killed when it has judged no scenario for so long: many programs that begin at
    /// once on a busy machine take long together, and each of them gets on.
    pub longest: Duration,
    /// And as soon as this holds of a report.
    pub enough: &'a dyn Fn(&Report) -> bool,
}

impl Until<'_> {
    /// Until it ends by itself, or judges no scenario for `longest`.
    pub fn the_end(longest: Duration) -> Self {
        Self {
            longest,
            enough: &|_| false,
        }
    }
}

/// Which scenarios are run.
#[derive(Clone, Copy)]
pub enum Scenarios<'a> {
    All,
    /// These.
    Only(&'a [String]),
    /// These once more, and programs that panic print backtraces.
    WithBacktraces(&'a [String]),
}

/// What a test binary is told of the programs that it runs.
#[derive(Clone, Copy, Default)]
pub struct Told<'a> {
    /// Where they are given instead of its package's own programs.
    pub commands: Option<&'a Commands>,
    /// What is known of their source.
    pub written: Option<&'a Written>,
    /// How long their next sign is waited for, if not as long as ever ([`probe::PATIENCE`]).
    pub patience: Option<Duration>,
}

/// Runs `binary`.
pub fn run(
    binary: &Path,
    told: Told<'_>,
    scenarios: Scenarios<'_>,
    until: Until<'_>,
) -> Result<(End, Vec<Report>)> {
    let adopting = household::adopt_orphans();
    let secret = secret();
    let mut command = Command::new(binary);
    command
        .arg(format!("--test-threads={}", descriptors::scenarios()))
        .arg("--quiet")
        .env(REPORTS_VARIABLE, "stdout");
    match scenarios {
        Scenarios::All => {}
        Scenarios::Only(names) => {
            command.args(names).arg("--exact");
        }
        Scenarios::WithBacktraces(names) => {
            command.args(names).arg("--exact");
            command.env(BACKTRACES_VARIABLE, "1");
        }
    }
    match told.commands {
        Some(commands) => command.env(PROGRAMS_VARIABLE, serde_json::to_string(commands)?),
        None => command.env_remove(PROGRAMS_VARIABLE),
    };
    match told.written {
        Some(written) => command.env(UNWRITTEN_VARIABLE, written.unwritten()),
        None => command.env_remove(UNWRITTEN_VARIABLE),
    };
    match told.patience {
        Some(patience) => command.env(PATIENCE_VARIABLE, patience.as_millis().to_string()),
        None => command.env_remove(PATIENCE_VARIABLE),
    };
    probe::dies_with_us(&mut command);
    let (stdout, reports) = pipe().context("no pipe could be made")?;
    command
        .stdin(Stdio::piped())
        .stdout(stdout)
        .stderr(Stdio::piped());
    let started = household::start(|| command.spawn(), Child::id);
    // The other end of the pipe stays open as long as the command is there.
    drop(command);
    let mut child =
        started.with_context(|| format!("{} could not be started", binary.display()))?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that has ended already has nothing to report.
        let _ = writeln!(stdin, "{secret}");
    }
    let lines = lines_of(reports);
    let mut reports = Vec::new();
    let said = child.stderr.take().map(lines_of);
    let ended = wait(&mut child, until.longest, || {
        let before = reports.len();
        let come = next_of(&lines).into_iter().chain(lines.try_iter());
        reports.extend(come.filter_map(|line| report_in(&line, &secret)));
        match &reports[before..] {
            [] => News::None,
            new if new.iter().any(until.enough) => News::Enough,
            _ => News::Judged,
        }
    });
    household::forget(child.id());
    household::end_orphans();
    drop(adopting);
    let end = match ended.context("the scenarios could not be waited for")? {
        Ended::Itself(status) => End::of(status, said),
        Ended::TooLate => End::TookTooLong(until.longest),
        Ended::Enough => End::Enough,
    };
    reports.extend(read(&lines, |line| report_in(line, &secret)));
    Ok((end, reports))
}

/// What ended a test binary.
enum Ended {
    Itself(ExitStatus),
    TooLate,
    Enough,
}

/// What a test binary has reported since it was looked at last.
enum News {
    None,
    Judged,
    Enough,
}

fn wait(
    child: &mut Child,
    longest: Duration,
    mut news: impl FnMut() -> News,
) -> std::io::Result<Ended> {
    let mut judged = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Ended::Itself(status));
        }
        let killed_for = match news() {
            News::Enough => Some(Ended::Enough),
            News::Judged => {
                judged = Instant::now();
                None
            }
            News::None => (judged.elapsed() > longest).then_some(Ended::TooLate),
        };
        if let Some(why) = killed_for {
            child.kill()?;
            child.wait()?;
            return Ok(why);
        }
    }
}

/// The next line, waited for until the binary's end is worth a look again.
fn next_of(lines: &Receiver<String>) -> Option<String> {
    /// It has ended, or will at once: who else holds the pipe does not keep it from that.
    const ENDING: Duration = Duration::from_millis(1);
    const RUNNING: Duration = Duration::from_millis(20);
    match lines.recv_timeout(RUNNING) {
        Ok(line) => Some(line),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => {
            std::thread::sleep(ENDING);
            None
        }
    }
}

/// Nobody can guess it: std seeds its hashers with the system's random bytes.
fn secret() -> String {
    let number = |_| RandomState::new().hash_one(Instant::now());
    (0..4)
        .map(|index| format!("{:016x}", number(index)))
        .collect()
}

/// A pipe for the reports: the end to be written to, and the end to be read. On Unix a
/// socket, for another process of the same user could open a pipe by its name under `/proc`.
#[cfg(unix)]
fn pipe() -> std::io::Result<(Stdio, impl Read + Send + use<>)> {
    let (written, read) = std::os::unix::net::UnixStream::pair()?;
    Ok((std::os::fd::OwnedFd::from(written).into(), read))
}

#[cfg(not(unix))]
fn pipe() -> std::io::Result<(Stdio, impl Read + Send + use<>)> {
    let (read, written) = std::io::pipe()?;
    Ok((written.into(), read))
}

/// The lines that come, read on a thread of their own.
fn lines_of(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while pipe
            .read_until(b'\n', &mut line)
            .is_ok_and(|count| count > 0)
        {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if sender.send(text).is_err() {
                break;
            }
            line.clear();
        }
    });
    receiver
}

/// What `wanted` makes of the lines of a binary that has ended.
fn read<T>(lines: &Receiver<String>, wanted: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let until = Instant::now() + DRAINING;
    let next = || {
        lines
            .recv_timeout(until.saturating_duration_since(Instant::now()))
            .ok()
    };
    std::iter::from_fn(next)
        .filter_map(|line| wanted(&line))
        .collect()
}

/// Whatever a program has said in it is made visible: it ends on a terminal.
fn report_in(line: &str, secret: &str) -> Option<Report> {
    let mut json = serde_json::from_str(probe::reported(line, secret)?).ok()?;
    visible::in_json(&mut json);
    serde_json::from_value(json).ok()
}

/// The first panic, with its message; else the last line. What follows a panic are its
/// consequences.
fn what_ended_it(said: &[String]) -> String {
    let panic = said.iter().position(|line| line.contains(" panicked at "));
    let last = said.iter().rfind(|line| !line.is_empty());
    match panic {
        Some(at) => said[at..]
            .iter()
            .take(2)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" "),
        None => last.cloned().unwrap_or_default(),
    }
}

impl End {
    fn of(status: ExitStatus, said: Option<Receiver<String>>) -> Self {
        if status.success() || status.code() == Some(NOT_ALL_PASSED) {
            return Self::Judged;
        }
        let how = match probe::Ending::of(status) {
            probe::Ending::Signal(name) => name,
            _ => format!("exit status {}", status.code().unwrap_or(-1)),
        };
        let said = said.map(|lines| read(&lines, |line| Some(line.to_owned())));
        let said = what_ended_it(&said.unwrap_or_default());
        Self::Otherwise {
            how,
            said: visible::escaped(&said),
        }
    }

    /// In a sentence; empty where it is as it should be.
    pub fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Judged | Self::Enough => String::new(),
            Self::Otherwise { how, said } => {
                let said = if said.is_empty() {
                    String::new()
                } else {
                    format!(" ({said})")
                };
                tr!(
                    lang,
                    "시나리오를 실행하던 프로세스가 도중에 끝났습니다: {how}{said}. 내 프로그램이나 시스템(메모리 부족)이 끝냈을 수 있습니다.",
                    "The process that runs the scenarios was ended before it was done: {how}{said}. Your program may have done it, or the system, for lack of memory."
                )
            }
            Self::TookTooLong(time) => {
                let seconds = time.as_secs();
                tr!(
                    lang,
                    "{seconds}초 동안 더 끝난 시나리오가 없어 검사를 멈췄습니다. 프로그램이 어딘가에서 오래 쉬면 그럴 수 있습니다.",
                    "No more scenarios ended for {seconds} seconds, and the check was stopped. A program that sleeps for long somewhere may be why."
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn who_goes_on_judging_is_not_stopped() {
        use super::{Command, Duration, Ended, Instant, News, wait};
        let mut child = Command::new("sleep").arg("30").spawn().unwrap();
        let (longest, judging) = (Duration::from_millis(100), Duration::from_millis(300));
        let started = Instant::now();
        let news = || {
            if started.elapsed() < judging {
                News::Judged
            } else {
                News::None
            }
        };
        let ended = wait(&mut child, longest, news).unwrap();
        assert!(matches!(ended, Ended::TooLate));
        assert!(started.elapsed() >= judging);
    }
}
