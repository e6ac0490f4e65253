//! The recorder as a program that stands in for the one it records: same input, same output,
//! same end, and beside that a file of all calls, at their moments. Where the system does not
//! let the program be watched, it runs all the same, and the file says why it is empty.

use crate::{Ended, Refused, Unrecorded, record};
use recording::{Event, Raw};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, LineWriter, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// What it exits with where the program could not be run (`man 3 sysexits`, EX_SOFTWARE).
const FAILED: u8 = 70;

/// The only line of the file of a program that was not recorded.
#[derive(Serialize, Deserialize)]
struct Refusal {
    refused: Refused,
}

/// Why there are no calls in a recorder's file; `None` where there may be some.
pub fn refusal_in(file: &str) -> Option<Refused> {
    let refusal: Refusal = serde_json::from_str(file).ok()?;
    Some(refusal.refused)
}

/// The words before the program's own.
const TO: &str = "--to";
const WHO: &str = "--who";
const OWN: &str = "--own";

/// The words to put before a program's command line: its calls are written to a new file in
/// the folder `to`.
pub fn before(to: &std::path::Path, who: &str, own_source: &str) -> Vec<OsString> {
    let words: [&std::ffi::OsStr; 7] = [
        TO.as_ref(),
        to.as_ref(),
        WHO.as_ref(),
        who.as_ref(),
        OWN.as_ref(),
        own_source.as_ref(),
        "--".as_ref(),
    ];
    words.into_iter().map(OsString::from).collect()
}

/// Runs the program behind the words that [`before`] gives, and ends as it does.
pub fn run(words: impl Iterator<Item = OsString>) -> ExitCode {
    match Asked::of(words).and_then(|asked| asked.run()) {
        Ok(ended) => end_so(ended),
        Err(error) => {
            eprintln!("recorder: {error}");
            ExitCode::from(FAILED)
        }
    }
}

/// What the words say.
struct Asked {
    to: PathBuf,
    who: String,
    own: String,
    command: Vec<OsString>,
}

impl Asked {
    fn of(mut words: impl Iterator<Item = OsString>) -> io::Result<Self> {
        let (mut to, mut who, mut own) = (None, String::new(), String::new());
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(io::ErrorKind::InvalidInput);
            let text = |word: OsString| word.to_string_lossy().into_owned();
            match word.to_str() {
                Some(TO) => to = Some(PathBuf::from(value()?)),
                Some(WHO) => who = text(value()?),
                Some(OWN) => own = text(value()?),
                Some("--") => break,
                _ => return Err(io::ErrorKind::InvalidInput.into()),
            }
        }
        Ok(Self {
            to: to.ok_or(io::ErrorKind::InvalidInput)?,
            who,
            own,
            command: words.collect(),
        })
    }

    fn run(&self) -> io::Result<Ended> {
        let name = format!("{:020}-{}.jsonl", now(), std::process::id());
        let mut file = LineWriter::new(File::create_new(self.to.join(name))?);
        let mut failed = None;
        let ended = record(&self.command, &self.who, &self.own, &mut |event: Event| {
            let raw = Raw { at: now(), event };
            let line = serde_json::to_string(&raw).unwrap_or_default();
            if let Err(error) = writeln!(file, "{line}") {
                failed.get_or_insert(error);
            }
        });
        match ended {
            Ok(ended) => failed.map_or(Ok(ended), Err),
            Err(Unrecorded::Failed(error)) => Err(error),
            Err(Unrecorded::Refused(refused)) => {
                writeln!(file, "{}", serde_json::to_string(&Refusal { refused })?)?;
                unwatched(&self.command)
            }
        }
    }
}

/// The program takes this process's place; it returns where there is no such program.
#[cfg(unix)]
fn unwatched(command: &[OsString]) -> io::Result<Ended> {
    use std::os::unix::process::CommandExt;
    Err(as_it_is(command)?.exec())
}

#[cfg(not(unix))]
fn unwatched(command: &[OsString]) -> io::Result<Ended> {
    let status = as_it_is(command)?.status()?;
    Ok(Ended::Exit(status.code().unwrap_or(i32::from(FAILED))))
}

fn as_it_is(command: &[OsString]) -> io::Result<Command> {
    let (program, arguments) = command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut command = Command::new(program);
    command.args(arguments);
    Ok(command)
}

/// Nanoseconds of the clock of [`Raw::at`]; 0 where there is none, and nothing is recorded.
fn now() -> u64 {
    #[cfg(unix)]
    {
        let mut time = libc::timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        // SAFETY: it is written to a place of ours.
        unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &raw mut time) };
        let (seconds, parts) = (time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs());
        seconds * 1_000_000_000 + parts
    }
    #[cfg(not(unix))]
    0
}

#[cfg(unix)]
fn end_so(ended: Ended) -> ExitCode {
    match ended {
        Ended::Exit(status) => ExitCode::from(u8::try_from(status).unwrap_or(u8::MAX)),
        Ended::Signal(number) => {
            // SAFETY: only numbers cross. What it was is told to the parent by the same signal.
            unsafe {
                libc::signal(number, libc::SIG_DFL);
                libc::raise(number);
            }
            ExitCode::from(FAILED)
        }
    }
}

#[cfg(not(unix))]
fn end_so(ended: Ended) -> ExitCode {
    match ended {
        Ended::Exit(status) => ExitCode::from(u8::try_from(status).unwrap_or(u8::MAX)),
        Ended::Signal(_) => ExitCode::from(FAILED),
    }
}
