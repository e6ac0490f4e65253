//! Where the kernel stops a thread that is followed, and how it goes on (`man 2 ptrace`).
//! Signals are numbers here: those for real time have no names.

use nix::errno::Errno;

/// What has become of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It is about to make a call that the filter stops it at.
    Begins,
    /// The call has been made.
    Ends,
    /// Its process has become another program.
    Becomes,
    /// It is about to get this signal.
    Signal(i32),
    /// Its process was stopped by a signal, and stays so until another.
    StaysStopped,
    /// Something else that is told to whoever follows it.
    Other,
    Exited(i32),
    Killed(i32),
}

/// The next stop of any thread; `None` once there are none left.
pub(super) fn next() -> Result<Option<(i32, Stop)>, Errno> {
    let mut status = 0;
    loop {
        // SAFETY: the status is written to a place of ours.
        let thread = unsafe { libc::waitpid(-1, &raw mut status, libc::__WALL) };
        match Errno::result(thread) {
            Ok(thread) => return Ok(Some((thread, stop(status)))),
            Err(Errno::EINTR) => {}
            Err(Errno::ECHILD) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
}

fn stop(status: i32) -> Stop {
    if libc::WIFEXITED(status) {
        return Stop::Exited(libc::WEXITSTATUS(status));
    }
    if libc::WIFSIGNALED(status) {
        return Stop::Killed(libc::WTERMSIG(status));
    }
    let signal = libc::WSTOPSIG(status);
    match status >> 16 {
        0 if signal == libc::SIGTRAP | 0x80 => Stop::Ends,
        0 => Stop::Signal(signal),
        libc::PTRACE_EVENT_SECCOMP => Stop::Begins,
        libc::PTRACE_EVENT_EXEC => Stop::Becomes,
        libc::PTRACE_EVENT_STOP if STOPPING.contains(&signal) => Stop::StaysStopped,
        _ => Stop::Other,
    }
}

/// The signals that stop a whole process (`man 2 ptrace`, "Group-stop").
const STOPPING: [i32; 4] = [libc::SIGSTOP, libc::SIGTSTP, libc::SIGTTIN, libc::SIGTTOU];

/// How a thread goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum On {
    /// To the next call that the filter stops it at.
    Freely,
    /// To the end of the call.
    ToTheEnd,
    /// With this signal.
    With(i32),
    /// It stays as it is, until its process goes on.
    NotYet,
}

pub(super) fn go(thread: i32, on: On) -> Result<(), Errno> {
    let (request, signal) = match on {
        On::Freely => (libc::PTRACE_CONT, 0),
        On::ToTheEnd => (libc::PTRACE_SYSCALL, 0),
        On::With(signal) => (libc::PTRACE_CONT, signal),
        On::NotYet => (libc::PTRACE_LISTEN, 0),
    };
    let nothing = std::ptr::null_mut::<libc::c_void>();
    // SAFETY: only numbers cross.
    let result = unsafe { libc::ptrace(request, thread, nothing, libc::c_long::from(signal)) };
    Errno::result(result).map(drop)
}
