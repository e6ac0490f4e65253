//! Follows every thread of the program from one stop to the next. One thread of the recorder
//! makes all calls of ptrace, as the kernel wants it.

use super::call::{Entry, Open};
use super::frame::frame;
use super::process::Process;
use super::spawn::{self, NO_FILTER, NO_PROGRAM};
use super::stops::{self, On, Stop};
use crate::linux::stop::registers;
use crate::{Ended, Refused, Unrecorded};
use nix::errno::Errno;
use nix::sys::ptrace;
use nix::sys::signal::Signal;
use nix::unistd::Pid;
use recording::{Event, Outcome, Returned};
use std::collections::HashMap;
use std::ffi::OsString;
use std::io;

struct Thread {
    process: i32,
    number: u32,
    /// The call that it is in, behind those that signals have interrupted, the innermost
    /// handler's last.
    calls: Vec<Open>,
}

struct Recorder<'a> {
    who: &'a str,
    own_source: &'a str,
    sink: &'a mut dyn FnMut(Event),
    processes: HashMap<i32, Process>,
    threads: HashMap<i32, Thread>,
    calls: u32,
    /// The child has become the program.
    began: bool,
    ended: Option<Ended>,
}

/// Runs `command` and gives `sink` each of its calls as it begins and as it ends, until the
/// program and all that it started have ended.
pub(crate) fn record(
    command: &[OsString],
    who: &str,
    own_source: &str,
    sink: &mut dyn FnMut(Event),
) -> Result<Ended, Unrecorded> {
    let first = spawn::spawn(command)?;
    let mut recorder = Recorder {
        who,
        own_source,
        sink,
        processes: HashMap::new(),
        threads: HashMap::new(),
        calls: 0,
        began: false,
        ended: None,
    };
    let followed = recorder.follow(first);
    match (followed, recorder.ended) {
        (Err(_), _) if !recorder.began => {
            spawn::give_up(first);
            Err(Unrecorded::Refused(Refused::Ptrace))
        }
        (Err(error), _) => Err(error.into()),
        (Ok(()), Some(Ended::Exit(NO_FILTER))) if !recorder.began => {
            Err(Unrecorded::Refused(Refused::Seccomp))
        }
        (Ok(()), Some(Ended::Exit(NO_PROGRAM))) if !recorder.began => {
            Err(io::Error::from(io::ErrorKind::NotFound).into())
        }
        (Ok(()), Some(ended)) => Ok(ended),
        (Ok(()), None) => {
            let said = "the program is gone, and nobody knows how it ended";
            Err(io::Error::other(said).into())
        }
    }
}

impl Recorder<'_> {
    fn follow(&mut self, first: Pid) -> io::Result<()> {
        self.knows(first.as_raw());
        while let Some((thread, stop)) = stops::next()? {
            match self.meets(thread, stop, first.as_raw()) {
                // Killed meanwhile.
                Ok(()) | Err(Errno::ESRCH) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// What a stop means, and how its thread goes on.
    fn meets(&mut self, thread: i32, stop: Stop, first: i32) -> Result<(), Errno> {
        let on = match stop {
            Stop::Begins => {
                self.knows(thread);
                if self.begins(thread)? {
                    On::ToTheEnd
                } else {
                    On::Freely
                }
            }
            Stop::Ends => {
                self.ends(thread)?;
                On::Freely
            }
            Stop::Becomes => {
                self.becomes(thread)?;
                On::Freely
            }
            Stop::Signal(signal) => On::With(signal),
            Stop::StaysStopped => On::NotYet,
            Stop::Other => On::Freely,
            Stop::Exited(status) => {
                self.is_over(thread, first, Ended::Exit(status));
                return Ok(());
            }
            Stop::Killed(signal) => {
                self.is_over(thread, first, Ended::Signal(signal));
                return Ok(());
            }
        };
        stops::go(thread, on)
    }

    /// Its process has become another program, in which only this thread is left.
    fn becomes(&mut self, thread: i32) -> Result<(), Errno> {
        if !self.began {
            // Since Linux 5.3; without it nothing can be recorded, and nothing of the program
            // has run yet.
            ptrace::syscall_info(Pid::from_raw(thread))?;
            self.began = true;
        }
        self.knows(thread);
        self.threads
            .retain(|id, it| it.process != thread || *id == thread);
        if let Some(process) = self.processes.get_mut(&thread) {
            process.becomes_another();
        }
        Ok(())
    }

    /// A thread may be met before the one that made it tells of it.
    fn knows(&mut self, thread: i32) {
        if self.threads.contains_key(&thread) {
            return;
        }
        let process = process_of(thread).unwrap_or(thread);
        if !self.processes.contains_key(&process) {
            let number = u32::try_from(self.processes.len()).unwrap_or(u32::MAX);
            let Some(fresh) = Process::new(process, number) else {
                return;
            };
            self.processes.insert(process, fresh);
        }
        let number = self.processes.get_mut(&process).map_or(0, |process| {
            process.threads += 1;
            process.threads - 1
        });
        let fresh = Thread {
            process,
            number,
            calls: Vec::new(),
        };
        self.threads.insert(thread, fresh);
    }

    /// Whether the end of the call that begins here is of interest.
    fn begins(&mut self, id: i32) -> Result<bool, Errno> {
        let info = ptrace::syscall_info(Pid::from_raw(id))?;
        // SAFETY: the stop is that of a filter, which fills this part in.
        let call = unsafe { info.u.seccomp };
        let entry = Entry {
            number: i64::try_from(call.nr).unwrap_or(-1),
            registers: call.args,
            stack_pointer: info.stack_pointer,
            instruction_pointer: info.instruction_pointer,
        };
        let Some(thread) = self.threads.get_mut(&id) else {
            return Ok(false);
        };
        let Some(process) = self.processes.get_mut(&thread.process) else {
            return Ok(false);
        };
        if let Some(open) = thread.calls.last() {
            if open.is_again(&entry) {
                return Ok(true);
            }
            let frame = (entry.number == libc::SYS_rt_sigreturn)
                .then(|| frame(&process.memory, entry.stack_pointer))
                .flatten();
            if frame.is_some_and(|frame| open.fails_behind(&frame)) {
                let id = open.id;
                thread.calls.pop();
                let outcome = Outcome::from(Returned::Error("EINTR".to_owned()));
                self.tells(Event::Ends { id, outcome });
                return Ok(false);
            }
        }
        let Some(open) = Open::new(self.calls + 1, entry, thread.process, process) else {
            return Ok(false);
        };
        let line = process.line(&registers(Pid::from_raw(id))?, self.own_source);
        let who = match process.number {
            0 => self.who.to_owned(),
            number => format!("{}+{number}", self.who),
        };
        let call = open.begins(who, thread.number, line, process);
        thread.calls.push(open);
        self.calls += 1;
        self.tells(Event::Begins { call });
        Ok(true)
    }

    fn ends(&mut self, id: i32) -> Result<(), Errno> {
        let info = ptrace::syscall_info(Pid::from_raw(id))?;
        // SAFETY: the stop is that of a call's end, which fills this part in.
        let result = unsafe { info.u.exit }.sval;
        let Some(thread) = self.threads.get_mut(&id) else {
            return Ok(());
        };
        let (Some(open), Some(process)) =
            (thread.calls.last_mut(), self.processes.get(&thread.process))
        else {
            return Ok(());
        };
        let Some(outcome) = open.ends(result, thread.process, process) else {
            return Ok(());
        };
        let id = open.id;
        thread.calls.pop();
        self.tells(Event::Ends { id, outcome });
        Ok(())
    }

    fn is_over(&mut self, id: i32, first: i32, ended: Ended) {
        let thread = self.threads.remove(&id);
        let calls = thread.into_iter().flat_map(|thread| thread.calls);
        for open in calls.rev() {
            let outcome = Outcome::from(Returned::Never);
            self.tells(Event::Ends {
                id: open.id,
                outcome,
            });
        }
        self.processes.remove(&id);
        if id == first {
            self.ended = Some(ended);
            let how = match ended {
                Ended::Exit(status) => format!("exit {status}"),
                Ended::Signal(number) => Signal::try_from(number)
                    .map_or_else(|_| format!("signal {number}"), |it| it.as_str().to_owned()),
            };
            let who = self.who.to_owned();
            if self.began {
                self.tells(Event::Over { who, how });
            }
        }
    }

    fn tells(&mut self, event: Event) {
        (self.sink)(event);
    }
}

/// The process of a thread (`Tgid` in `/proc/PID/status`).
fn process_of(thread: i32) -> Option<i32> {
    let status = std::fs::read_to_string(format!("/proc/{thread}/status")).ok()?;
    let mut lines = status.lines();
    let number = lines.find_map(|line| line.strip_prefix("Tgid:"))?;
    number.trim().parse().ok()
}
