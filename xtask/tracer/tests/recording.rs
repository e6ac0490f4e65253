//! A program's calls, recorded: every one that its own code makes, from the line on which the
//! program's source says so, and nothing of it left behind.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use recording::{Event, Returned};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use support::ask::{can_become_another_user, skip};
use support::program::Public;
use support::recorded::{SOURCE, compiled, events_in, program, recorded, recorder, recorder_of};

/// `(line, call)` of all that stands behind the lines of this function in the source.
fn due(function: &str) -> BTreeSet<(u32, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(SOURCE);
    let text = fs::read_to_string(source).unwrap();
    let lines = text.lines().zip(1..);
    let body = lines
        .skip_while(|(line, _)| !line.starts_with(&format!("fn {function}(")))
        .take_while(|(line, _)| !line.is_empty());
    let named = body.filter_map(|(line, number)| Some((line.split_once("//= ")?.1, number)));
    let calls = named.flat_map(|(calls, number)| {
        let calls = calls.split(' ').map(str::to_owned);
        calls.map(move |call| (number, call))
    });
    calls.collect()
}

fn made(events: &[Event]) -> BTreeSet<(u32, String)> {
    let calls = events.iter().filter_map(Event::call);
    let own = calls.filter_map(|call| Some((call.line.as_ref()?.line, call.name.clone())));
    own.collect()
}

#[test]
fn every_call_is_told_from_its_line() {
    let functions = [
        ("plain", "plain"),
        ("clones", "clones"),
        ("streams", "streams"),
        ("datagrams", "datagrams"),
        ("threads", "many_threads"),
        ("panics", "panics"),
    ];
    for (kind, function) in functions {
        let (events, _) = recorded(program(), kind);
        assert_eq!(made(&events), due(function), "{kind}");
    }
}

/// What has begun has ended, in this order, and the program's end is told.
#[test]
fn what_begins_ends() {
    for kind in ["plain", "threads", "panics", "execs", "children"] {
        let (events, status) = recorded(program(), kind);
        let mut open = BTreeSet::new();
        for event in &events {
            match event {
                Event::Begins { call } => assert!(open.insert(call.id), "{kind}: {call:?}"),
                Event::Ends { id, .. } => assert!(open.remove(id), "{kind}: {id}"),
                _ => {}
            }
        }
        assert!(open.is_empty(), "{kind}: {open:?}");
        let over = events.iter().filter(|it| matches!(it, Event::Over { .. }));
        assert_eq!(over.count(), 1, "{kind}");
        assert_eq!(status.success(), kind != "panics", "{kind}");
    }
}

#[test]
fn a_hundred_threads_lose_nothing() {
    let (events, _) = recorded(program(), "threads");
    let named = |name: &str| {
        let calls = events.iter().filter_map(Event::call);
        calls.filter(|call| call.name == name).count()
    };
    assert_eq!([named("connect"), named("accept")], [100, 100]);
    assert_eq!(named("close"), 201);
}

#[test]
fn what_it_becomes_and_what_it_starts_are_recorded_too() {
    for kind in ["execs", "children"] {
        let (events, _) = recorded(program(), kind);
        assert_eq!(made(&events), due("plain"), "{kind}");
    }
}

/// Compiled with optimisation a call may have the line of a caller; none is lost.
#[test]
fn a_release_build_makes_the_same_calls() {
    let release = compiled(&["-O"]);
    let names = |events: &[Event]| {
        let calls = events.iter().filter_map(Event::call);
        let own = calls.filter(|call| call.line.is_some());
        own.map(|call| call.name.clone()).collect::<Vec<_>>()
    };
    let (debug, _) = recorded(program(), "plain");
    let (release, _) = recorded(&release, "plain");
    assert_eq!(names(&release), names(&debug));
}

#[test]
fn a_call_that_fails_has_its_error() {
    let (events, _) = recorded(program(), "clones");
    let failed = events.iter().filter_map(Event::outcome);
    let failed: Vec<_> = failed
        .filter_map(|(_, outcome)| match &outcome.returned {
            Returned::Error(error) => Some(error.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(failed, ["EAGAIN"]);
}

#[test]
fn it_ends_as_its_program_does() {
    use std::os::unix::process::ExitStatusExt;
    let (_, panicked) = recorded(program(), "panics");
    assert_eq!(panicked.code(), Some(101));
    let (_, signalled) = recorded(program(), "signal");
    assert_eq!(signalled.signal(), Some(15));
    // std has this signal ignored, and what a process ignores its program would, too.
    let folder = tempfile::tempdir().unwrap();
    let words = ["/bin/sh", "-c", "kill -PIPE $$"].map(std::ffi::OsStr::new);
    let broken_pipe = recorder_of(&words, folder.path()).status();
    assert_eq!(broken_pipe.unwrap().signal(), Some(13));
    let folder = tempfile::tempdir().unwrap();
    let missing = recorder(Path::new("/there/is/no/such/program"), "x", folder.path()).status();
    assert_eq!(missing.unwrap().code(), Some(70));
}

/// From the call that gives it to the one that closes it, also where two are of one socket.
#[test]
fn a_descriptor_lives_until_it_is_closed() {
    for kind in ["plain", "clones", "streams", "datagrams", "polls"] {
        let (events, _) = recorded(program(), kind);
        let mut living = BTreeSet::new();
        for event in &events {
            let Some((id, outcome)) = event.outcome() else {
                continue;
            };
            let mut calls = events.iter().filter_map(Event::call);
            let call = calls.find(|call| call.id == id).unwrap();
            let given = ["sockfd", "oldfd", "fd"];
            let mut given = call
                .arguments
                .iter()
                .filter(|it| given.contains(&&*it.name));
            let given = given.next().map(|it| it.value.parse::<i64>().unwrap());
            if let Some(fd) = given.filter(|fd| *fd > 2) {
                assert!(living.contains(&fd), "{kind}: {call:?}");
            }
            match (call.name.as_str(), &outcome.returned) {
                ("socket" | "accept" | "dup", Returned::Value(fd)) => {
                    assert!(living.insert(*fd), "{kind}: {call:?}");
                    let told = outcome.sockets.iter().map(|it| i64::from(it.fd));
                    assert_eq!(told.collect::<Vec<_>>(), [*fd], "{kind}: {call:?}");
                }
                ("close", _) => assert!(living.remove(&given.unwrap()), "{kind}: {call:?}"),
                _ => {}
            }
        }
        assert!(living.is_empty(), "{kind}: {living:?}");
    }
}

/// A user without any privileges may watch their own programs (unless Yama's `ptrace_scope`
/// is 3).
#[test]
fn an_ordinary_user_records_the_same() {
    if !can_become_another_user() {
        return skip("recording as another user needs root and setpriv");
    }
    let public = Public::new();
    let out = public.folder.join("out");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o777)).unwrap();
    let own = public.copy(Path::new(env!("CARGO_BIN_EXE_recorder")));
    let copy = public.copy(program());
    for (kind, function) in [
        ("plain", "plain"),
        ("children", "plain"),
        ("threads", "many_threads"),
    ] {
        let status = Command::new("setpriv")
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(&own)
            .args(tracer::recorder::before(
                &out,
                "program",
                "programs/calls.rs",
            ))
            .args([copy.as_os_str(), kind.as_ref()])
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success(), "{kind}");
        assert_eq!(made(&events_in(&out)), due(function), "{kind}");
        for file in fs::read_dir(&out).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
    }
}

/// Starts it and waits until the program hangs; the program's number.
fn hanging(folder: &Path) -> (Child, i32) {
    let mut recorder = recorder(program(), "hangs", folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let stdout = recorder.stdout.as_mut().unwrap();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    assert_eq!(line, "here\n");
    let recorder_id = recorder.id();
    let children = format!("/proc/{recorder_id}/task/{recorder_id}/children");
    let child = fs::read_to_string(children).unwrap();
    (recorder, child.trim().parse().unwrap())
}

#[test]
fn nothing_is_left_when_the_recorder_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut recorder, program) = hanging(folder.path());
    recorder.kill().unwrap();
    recorder.wait().unwrap();
    let began = Instant::now();
    // It is somebody else's child now, and waited for by them.
    let is_there = || {
        let stat = fs::read_to_string(format!("/proc/{program}/stat")).unwrap_or_default();
        stat.rsplit(") ")
            .next()
            .is_some_and(|rest| rest.starts_with(['R', 'S', 'T', 't', 'D']))
    };
    while is_there() {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "it is still there"
        );
        std::thread::yield_now();
    }
    // What it had written down by then is whole.
    let events = events_in(folder.path());
    assert!(
        events
            .iter()
            .any(|it| it.call().is_some_and(|call| call.name == "listen"))
    );
}

#[test]
fn a_program_that_is_killed_has_a_call_that_never_ended() {
    use std::os::unix::process::ExitStatusExt;
    let folder = tempfile::tempdir().unwrap();
    let (mut recorder, program) = hanging(folder.path());
    let began = Instant::now();
    let waits = || {
        let events = events_in(folder.path());
        events
            .iter()
            .any(|it| it.call().is_some_and(|call| call.name == "accept"))
    };
    while !waits() {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "it does not accept"
        );
        std::thread::yield_now();
    }
    // SAFETY: only numbers cross; the recorder has not waited for it.
    assert_eq!(unsafe { libc::kill(program, libc::SIGKILL) }, 0);
    assert_eq!(recorder.wait().unwrap().signal(), Some(libc::SIGKILL));
    let events = events_in(folder.path());
    let ends = events
        .iter()
        .filter_map(Event::outcome)
        .map(|(_, it)| &it.returned);
    assert_eq!(ends.filter(|it| **it == Returned::Never).count(), 1);
}
