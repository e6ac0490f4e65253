//! Follows every thread of the program from one stop to the next. One thread of the recorder
//! makes all calls of ptrace, as the kernel wants it.

use super::call::Open;
use super::process::Process;
use super::spawn::{self, NO_FILTER, NO_PROGRAM};
use crate::linux::stop::registers;
use crate::{Ended, Refused, Unrecorded};
use nix::errno::Errno;
use nix::sys::ptrace;
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use recording::{Event, Outcome, Returned};
use std::collections::HashMap;
use std::ffi::OsString;
use std::io;

struct Thread {
    process: i32,
    number: u32,
    call: Option<Open>,
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
        loop {
            let status = match waitpid(None, Some(WaitPidFlag::__WALL)) {
                Err(Errno::EINTR) => continue,
                Err(Errno::ECHILD) => return Ok(()),
                status => status?,
            };
            match self.meets(status, first) {
                // Killed meanwhile.
                Ok(()) | Err(Errno::ESRCH) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// What a stop means, and how its thread goes on.
    fn meets(&mut self, status: WaitStatus, first: Pid) -> Result<(), Errno> {
        match status {
            WaitStatus::PtraceEvent(thread, _, libc::PTRACE_EVENT_SECCOMP) => {
                self.knows(thread.as_raw());
                if self.begins(thread)? {
                    ptrace::syscall(thread, None)
                } else {
                    ptrace::cont(thread, None)
                }
            }
            WaitStatus::PtraceSyscall(thread) => {
                self.ends(thread)?;
                ptrace::cont(thread, None)
            }
            WaitStatus::PtraceEvent(thread, _, libc::PTRACE_EVENT_EXEC) => {
                if !self.began {
                    // Since Linux 5.3; without it nothing can be recorded, and it goes back
                    // to where nothing of the program has run.
                    ptrace::syscall_info(thread)?;
                    self.began = true;
                }
                self.knows(thread.as_raw());
                // Of its threads, this one is left.
                self.threads
                    .retain(|id, it| it.process != thread.as_raw() || *id == thread.as_raw());
                if let Some(process) = self.processes.get_mut(&thread.as_raw()) {
                    process.becomes_another();
                }
                ptrace::cont(thread, None)
            }
            WaitStatus::PtraceEvent(thread, signal, libc::PTRACE_EVENT_STOP)
                if is_a_group_s(signal) =>
            {
                listen(thread)
            }
            WaitStatus::PtraceEvent(thread, ..) => ptrace::cont(thread, None),
            WaitStatus::Stopped(thread, signal) => ptrace::cont(thread, signal),
            WaitStatus::Exited(thread, status) => {
                self.is_over(thread, first, Ended::Exit(status));
                Ok(())
            }
            WaitStatus::Signaled(thread, signal, _) => {
                self.is_over(thread, first, Ended::Signal(signal as i32));
                Ok(())
            }
            WaitStatus::Continued(_) | WaitStatus::StillAlive => Ok(()),
        }
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
            call: None,
        };
        self.threads.insert(thread, fresh);
    }

    /// Whether the end of the call that begins here is of interest.
    fn begins(&mut self, id: Pid) -> Result<bool, Errno> {
        let info = ptrace::syscall_info(id)?;
        // SAFETY: the stop is that of a filter, which fills this part in.
        let call = unsafe { info.u.seccomp };
        let number = i64::try_from(call.nr).unwrap_or(-1);
        let Some(thread) = self.threads.get_mut(&id.as_raw()) else {
            return Ok(false);
        };
        if let Some(open) = &thread.call
            && open.is_again(number, &call.args)
        {
            return Ok(true);
        }
        let interrupted = thread.call.take();
        let (of, thread_number) = (thread.process, thread.number);
        if let Some(open) = interrupted {
            self.tells(Event::Ends {
                id: open.id,
                outcome: Outcome::from(Returned::Error("EINTR".to_owned())),
            });
        }
        let Some(process) = self.processes.get_mut(&of) else {
            return Ok(false);
        };
        let Some(open) = Open::new(self.calls + 1, number, call.args, of, process) else {
            return Ok(false);
        };
        let line = process.line(&registers(id)?, self.own_source);
        let who = match process.number {
            0 => self.who.to_owned(),
            number => format!("{}+{number}", self.who),
        };
        let call = open.begins(who, thread_number, line, process);
        self.calls += 1;
        if let Some(thread) = self.threads.get_mut(&id.as_raw()) {
            thread.call = Some(open);
        }
        self.tells(Event::Begins { call });
        Ok(true)
    }

    fn ends(&mut self, id: Pid) -> Result<(), Errno> {
        let info = ptrace::syscall_info(id)?;
        // SAFETY: the stop is that of a call's end, which fills this part in.
        let result = unsafe { info.u.exit }.sval;
        let Some(thread) = self.threads.get_mut(&id.as_raw()) else {
            return Ok(());
        };
        let (Some(open), Some(process)) = (&mut thread.call, self.processes.get(&thread.process))
        else {
            return Ok(());
        };
        let Some(outcome) = open.ends(result, thread.process, process) else {
            return Ok(());
        };
        let id = open.id;
        thread.call = None;
        self.tells(Event::Ends { id, outcome });
        Ok(())
    }

    fn is_over(&mut self, id: Pid, first: Pid, ended: Ended) {
        let thread = self.threads.remove(&id.as_raw());
        if let Some(open) = thread.and_then(|thread| thread.call) {
            let outcome = Outcome::from(Returned::Never);
            self.tells(Event::Ends {
                id: open.id,
                outcome,
            });
        }
        self.processes.remove(&id.as_raw());
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

/// The signals that stop a whole process (`man 2 ptrace`, "Group-stop").
fn is_a_group_s(signal: Signal) -> bool {
    matches!(
        signal,
        Signal::SIGSTOP | Signal::SIGTSTP | Signal::SIGTTIN | Signal::SIGTTOU
    )
}

/// Lets it stay stopped, as it is to be (`man 2 ptrace`, `PTRACE_LISTEN`).
fn listen(thread: Pid) -> Result<(), Errno> {
    let nothing = std::ptr::null_mut::<libc::c_void>();
    // SAFETY: only numbers cross.
    let result = unsafe { libc::ptrace(libc::PTRACE_LISTEN, thread.as_raw(), nothing, nothing) };
    Errno::result(result).map(drop)
}

/// The process of a thread (`Tgid` in `/proc/PID/status`).
fn process_of(thread: i32) -> Option<i32> {
    let status = std::fs::read_to_string(format!("/proc/{thread}/status")).ok()?;
    let mut lines = status.lines();
    let number = lines.find_map(|line| line.strip_prefix("Tgid:"))?;
    number.trim().parse().ok()
}
