//! Programs that end or change while they are asked about, that are stopped, built in
//! other ways, or shut; and that asking does them no harm.
#![cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use libc::{SYS_accept, SYS_accept4, SYS_clock_nanosleep, SYS_futex, SYS_read, SYS_recvfrom};
use std::fs;
use std::io::Write;
use std::net::TcpStream;

use std::thread;
use std::time::{Duration, Instant};
use support::ask::everywhere;
use support::marked;
use support::program::{Program, Public, UNSEEN, compile, compiled};
use tracer::{Doing, Line, Thread, ThreadName};

const OWN_SOURCE: &str = "programs/hang.rs";

/// The other half of a test that asks from a process of its own.
#[test]
fn answers_from_a_process_of_its_own() {
    support::ask::answer_if_asked();
}

fn started(way: &str) -> Program {
    Program::start([compiled().as_os_str(), way.as_ref()])
}

fn at(marker: &str) -> Option<Line> {
    Some(Line {
        file: "hang.rs".to_owned(),
        line: marked(marker),
        sure: true,
    })
}

/// Asks, and gets an answer before long.
fn ask(program: &Program) -> Option<Vec<Thread>> {
    let began = Instant::now();
    let threads = tracer::waits(program.id(), OWN_SOURCE);
    assert!(began.elapsed() < Duration::from_secs(10), "it hangs itself");
    threads
}

#[test]
fn a_program_that_ends_meanwhile_ends_as_it_would_have() {
    for round in 0..60 {
        let time = (round * 1000).to_string();
        let mut program = Program::start([compiled().as_os_str(), "brief".as_ref(), time.as_ref()]);
        ask(&program);
        assert_eq!(program.child.wait().unwrap().code(), Some(7));
    }
}

#[test]
fn threads_that_come_and_go_do_no_harm() {
    let mut program = started("threads-end");
    for _ in 0..30 {
        let threads = ask(&program).unwrap();
        assert_eq!(threads[0].name, ThreadName::Main);
    }
    assert_eq!(program.child.try_wait().unwrap(), None);
    let used = ticks(&program);
    while ticks(&program) == used {
        thread::sleep(Duration::from_millis(3));
    }
}

fn ticks(program: &Program) -> Duration {
    program.process().stat().unwrap().ran
}

#[test]
fn two_hundred_threads_are_asked_within_the_time() {
    let program = started("crowd");
    program.wait_until(|process| {
        let tasks = process.tasks().unwrap();
        let calls = tasks.map(support::program::waiting_in);
        calls.filter(|call| *call == Some(SYS_recvfrom)).count() == 200
    });
    program.wait_until_in(&[SYS_futex]);
    let threads = ask(&program).unwrap();
    assert_eq!(threads.len(), 201);
    assert_eq!(threads[0].doing, Doing::WaitsForThread);
    assert_eq!(threads[0].line, at("crowd-main"));
    for thread in &threads[1..] {
        let Doing::Blocked { call, sockets, .. } = &thread.doing else {
            panic!("{thread:?}");
        };
        assert_eq!((call.as_str(), sockets.len()), ("recvfrom", 1));
        assert_eq!(thread.line, at("crowd"));
    }
}

#[test]
fn a_stopped_program_stays_stopped() {
    let program = started("sleep");
    program.wait_until_in(&[SYS_clock_nanosleep]);
    program.signal(libc::SIGSTOP);
    program.wait_until(|process| process.stat().unwrap().state == 'T');
    for _ in 0..3 {
        let threads = ask(&program).unwrap();
        assert_eq!(threads[0].doing, Doing::Stopped);
        assert_eq!(threads[0].line, at("sleep"));
        program.wait_until(|process| process.stat().unwrap().state == 'T');
    }
    program.signal(libc::SIGCONT);
    program.wait_until_in(&[SYS_clock_nanosleep, libc::SYS_restart_syscall]);
    let threads = ask(&program).unwrap();
    assert_eq!(threads[0].doing, Doing::Sleeps);
}

/// The kernel calls an interrupted call by another number.
#[test]
fn asked_twice_the_answer_is_the_same() {
    let polls = [
        libc::SYS_ppoll,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_poll,
    ];
    for (way, calls) in [
        ("accept", &[SYS_accept, SYS_accept4][..]),
        ("recv", &[SYS_recvfrom]),
        ("poll", &polls),
        ("poll-nothing", &polls),
        ("sleep", &[SYS_clock_nanosleep]),
        ("mutex", &[SYS_futex]),
        ("patient", &[SYS_futex]),
        ("stdin", &[SYS_read]),
    ] {
        let program = started(way);
        program.wait_until_in(calls);
        let first = ask(&program).unwrap();
        assert!(first.iter().all(|thread| thread.line.is_some()));
        for _ in 0..3 {
            let restarted = [calls, &[libc::SYS_restart_syscall]].concat();
            program.wait_until_in(&restarted);
            assert_eq!(ask(&program).unwrap(), first, "{way}");
        }
    }
}

#[test]
fn a_program_that_was_asked_goes_on() {
    let mut program = started("accept");
    program.wait_until_in(&[SYS_accept, SYS_accept4]);
    ask(&program).unwrap();
    let _client = TcpStream::connect(program.addresses[0]).unwrap();
    assert!(program.child.wait().unwrap().success());

    let mut program = started("stdin");
    program.wait_until_in(&[SYS_read]);
    ask(&program).unwrap();
    let mut input = program.child.stdin.take().unwrap();
    input.write_all(b"a line\n").unwrap();
    assert!(program.child.wait().unwrap().success());
}

#[test]
fn an_inlined_function_below_a_large_frame_is_found() {
    let optimised = compile("hang-optimised", &["-O", "-Cdebuginfo=line-tables-only"]);
    for program in [compiled(), &optimised] {
        everywhere(
            &[program.to_str().unwrap(), "deep"],
            &[SYS_recvfrom],
            |answer| {
                answer.main_waits_on_one("recvfrom", "deep");
            },
        );
    }
}

#[test]
fn a_program_at_a_fixed_address_is_understood() {
    let fixed = compile(
        "hang-fixed",
        &["-Cdebuginfo=line-tables-only", "-Crelocation-model=static"],
    );
    everywhere(
        &[fixed.to_str().unwrap(), "accept"],
        &[SYS_accept, SYS_accept4],
        |answer| {
            answer.main_waits_on_one("accept", "accept");
        },
    );
}

#[test]
fn a_program_without_lines_shows_its_call() {
    let bare = compile("hang-bare", &["-Cdebuginfo=0", "-Cstrip=symbols"]);
    let program = Program::start([bare.as_os_str(), "accept".as_ref()]);
    program.wait_until_in(&[SYS_accept, SYS_accept4]);
    let threads = ask(&program).unwrap();
    assert!(matches!(&threads[0].doing, Doing::Blocked { call, .. } if call == "accept"));
    assert_eq!(threads[0].line, None);
}

/// As when it is compiled anew while it runs.
#[test]
fn a_program_whose_file_is_gone_is_understood() {
    let public = Public::new();
    let copy = public.copy(compiled());
    let program = Program::start([copy.as_os_str(), "accept".as_ref()]);
    program.wait_until_in(&[SYS_accept, SYS_accept4]);
    fs::remove_file(copy).unwrap();
    assert_eq!(ask(&program).unwrap()[0].line, at("accept"));
}

#[test]
fn a_program_that_lets_nobody_look_is_not_guessed_at() {
    let ways = [compiled().to_str().unwrap(), "private"];
    everywhere(&ways, &[SYS_clock_nanosleep, UNSEEN], |answer| {
        if answer.condition.needs_another_user() {
            assert_eq!(answer.main().doing, Doing::Unknown);
            assert_eq!(answer.main().line, None);
        }
    });
}

#[test]
fn a_process_that_has_ended_shows_nothing() {
    let mut program = Program::start([compiled().as_os_str(), "brief".as_ref(), "0".as_ref()]);
    program.wait_until(|process| process.stat().unwrap().state == 'Z');
    assert_eq!(ask(&program), None);
    program.child.wait().unwrap();
    assert_eq!(ask(&program), None);
}
