//! A program started under the recorder's eyes: it waits until it is held, sets the filter
//! up, and becomes the program.

use super::filter::filter;
use crate::{Refused, Unrecorded};
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, fork};
use std::ffi::{CString, OsString};
use std::io::{self, PipeReader, PipeWriter, Write};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;

/// What the child says by its exit status where it could not become the program.
pub(super) const NO_FILTER: i32 = 126;
pub(super) const NO_PROGRAM: i32 = 127;

/// The process, held, and about to become the program.
///
/// # Errors
/// There is no process to be had, or the system refuses to let it be held (`man 2 ptrace`,
/// EPERM).
pub(super) fn spawn(command: &[OsString]) -> Result<Pid, Unrecorded> {
    let words: Vec<CString> = command
        .iter()
        .map(|word| CString::new(word.as_bytes()))
        .collect::<Result<_, _>>()
        .map_err(io::Error::from)?;
    let mut pointers: Vec<_> = words.iter().map(|word| word.as_ptr()).collect();
    if pointers.is_empty() {
        return Err(io::Error::from(io::ErrorKind::InvalidInput).into());
    }
    pointers.push(std::ptr::null());
    let mut filter = filter();
    let program = libc::sock_fprog {
        len: u16::try_from(filter.len()).unwrap_or(u16::MAX),
        filter: filter.as_mut_ptr(),
    };
    let (held, let_go) = io::pipe()?;
    // SAFETY: the child calls nothing but what `man 7 signal-safety` allows.
    match unsafe { fork() }.map_err(io::Error::from)? {
        ForkResult::Child => unsafe { become_it(&pointers, &program, &held, &let_go) },
        ForkResult::Parent { child } => {
            drop(held);
            hold(child, let_go)?;
            Ok(child)
        }
    }
}

/// # Safety
/// To be called in a child that has just been made, with pointers to words that end in NUL,
/// the last of them null.
unsafe fn become_it(
    words: &[*const libc::c_char],
    program: &libc::sock_fprog,
    held: &PipeReader,
    let_go: &PipeWriter,
) -> ! {
    let mut byte = 0u8;
    // SAFETY: calls that are safe after fork, with memory of our own.
    unsafe {
        libc::close(let_go.as_raw_fd());
        while libc::read(held.as_raw_fd(), (&raw mut byte).cast(), 1) < 0 {}
        // As any program finds it: std has it ignored in the recorder.
        libc::signal(libc::SIGPIPE, libc::SIG_DFL);
        let (filter, no_more_rights) = (libc::SECCOMP_MODE_FILTER, 1);
        if libc::prctl(libc::PR_SET_NO_NEW_PRIVS, no_more_rights, 0, 0, 0) != 0
            || libc::prctl(libc::PR_SET_SECCOMP, filter, std::ptr::from_ref(program)) != 0
        {
            libc::_exit(NO_FILTER);
        }
        libc::execvp(words[0], words.as_ptr());
        libc::_exit(NO_PROGRAM)
    }
}

fn hold(child: Pid, mut let_go: PipeWriter) -> Result<(), Unrecorded> {
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACESECCOMP
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_TRACEFORK
        | Options::PTRACE_O_TRACEVFORK
        | Options::PTRACE_O_TRACEEXEC
        // Whatever becomes of the recorder, nothing stays stopped.
        | Options::PTRACE_O_EXITKILL;
    if ptrace::seize(child, options).is_err() {
        give_up(child);
        return Err(Unrecorded::Refused(Refused::Ptrace));
    }
    Ok(let_go.write_all(&[1])?)
}

/// It has not become the program, and shall not.
pub(super) fn give_up(child: Pid) {
    // One that is gone already is as good.
    let _ = kill(child, Signal::SIGKILL);
    while waitpid(child, Some(WaitPidFlag::__WALL)).is_ok_and(|it| !is_an_end(it)) {}
}

fn is_an_end(status: WaitStatus) -> bool {
    matches!(status, WaitStatus::Exited(..) | WaitStatus::Signaled(..))
}
