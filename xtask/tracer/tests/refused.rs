//! The recorder where the system refuses what it needs, as in some containers: the program
//! runs all the same, once, and what could not be recorded is told by its reason.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use recording::{Event, Socket};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use support::condition::{
    self, CALL_INFORMATION, DESCRIPTORS, FILTERS, PTRACE, Refused as RefusedCall,
};
use support::recorded::{events_in, program, recorder, recorder_of};
use tracer::Refused;
use tracer::recorder::refusal_in;

fn refused(command: Command, calls: &[RefusedCall]) -> Output {
    let mut command = condition::refused(command, calls);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.output().unwrap()
}

/// What the only file in `folder` says.
fn reason_in(folder: &Path) -> Option<Refused> {
    let mut files = fs::read_dir(folder).unwrap();
    let file = fs::read_to_string(files.next().unwrap().unwrap().path()).unwrap();
    assert!(files.next().is_none());
    refusal_in(&file)
}

#[test]
fn the_program_runs_where_it_may_not_be_watched() {
    let cases: [(&[RefusedCall], _); 4] = [
        (&[PTRACE], Refused::Ptrace),
        (&[CALL_INFORMATION], Refused::Ptrace),
        (&FILTERS, Refused::Seccomp),
        (&[PTRACE, FILTERS[0], FILTERS[1]], Refused::Ptrace),
    ];
    for (calls, why) in cases {
        let folder = tempfile::tempdir().unwrap();
        let output = refused(recorder(program(), "plain", folder.path()), calls);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(output.stdout, b"5\n", "it runs once: {output:?}");
        assert_eq!(output.stderr, b"", "{output:?}");
        assert_eq!(reason_in(folder.path()), Some(why));
        assert!(events_in(folder.path()).is_empty());
    }
}

#[test]
fn it_ends_as_it_would_have() {
    let folder = tempfile::tempdir().unwrap();
    let output = refused(recorder(program(), "signal", folder.path()), &[PTRACE]);
    assert_eq!(output.status.signal(), Some(15));
    let folder = tempfile::tempdir().unwrap();
    let missing = Path::new("/there/is/no/such/program");
    let output = refused(recorder(missing, "x", folder.path()), &[PTRACE]);
    assert_eq!(output.status.code(), Some(70));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("recorder: No such file"), "{said}");
}

/// Exit statuses that mean something else to whoever starts a program are a program's own, too.
#[test]
fn no_exit_status_is_taken_for_a_refusal() {
    for status in [126, 127] {
        let folder = tempfile::tempdir().unwrap();
        let shell = ["/bin/sh".as_ref(), "-c".as_ref()];
        let script = format!("exit {status}");
        let words = [shell[0], shell[1], script.as_ref()];
        let ended = recorder_of(&words, folder.path()).status().unwrap();
        assert_eq!(ended.code(), Some(status));
        assert_eq!(reason_in(folder.path()), None);
        let how = events_in(folder.path());
        assert!(matches!(&how[..], [Event::Over { how, .. }] if *how == format!("exit {status}")));
    }
}

/// The calls of a run, and the sockets after each; without the ports, which are others every time.
fn calls_in(folder: &Path) -> (Vec<String>, Vec<Socket>) {
    let events = events_in(folder);
    let calls: Vec<_> = events.iter().filter_map(Event::call).collect();
    let names = calls.iter().map(|call| call.name.clone()).collect();
    // A TCP socket that is bound, and no more, stands in no table.
    let binds = |id| {
        calls
            .iter()
            .any(|call| call.id == id && call.name == "bind")
    };
    let outcomes = events.iter().filter_map(Event::outcome);
    let outcomes = outcomes.filter(|(id, _)| !binds(*id));
    let sockets = outcomes.flat_map(|(_, outcome)| outcome.sockets.clone());
    let without_ports = |address: String| {
        address
            .rsplit_once(':')
            .map(|(host, _)| host.to_owned())
            .unwrap_or_default()
    };
    let sockets = sockets.map(|socket| Socket {
        local: without_ports(socket.local),
        peer: without_ports(socket.peer),
        ..socket
    });
    (names, sockets.collect())
}

#[test]
fn without_a_descriptor_of_its_own_it_records_the_same() {
    for kind in ["plain", "clones", "streams", "datagrams", "polls"] {
        let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let whole = recorder(program(), kind, folders[0].path()).status();
        assert!(whole.unwrap().success());
        let output = refused(recorder(program(), kind, folders[1].path()), &[DESCRIPTORS]);
        assert!(output.status.success(), "{output:?}");
        let [whole, other] = folders.map(|folder| calls_in(folder.path()));
        assert_eq!(whole, other, "{kind}");
    }
}
