//! A program that was started: its pipes, its ending. Nothing here knows of
//! scenarios; the story is told in `program.rs`.

use crate::deadline::{LAST_WORDS, watch};
use crate::environment::{BACKTRACES_VARIABLE, VARIABLES};
use crate::process::confine::Confined;
use crate::process::ending::Ending;
use crate::process::output::Outlet;
use crate::process::queued::{OfEach, Queued, Turns};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{ChildStdin, Command, Stdio};
use std::time::Duration;

/// How a program was started: what a person types to start it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// [`ONLY`](crate::ONLY), or which of the lesson's two programs.
    pub role: String,
    /// A port that has a name is that name here: `127.0.0.1:<taken>`.
    pub arguments: Vec<String>,
}

/// The first word behind a program that stands in for the one that it starts, and ends as
/// that does: it is the one that is looked at.
pub const STAND_IN: &str = "--record-a-program";

pub(crate) struct Running {
    /// How the transcript calls it: `program`.
    pub(crate) who: String,
    pub(crate) started: Started,
    confined: RefCell<Confined>,
    stdin: RefCell<Option<ChildStdin>>,
    ending: RefCell<Option<Ending>>,
    pub(crate) stdout: Outlet,
    pub(crate) stderr: Outlet,
    /// What was started: the program, or what stands in for it.
    started_as: u32,
    is_stood_in_for: bool,
}

impl Running {
    /// Starts `command` (the program and its first arguments) in `role` with `arguments`; the
    /// transcript calls it `who`.
    pub(crate) fn start(
        who: &str,
        role: &str,
        command: &[OsString],
        arguments: &[&str],
    ) -> io::Result<Self> {
        let [program, first @ ..] = command else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the command is empty",
            ));
        };
        let mut command = Command::new(program);
        command.args(first).args(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // How the check is told what to do is not the program's business.
        for variable in VARIABLES {
            command.env_remove(variable);
        }
        // The learner's own settings must not change what the check sees: no
        // backtraces between the lines, and Python prints at once and in UTF-8.
        let backtraces = std::env::var_os(BACKTRACES_VARIABLE).is_some();
        command.env("RUST_BACKTRACE", if backtraces { "1" } else { "0" });
        command
            .env("PYTHONUNBUFFERED", "1")
            .env("PYTHONUTF8", "1")
            .env("PYTHONDONTWRITEBYTECODE", "1");
        let mut confined = Confined::spawn(command)?;
        let (stdin, Some(stdout), Some(stderr)) = confined.child.pipes() else {
            return Err(io::Error::other("the program has no pipes"));
        };
        Ok(Self {
            who: who.to_owned(),
            started: Started {
                role: role.to_owned(),
                arguments: arguments.iter().map(|it| (*it).to_owned()).collect(),
            },
            started_as: confined.child.id(),
            is_stood_in_for: first.first().is_some_and(|word| word == STAND_IN),
            stdout: Outlet::drain(stdout),
            stderr: Outlet::drain(stderr),
            confined: RefCell::new(confined),
            stdin: RefCell::new(stdin),
            ending: RefCell::new(None),
        })
    }

    /// The program's own process, also where something else stands in for it. Before that has
    /// started it, the process that will.
    pub(crate) fn process(&self) -> u32 {
        #[cfg(target_os = "linux")]
        if self.is_stood_in_for {
            let first = crate::process::linux::first_child_of(self.started_as);
            return first.unwrap_or(self.started_as);
        }
        self.started_as
    }

    /// Types `text`. A program that has closed its input, or ended, gets nothing,
    /// as at a terminal.
    pub(crate) fn type_in(&self, bytes: &[u8]) {
        if let Some(stdin) = self.stdin.borrow_mut().as_mut() {
            let _ = stdin.write_all(bytes).and_then(|()| stdin.flush());
        }
    }

    /// Closes the program's input.
    pub(crate) fn end_input(&self) {
        self.stdin.borrow_mut().take();
    }

    /// What Ctrl-C does at a terminal: SIGINT to the program's group (`man 3 termios`). A
    /// program that has ended gets nothing.
    pub(crate) fn interrupt(&self) {
        #[cfg(unix)]
        if let Some(group) = rustix::process::Pid::from_raw(self.started_as.cast_signed()) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::INT);
        }
    }

    /// What `kill` does: SIGTERM to the program itself. One that has ended gets nothing.
    pub(crate) fn terminate(&self) {
        #[cfg(unix)]
        if let Some(process) = rustix::process::Pid::from_raw(self.process().cast_signed())
            && !self.has_ended()
        {
            let _ = rustix::process::kill_process(process, rustix::process::Signal::TERM);
        }
    }

    /// How the program ended, if it has, waiting for it at most `limit`.
    pub(crate) fn ending_within(&self, limit: Duration) -> Option<Ending> {
        watch(limit, || self.ending())
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.ending().is_some()
    }

    /// Has it ended, and is perhaps not waited for yet? How it had to wait for a processor is
    /// told until then, whole, where the system tells it at all.
    pub(crate) fn is_over(&self) -> bool {
        #[cfg(target_os = "linux")]
        return self.ending.borrow().is_some() || crate::process::linux::is_over(self.started_as);
        #[cfg(not(target_os = "linux"))]
        true
    }

    fn ending(&self) -> Option<Ending> {
        let mut ending = self.ending.borrow_mut();
        if ending.is_none() {
            let status = self.confined.borrow_mut().status();
            *ending = status.map(Ending::of);
        }
        ending.clone()
    }

    /// How it had to wait for a processor so far; only Linux tells.
    pub(crate) fn queued(&self) -> Queued {
        #[cfg(target_os = "linux")]
        return crate::process::linux::queued(self.process());
        #[cfg(not(target_os = "linux"))]
        Queued::default()
    }

    /// The same by thread.
    pub(crate) fn queued_of_each(&self) -> OfEach {
        #[cfg(target_os = "linux")]
        return crate::process::linux::queued_of_each(self.process());
        #[cfg(not(target_os = "linux"))]
        OfEach::new()
    }

    /// What it has had of the processors so far; only Linux tells.
    pub(crate) fn turns(&self) -> Turns {
        #[cfg(target_os = "linux")]
        return crate::process::linux::turns(self.process());
        #[cfg(not(target_os = "linux"))]
        Turns::default()
    }

    /// From here on nothing that the program does counts: it is going to be killed.
    pub(crate) fn settle(&self) {
        if self.ending().is_some() {
            self.stderr.run_dry();
        } else {
            *self.ending.borrow_mut() = Some(Ending::Killed);
        }
    }

    /// Ends the program if it is still there, and reads its last output. With
    /// `last_words`, a program that is failing gets a moment to end by itself.
    pub(crate) fn finish(&self, last_words: bool) -> Ending {
        let grace = if last_words {
            LAST_WORDS
        } else {
            Duration::ZERO
        };
        let ending = self.ending_within(grace).unwrap_or(Ending::Killed);
        // Killed first: the end of its input would let it go on.
        self.confined.borrow_mut().kill();
        self.end_input();
        self.stdout.run_dry();
        self.stderr.run_dry();
        // What was decided here stays, though a look after the kill would see a signal.
        self.ending.borrow_mut().get_or_insert(ending).clone()
    }
}
