//! Programs that signals interrupt: what the kernel begins again is one call, what a program
//! begins again is another, and what its handler calls stands in between.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use recording::{Event, Returned};
use std::fs;
use std::io::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use support::recorded::{events_in, program, recorded, recorder};
use tempfile::TempDir;

struct Running {
    folder: TempDir,
    recorder: Child,
}

impl Running {
    fn start(kind: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut recorder = recorder(program(), kind, folder.path());
        let recorder = recorder.stdin(Stdio::piped()).spawn().unwrap();
        Self { folder, recorder }
    }

    /// What was written down by the time that this holds of it.
    fn until(&self, holds: impl Fn(&[Event]) -> bool) -> Vec<Event> {
        let began = Instant::now();
        loop {
            let events = events_in(self.folder.path());
            if holds(&events) {
                return events;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{events:#?}");
            std::thread::yield_now();
        }
    }

    fn program(&self) -> i32 {
        let id = self.recorder.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"));
        children.unwrap().trim().parse().unwrap()
    }

    /// To the main thread: what is sent to a process may interrupt any other thread of it,
    /// as long as a recorder holds the main one (`man 7 signal`, "Process-directed").
    fn signal(&self, signal: i32) {
        let main = self.program();
        // SAFETY: only numbers cross; the recorder has not waited for it.
        let sent = unsafe { libc::syscall(libc::SYS_tgkill, main, main, signal) };
        assert_eq!(sent, 0);
    }

    /// Waits until the main thread is in this state (`man 5 proc_pid_stat`).
    fn until_in_state(&self, states: &[char]) {
        let stat = format!("/proc/{}/stat", self.program());
        self.until(|_| {
            let stat = fs::read_to_string(&stat).unwrap();
            stat.rsplit(") ").next().unwrap().starts_with(states)
        });
    }

    /// A line comes on its stdin; how often `name` was begun, and how each of them ended.
    fn ends(mut self, name: &str) -> Vec<Returned> {
        writeln!(self.recorder.stdin.take().unwrap()).unwrap();
        assert!(self.recorder.wait().unwrap().success());
        returned(&events_in(self.folder.path()), name)
    }
}

fn begun<'a>(events: &'a [Event], name: &'a str) -> impl Iterator<Item = u32> + 'a {
    let calls = events.iter().filter_map(Event::call);
    calls
        .filter(move |call| call.name == name)
        .map(|call| call.id)
}

/// Of those that are over.
fn returned(events: &[Event], name: &str) -> Vec<Returned> {
    let ends = begun(events, name).filter_map(|begun| {
        let mut ends = events.iter().filter_map(Event::outcome);
        let (_, outcome) = ends.find(|(id, _)| *id == begun)?;
        Some(outcome.returned.clone())
    });
    ends.collect()
}

#[test]
fn what_the_program_begins_again_is_another_call() {
    let running = Running::start("interrupted");
    for round in 1..=3 {
        // The handler's own call, too, is written down.
        running.until(|it| begun(it, "recv").count() == round);
        running.signal(libc::SIGUSR1);
        running.until(|it| begun(it, "write").count() == round);
    }
    running.until(|it| begun(it, "recv").count() == 4);
    let interrupted = Returned::Error("EINTR".to_owned());
    let mut due = vec![interrupted; 3];
    due.push(Returned::Value(1));
    assert_eq!(running.ends("recv"), due);
}

#[test]
fn what_the_kernel_begins_again_is_one_call() {
    let running = Running::start("restarted");
    running.until(|it| begun(it, "recv").count() == 1);
    for round in 1..=3 {
        running.signal(libc::SIGUSR1);
        running.until(|it| returned(it, "write").len() == round);
    }
    assert_eq!(running.ends("recv"), [Returned::Value(1)]);
}

/// A call with a time-out that is stopped, and goes on, is begun again under another number.
#[test]
fn what_is_stopped_and_goes_on_is_one_call() {
    for (kind, name) in [("polls-long", "poll"), ("interrupted", "recv")] {
        let running = Running::start(kind);
        running.until(|it| begun(it, name).count() == 1);
        for _ in 0..3 {
            running.signal(libc::SIGSTOP);
            running.until_in_state(&['T', 't']);
            running.signal(libc::SIGCONT);
            running.until_in_state(&['S']);
        }
        assert_eq!(running.ends(name), [Returned::Value(1)], "{kind}");
    }
}

#[test]
fn a_signal_without_a_name_is_a_signal() {
    let (events, status) = recorded(program(), "late-signal");
    assert!(status.success(), "{status}");
    assert_eq!(returned(&events, "close"), [Returned::Value(0)]);
    assert_eq!(begun(&events, "write").count(), 1);
}
