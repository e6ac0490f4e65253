//! The recorder as a program that stands in for the one it records: same input, same output,
//! same end, and beside that a file of all calls, at their moments.

use crate::{Ended, record};
use recording::{Event, Raw};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, LineWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// What it exits with where the system refuses to let the program be watched (`man 3
/// sysexits`, EX_NOPERM), and where nothing could be recorded for another reason
/// (EX_SOFTWARE).
pub const REFUSED: u8 = 77;
const FAILED: u8 = 70;

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
    match recorded(words) {
        Ok(ended) => end_so(ended),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => ExitCode::from(REFUSED),
        Err(error) => {
            eprintln!("recorder: {error}");
            ExitCode::from(FAILED)
        }
    }
}

fn recorded(mut words: impl Iterator<Item = OsString>) -> io::Result<Ended> {
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
    let command: Vec<_> = words.collect();
    let to = to.ok_or(io::ErrorKind::InvalidInput)?;
    let name = format!("{:020}-{}.jsonl", now(), std::process::id());
    let mut file = LineWriter::new(File::create_new(to.join(name))?);
    let mut failed = None;
    let ended = record(&command, &who, &own, &mut |event: Event| {
        let raw = Raw { at: now(), event };
        let line = serde_json::to_string(&raw).unwrap_or_default();
        if let Err(error) = writeln!(file, "{line}") {
            failed.get_or_insert(error);
        }
    })?;
    failed.map_or(Ok(ended), Err)
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
