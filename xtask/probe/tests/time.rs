//! Waits, as long as they are due or not: a right program is never refused and a wrong one
//! never passes, however busy the machine is. Where it is too busy, nothing is said.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod told;

use probe::{Program, Reason, Report, Scene, Unit, Verdict, Wait};
use std::thread;
use std::time::Duration;
use told::{decided, differs, passes, told_in_time};

/// The least that the lessons have.
const UNIT: Unit = Unit::From(Duration::from_millis(40));

fn is_right(report: &Report) {
    if report.reason != Some(Reason::TooBusy) {
        passes(report);
    }
}

fn is_wrong(report: &Report, line: &str) {
    if report.reason != Some(Reason::TooBusy) {
        differs(report, line);
    }
}

/// `rest 20` for a part of the unit: so many tenths.
fn tenths(order: &str, tenths: u32, unit: Duration) -> String {
    format!("{order} {}", (unit * tenths / 10).as_millis())
}

/// The report of a program that does what `orders` say in tenths of the unit, where a line
/// is due after one unit, and another after two.
fn prints_twice(orders: &[(&str, u32)]) -> Report {
    let expected = [
        r#"program stdin "\n""#,
        r#"program stdout "\n""#,
        r#"program stdout "\n""#,
    ];
    told_in_time(&expected, UNIT, 1, |mut scene, unit| {
        let told = orders.iter().map(|(order, time)| match *order {
            "print" | "now" => (*order).to_owned(),
            rests => tenths(rests, *time, unit),
        });
        let told: Vec<_> = ["line".to_owned()].into_iter().chain(told).collect();
        let told: Vec<_> = told.iter().map(String::as_str).collect();
        let mut program = scene.program(&told);
        program.waits_for_its_input();
        let typed = program.is_typed("");
        let first = program.prints_a_line_after(typed, Wait::of(unit));
        program.prints_a_line_after(first, Wait::of(unit * 2));
        scene.end_here();
    })
}

const PRINT: (&str, u32) = ("print", 0);
const NOW: (&str, u32) = ("now", 0);
const SOON: &str = "program stdout too soon";
const LATE: &str = "program stdout too late";

#[test]
fn waits_that_are_due_pass() {
    is_right(&prints_twice(&[("rest", 10), PRINT, ("rest", 20), PRINT]));
}

#[test]
fn a_wait_that_is_too_short_does_not_pass() {
    is_wrong(
        &prints_twice(&[("rest", 3), PRINT, ("rest", 20), PRINT]),
        SOON,
    );
    is_wrong(&prints_twice(&[PRINT, ("rest", 20), PRINT]), SOON);
}

#[test]
fn a_wait_that_is_too_long_does_not_pass() {
    // By more than timers, which are as coarse as 10 ms, may be late.
    is_wrong(
        &prints_twice(&[("rest", 30), PRINT, ("rest", 20), PRINT]),
        LATE,
    );
}

#[test]
fn a_wait_that_is_not_doubled_does_not_pass() {
    is_wrong(
        &prints_twice(&[("rest", 10), PRINT, ("rest", 10), PRINT]),
        SOON,
    );
}

#[test]
fn a_wait_that_is_doubled_twice_does_not_pass() {
    is_wrong(
        &prints_twice(&[("rest", 10), PRINT, ("rest", 40), PRINT]),
        LATE,
    );
}

#[test]
fn an_absolute_schedule_passes() {
    is_right(&prints_twice(&[
        NOW,
        ("until", 10),
        PRINT,
        ("until", 30),
        PRINT,
    ]));
    // Late once, and short by as much the next time.
    is_right(&prints_twice(&[
        NOW,
        ("rest", 11),
        PRINT,
        ("until", 30),
        PRINT,
    ]));
}

#[test]
fn a_wait_of_the_program_s_own_does_not_grow() {
    let own = Duration::from_millis(100);
    let report = |rest: &str| {
        let expected = [r#"program stdin "\n""#, r#"program stdout "\n""#];
        told_in_time(&expected, Unit::Own(own), 1, |mut scene, unit| {
            let mut program = scene.program(&["line", rest, "print", "stay"]);
            program.waits_for_its_input();
            let typed = program.is_typed("");
            program.prints_a_line_after(typed, Wait::of(unit));
            scene.end_here();
        })
    };
    is_right(&report("rest 100"));
    is_wrong(&report("rest 200"), LATE);
    let soon = report("rest 50");
    is_wrong(&soon, SOON);
    assert_eq!(soon.waits_ms, 100, "so long takes one that is right");
}

/// A wait that is drawn by lot begins after the moment that it is measured from. Of waits
/// that differ by a microsecond no machine can tell more.
#[test]
fn less_than_the_least_is_wrong_however_busy_the_machine_is() {
    let expected = [r#"program stdin "\n""#, r#"program stdout "\n""#];
    let unit = Unit::Own(Duration::from_micros(1));
    let report = |rest: &str| {
        told_in_time(&expected, unit, 1, |mut scene, _| {
            let mut program = scene.program(&["line", rest, "print"]);
            program.waits_for_its_input();
            let typed = program.is_typed("");
            let due = [2, 4].map(Duration::from_secs);
            program.prints_a_line_after(typed, Wait::between(due[0], due[1]));
            scene.end_here();
        })
    };
    differs(&report("rest 10"), SOON);
}

#[test]
fn of_several_copies_all_have_to_be_right() {
    let (expected, here) = ([TYPED, "program exit 0"], thread::current().id());
    let report = |copies_rest: u32| {
        told_in_time(&expected, UNIT, 3, |mut scene, unit| {
            let copy = thread::current().id() != here;
            let rest = tenths("rest", if copy { copies_rest } else { 20 }, unit);
            let mut program = scene.program(&["line", &rest]);
            let since = begins(&mut program);
            program.ends_after(since, Wait::between(unit * 2, unit * 3));
            scene.end();
        })
    };
    is_right(&report(20));
    is_wrong(&report(2), "program exit too soon");
}

/// The report of a program that gets a connection, or is given one, and what it is due to do
/// with it after one unit it does after so many tenths.
fn waits(
    expected: &[&str],
    time: u32,
    tells: impl Fn(&mut Scene, &str, Duration) + Sync,
) -> Report {
    told_in_time(expected, UNIT, 1, |mut scene, unit| {
        tells(&mut scene, &tenths("rest", time, unit), unit);
        scene.end_here();
    })
}

/// One that waits as long as is due is right; a fifth of it, and three times, are wrong.
fn is_judged(expected: &[&str], what: &str, tells: impl Fn(&mut Scene, &str, Duration) + Sync) {
    thread::scope(|scope| {
        let beside = |time| {
            let tells = &tells;
            scope.spawn(move || waits(expected, time, tells))
        };
        let [right, short, long] = [10, 2, 30].map(beside);
        is_right(&right.join().unwrap());
        is_wrong(&short.join().unwrap(), &format!("{what} too soon"));
        is_wrong(&long.join().unwrap(), &format!("{what} too late"));
    });
}

const TYPED: &str = r#"program stdin "\n""#;

/// From here the program waits, for it is started already.
fn begins(program: &mut Program) -> probe::Moment {
    program.waits_for_its_input();
    program.is_typed("")
}

#[test]
fn an_end_of_a_program_is_judged() {
    is_judged(
        &[TYPED, "program exit 0"],
        "program exit",
        |scene, rest, unit| {
            let mut program = scene.program(&["line", rest]);
            let since = begins(&mut program);
            program.ends_after(since, Wait::of(unit));
        },
    );
}

#[test]
fn a_program_that_gives_up_is_judged() {
    is_judged(
        &[TYPED, "program ended"],
        "program ended",
        |scene, rest, unit| {
            let mut program = scene.program(&["line", rest, "exit 9"]);
            let since = begins(&mut program);
            program.gives_up_after(since, Wait::of(unit));
        },
    );
}

#[test]
fn a_connection_is_judged() {
    let expected = [
        "there listen 127.0.0.1:<there>",
        TYPED,
        "there accept 127.0.0.1:<program>",
    ];
    is_judged(&expected, "there accept", |scene, rest, unit| {
        let mut there = scene.listener("there");
        let connect = format!("connect {}", there.address());
        let mut program = scene.program(&["line", rest, &connect, "stay"]);
        let since = begins(&mut program);
        there.accepts_after(since, Wait::of(unit), &program);
    });
}

const CONNECTED: [&str; 2] = [
    r#"program stdout "at 127.0.0.1:<server>\n""#,
    "client-a connect 127.0.0.1:<server>",
];

#[test]
fn an_end_of_a_connection_is_judged() {
    let expected = [&CONNECTED[..], &[TYPED, "client-a recv FIN"]].concat();
    is_judged(&expected, "client-a recv", |scene, rest, unit| {
        let mut server = scene.server_with(&["listen", "accept", "line", rest, "close", "stay"]);
        let mut client = server.client("client-a");
        let since = begins(&mut server);
        client.expects_the_end_after(since, Wait::of(unit));
    });
}

#[test]
fn an_end_beneath_what_drips_is_judged() {
    let drips = [
        TYPED,
        r#"client-a send "x" again and again"#,
        "client-a ended",
    ];
    let expected = [&CONNECTED[..], &drips].concat();
    is_judged(&expected, "client-a ended", |scene, rest, unit| {
        let mut server = scene.server_with(&["listen", "accept", "line", rest, "close", "stay"]);
        let mut client = server.client("client-a");
        let since = begins(&mut server);
        client.drips("x", Duration::from_millis(1), since, Wait::of(unit));
    });
}

#[test]
fn a_datagram_is_judged() {
    let expected = [
        "peer bind 127.0.0.1:<peer>",
        r#"peer recvfrom "1" 1 byte from 127.0.0.1:<program>"#,
        r#"peer recvfrom "2" 1 byte from 127.0.0.1:<program>"#,
    ];
    is_judged(&expected, "peer recvfrom", |scene, rest, unit| {
        let mut peer = scene.udp_peer("peer");
        let [one, two] = [1, 2].map(|text| format!("sendto {} {text}", peer.address()));
        let program = scene.program(&[&one, rest, &two, "stay"]);
        let first = peer.receives_from(&program);
        peer.receives_after(first, Wait::of(unit), &program);
    });
}

#[test]
fn a_datagram_is_judged_in_spite_of_a_stranger() {
    let expected = [
        "peer bind 127.0.0.1:<peer>",
        "other bind 127.0.0.1:<other>",
        r#"peer recvfrom "1" 1 byte from 127.0.0.1:<program>"#,
        r#"other sendto 127.0.0.1:<program> "x" 1 byte again and again"#,
        r#"peer recvfrom "2" 1 byte from 127.0.0.1:<program>"#,
    ];
    is_judged(&expected, "peer recvfrom", |scene, rest, unit| {
        let (mut peer, other) = (scene.udp_peer("peer"), scene.udp_peer("other"));
        let [one, two] = [1, 2].map(|text| format!("sendto {} {text}", peer.address()));
        let program = scene.program(&[&one, rest, &two, "stay"]);
        let first = peer.receives_from(&program);
        peer.receives_in_spite_of(&other, "x", first, Wait::of(unit), &program);
    });
}

/// What is said of a scenario that was told in time and differs for another reason.
#[test]
fn another_line_differs_whenever_it_comes() {
    let expected = [r#"program stdout "1\n""#];
    let report = told_in_time(&expected, UNIT, 1, |mut scene, unit| {
        let since = scene.moment();
        let mut program = scene.program(&["print 2", "stay"]);
        program.prints_a_line_after(since, Wait::of(unit));
        scene.end_here();
    });
    let due = (Verdict::Differs, r#"program stdout "2\n""#.to_owned());
    assert_eq!(decided(&report), due);
}
