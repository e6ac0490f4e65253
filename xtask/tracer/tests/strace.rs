//! The recorder held against `strace`: the same program makes the same calls in the same order
//! under both, thread by thread, on the same descriptors and with the same results.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "programs/socket2.rs"]
mod socket2_program;
mod support;

use std::ffi::OsStr;
use std::fs;
use std::process::{Command, Stdio};
use support::ask::skip;
use support::recorded::{events_in, program, recorder_of};
use support::strace::{CALLS, Threads, of_recording, of_strace, without_numbers};

/// The program of socket2, where this test binary is one.
#[test]
fn stands_in_for_a_program() {
    if std::env::var_os(socket2_program::VARIABLE).is_some() {
        socket2_program::run();
    }
}

/// By both of them: of `strace`, and of the recorder. `None` where there is no `strace`.
fn both(words: &[&OsStr]) -> Option<[Threads; 2]> {
    let folder = tempfile::tempdir().unwrap();
    let quietly = |mut command: Command| {
        command
            .env(socket2_program::VARIABLE, "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.status()
    };
    let said = folder.path().join("strace");
    let mut strace = Command::new("strace");
    strace
        .args([
            "-f",
            "-yy",
            "-qq",
            "-s",
            "16",
            "-e",
            "signal=none",
            "-e",
            CALLS,
            "-o",
        ])
        .arg(&said)
        .args(words);
    let Ok(status) = quietly(strace) else {
        skip("strace is not there");
        return None;
    };
    assert!(status.success(), "strace: {status}");
    let of_strace = of_strace(&fs::read_to_string(&said).unwrap());
    fs::remove_file(said).unwrap();
    assert!(
        quietly(recorder_of(words, folder.path()))
            .unwrap()
            .success()
    );
    Some([of_strace, of_recording(&events_in(folder.path()))])
}

fn same(strace: &Threads, recorded: &Threads, what: &str) {
    assert!(strace.iter().flatten().count() > 4, "{what}: {strace:#?}");
    for (one, other) in strace.iter().zip(recorded) {
        assert_eq!(one, other, "{what}: strace, and the recorder");
    }
    assert_eq!(strace.len(), recorded.len(), "{what}: threads");
}

#[test]
fn std_s_sockets() {
    for kind in [
        "plain",
        "clones",
        "streams",
        "datagrams",
        "polls",
        "execs",
        "children",
    ] {
        if let Some([strace, recorded]) = both(&[program().as_os_str(), kind.as_ref()]) {
            same(&strace, &recorded, kind);
        }
    }
}

#[test]
fn socket2_s_sockets() {
    let own = std::env::current_exe().unwrap();
    let words = ["--exact", "stands_in_for_a_program", "--test-threads=1"];
    let words = std::iter::once(own.as_os_str()).chain(words.map(OsStr::new));
    let words: Vec<_> = words.collect();
    if let Some([strace, recorded]) = both(&words) {
        same(&strace, &recorded, "socket2");
    }
}

/// Which thread gets which number is another one in every run.
#[test]
fn the_sockets_of_a_hundred_threads() {
    if let Some([strace, recorded]) = both(&[program().as_os_str(), "threads".as_ref()]) {
        same(
            &without_numbers(strace),
            &without_numbers(recorded),
            "threads",
        );
    }
}
