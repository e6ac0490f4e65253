//! How a program ended, and what it said on stderr of steps that are not written.

use serde::{Deserialize, Serialize};
use std::process::ExitStatus;

/// The exit status of a Rust program whose main thread panicked.
pub(crate) const RUST_PANIC: i32 = 101;

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// It ended by itself, with this exit status.
    Exit(i32),
    /// A signal ended it (Unix), by name where it has one.
    Signal(String),
    /// It was still there at the end, and the check ended it.
    Killed,
}

impl Ending {
    /// Did it end by itself and say that something went wrong? A panic does not say so, and
    /// neither does what Windows makes of a crash.
    pub(crate) fn is_an_error(&self) -> bool {
        matches!(self, Self::Exit(status @ 1..=255) if *status != RUST_PANIC)
    }

    /// How a process ended by itself, whoever started it.
    pub fn of(status: ExitStatus) -> Self {
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            return Self::Signal(signal_name(signal));
        }
        Self::Exit(status.code().unwrap_or(-1))
    }
}

/// As `kill -l` and `man 7 signal` name them.
#[cfg(unix)]
fn signal_name(number: i32) -> String {
    use rustix::process::Signal;
    let known = [
        (Signal::ABORT, "SIGABRT"),
        (Signal::ALARM, "SIGALRM"),
        (Signal::BUS, "SIGBUS"),
        (Signal::CHILD, "SIGCHLD"),
        (Signal::CONT, "SIGCONT"),
        (Signal::FPE, "SIGFPE"),
        (Signal::HUP, "SIGHUP"),
        (Signal::ILL, "SIGILL"),
        (Signal::INT, "SIGINT"),
        (Signal::IO, "SIGIO"),
        (Signal::KILL, "SIGKILL"),
        (Signal::PIPE, "SIGPIPE"),
        (Signal::PROF, "SIGPROF"),
        (Signal::QUIT, "SIGQUIT"),
        (Signal::SEGV, "SIGSEGV"),
        (Signal::STOP, "SIGSTOP"),
        (Signal::SYS, "SIGSYS"),
        (Signal::TERM, "SIGTERM"),
        (Signal::TRAP, "SIGTRAP"),
        (Signal::TSTP, "SIGTSTP"),
        (Signal::TTIN, "SIGTTIN"),
        (Signal::TTOU, "SIGTTOU"),
        (Signal::URG, "SIGURG"),
        (Signal::USR1, "SIGUSR1"),
        (Signal::USR2, "SIGUSR2"),
        (Signal::VTALARM, "SIGVTALRM"),
        (Signal::WINCH, "SIGWINCH"),
        (Signal::XCPU, "SIGXCPU"),
        (Signal::XFSZ, "SIGXFSZ"),
        #[cfg(target_os = "linux")]
        (Signal::POWER, "SIGPWR"),
        #[cfg(target_os = "linux")]
        (Signal::STKFLT, "SIGSTKFLT"),
    ];
    let name = known.iter().find(|(signal, _)| signal.as_raw() == number);
    name.map_or_else(|| of_no_name(number), |(_, name)| (*name).to_owned())
}

/// A real-time signal, which has a number only.
#[cfg(unix)]
fn of_no_name(number: i32) -> String {
    #[cfg(target_os = "linux")]
    if let Ok(above @ 0..) = u32::try_from(number - libc::SIGRTMIN()) {
        return format!("SIGRTMIN+{above}");
    }
    format!("number {number}")
}

/// What a `todo!("step 2")` and a stub that only reports itself both say.
pub(super) const UNWRITTEN: &str = "not yet implemented";

/// The steps that the program itself said are not written yet. A `todo!` that
/// names no step counts as step 1: nothing after it can be relied on.
pub(crate) fn unwritten_steps(stderr: &str) -> Vec<u32> {
    let named = named_steps(stderr).into_iter();
    named.map(|step| step.unwrap_or(1)).collect()
}

/// The step that each of these names, if it does.
pub(crate) fn named_steps(stderr: &str) -> Vec<Option<u32>> {
    let said = stderr
        .lines()
        .filter_map(|line| line.strip_prefix(UNWRITTEN));
    said.map(|rest| {
        let after = rest.split_once("step ").map_or("", |(_, after)| after);
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    })
    .collect()
}

/// The lines of `stderr` that are the program's own words: a stub's report of
/// itself is not.
pub(crate) fn complaints_in(stderr: &str) -> Vec<&str> {
    stderr
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(UNWRITTEN))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_todo_without_a_number_is_the_first_step_s() {
        assert_eq!(unwritten_steps("not yet implemented\n"), [1]);
        assert_eq!(
            unwritten_steps("not yet implemented: step 12 later\n"),
            [12]
        );
        assert!(unwritten_steps("step 3 is not yet implemented\n").is_empty());
    }
}
