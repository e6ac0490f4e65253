//! Where the commands come from: a script first, then what is typed or piped in.

use crate::trouble::Trouble;
use std::collections::VecDeque;
use std::fs;
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use talk::lang::Lang;
use talk::{BadLine, Command, read_script, tr};

pub(crate) struct Input {
    script: VecDeque<Command>,
    /// The lines of stdin, without their line breaks.
    lines: Receiver<Vec<u8>>,
    /// How many lines of stdin were read.
    count: usize,
    /// Somebody types.
    pub(crate) is_typed: bool,
}

/// What the input has to say.
pub(crate) enum Next {
    Command(Command),
    /// A line of stdin that is no command, with its number.
    Bad(usize, BadLine),
    /// Nothing yet.
    Nothing,
    End,
}

impl Input {
    /// Reads all of the script, so that nothing is sent of one that is wrong.
    pub(crate) fn open(script: Option<&Path>, lang: Lang) -> Result<Self, Trouble> {
        let script = match script {
            Some(path) => commands_of(path, lang)?,
            None => VecDeque::new(),
        };
        Ok(Self {
            script,
            lines: lines_of_stdin(),
            count: 0,
            is_typed: io::stdin().is_terminal(),
        })
    }

    /// Is there something that need not be waited for?
    pub(crate) fn has_script(&self) -> bool {
        !self.script.is_empty()
    }

    /// The next command; a script's are there at once, others may take their time.
    pub(crate) fn next(&mut self, limit: Duration) -> Next {
        if let Some(command) = self.script.pop_front() {
            return Next::Command(command);
        }
        match self.lines.recv_timeout(limit) {
            Ok(line) => {
                self.count += 1;
                match Command::read(&line) {
                    Ok(command) => Next::Command(command),
                    Err(bad) => Next::Bad(self.count, bad),
                }
            }
            Err(RecvTimeoutError::Timeout) => Next::Nothing,
            Err(RecvTimeoutError::Disconnected) => Next::End,
        }
    }
}

fn commands_of(path: &Path, lang: Lang) -> Result<VecDeque<Command>, Trouble> {
    let shown = path.display();
    let text = fs::read(path).map_err(|error| {
        Trouble::usage(tr!(
            lang,
            "스크립트 {shown}을(를) 읽을 수 없습니다: {error}",
            "The script {shown} cannot be read: {error}"
        ))
    })?;
    let commands = read_script(&text).map_err(|(number, bad)| {
        let why = bad.tell(lang);
        Trouble::usage(tr!(
            lang,
            "스크립트 {shown}의 {number}번째 줄: {why}",
            "The script {shown}, line {number}: {why}"
        ))
    })?;
    Ok(commands.into())
}

/// Read on a thread of their own, which ends with the process: a terminal cannot be asked
/// whether a line is there.
fn lines_of_stdin() -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut stdin = io::stdin().lock();
        let mut line = Vec::new();
        // What cannot be read has ended.
        while stdin
            .read_until(b'\n', &mut line)
            .is_ok_and(|count| count > 0)
        {
            let whole = line.strip_suffix(b"\n").unwrap_or(&line);
            let whole = whole.strip_suffix(b"\r").unwrap_or(whole);
            if sender.send(whole.to_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
    receiver
}
