//! Why there is no verdict on a program: each reason is met, and says nothing of it. What has
//! to be set in the environment is left to `environment.rs`. That a scenario did not run is
//! seen by the tool alone.

mod told;

use probe::{Fault, Reason, Report, Scene, Side, Unit, Verdict, Wait};
use std::time::Duration;
use told::{ACTOR, lines, told, told_in_time, told_of};

const FIRST_LINE: &str = r#"program stdout "at 127.0.0.1:<server>\n""#;
const X: &str = r#"program stdout "x\n""#;

/// Fails unless nothing is said of the program, for `reason`.
fn is_broken(report: &Report, reason: Reason) {
    assert_eq!(
        (report.verdict, &report.reason),
        (Verdict::Broken, &Some(reason))
    );
}

fn is_faulty(report: &Report, fault: Fault) {
    is_broken(report, Reason::Scenario { fault });
}

fn prints_x(mut scene: Scene) {
    scene.program(&["print x"]).prints_a_line();
    scene.end();
}

#[test]
fn without_a_snapshot_nothing_is_judged() {
    is_broken(&told(&[], prints_x), Reason::NoSnapshot);
    assert_eq!(told(&[X], prints_x).reason, None);
}

#[test]
fn a_snapshot_s_line_that_is_none_is_named() {
    let line = "program sings".to_owned();
    is_broken(
        &told(&[X, &line], prints_x),
        Reason::UnreadableSnapshot { line },
    );
}

#[test]
fn a_program_that_cannot_be_started_is_named() {
    let none = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-such-program");
    let report = told_of("lesson-story", none, &[X], prints_x);
    let Some(Reason::CannotStart { program, error }) = report.reason else {
        panic!("{report:?}");
    };
    assert_eq!((report.verdict, program.as_str()), (Verdict::Broken, none));
    assert_eq!(error, std::io::ErrorKind::NotFound.into());
}

#[test]
fn a_peer_without_a_port_is_named() {
    let taken = ["a bind 127.0.0.1:<a>", "b bind 127.0.0.2:<a>"];
    let report = told(&taken, |mut scene| {
        let a = scene.udp_peer("a");
        // There is no second loopback address on macOS, and nowhere a third socket.
        let _b = scene.udp_peer_on_the_port_of(&a, "b");
        scene.udp_peer_on_the_port_of(&a, "b");
    });
    let Some(Reason::NoPort { name, .. }) = &report.reason else {
        panic!("{report:?}");
    };
    assert_eq!((report.verdict, name.as_str()), (Verdict::Broken, "b"));
}

/// Of waits of a microsecond no machine can tell anything.
#[test]
fn a_machine_that_is_too_busy_gives_no_verdict() {
    let report = |unit: Duration| {
        told_in_time(&["program exit 0"], Unit::Own(unit), 1, |mut scene, _| {
            let since = scene.moment();
            scene
                .program(&["rest 20"])
                .ends_after(since, Wait::of(Duration::from_millis(1)));
            scene.end();
        })
    };
    is_broken(&report(Duration::from_micros(1)), Reason::TooBusy);
}

#[test]
fn a_scenario_that_is_left_early_is_faulty() {
    is_faulty(&told(&[X], drop), Fault::LeftEarly);
    let report = told(&[X], |mut scene| {
        let mut program = scene.program(&["print x"]);
        program.prints_a_line();
    });
    is_faulty(&report, Fault::LeftEarly);
    assert_eq!(lines(&report), [X]);
}

/// On the solutions' side, where the program is right and lines are recorded.
#[test]
fn a_scenario_that_leaves_lines_of_the_solution_s_unsaid_is_faulty() {
    let report = told_of("solution-story", ACTOR, &[], |mut scene| {
        let mut program = scene.program(&["print x", "print y"]);
        program.prints_a_line();
        program.is_past_its_input();
        scene.end();
    });
    is_faulty(&report, Fault::NotAllAskedFor);
}

#[test]
fn a_scenario_that_asks_for_an_address_that_was_not_due_is_faulty() {
    let report = told(&[X, "client-a connect 127.0.0.1:<server>"], |mut scene| {
        let mut program = scene.program(&["print x", "stay"]);
        program.prints_a_line();
        program.client("client-a");
        scene.end();
    });
    is_faulty(&report, Fault::NoAddress);
}

#[test]
fn a_scenario_that_judges_a_wait_and_is_told_once_is_faulty() {
    let report = told(&["program exit 0"], |mut scene| {
        let since = scene.moment();
        scene.program(&[]).ends_after(since, Wait::none());
        scene.end();
    });
    is_faulty(&report, Fault::NotToldInTime);
}

#[test]
fn a_middle_that_is_not_joined_passes_nothing_on() {
    let expected = [FIRST_LINE, "middle listen 127.0.0.1:<middle>"];
    let report = told(&expected, |mut scene| {
        let server = scene.server();
        scene.middle(&server).passes_on_to(Side::Server);
        scene.end();
    });
    is_faulty(&report, Fault::NotJoined);
}

#[test]
fn a_middle_that_holds_nothing_passes_nothing_on() {
    let middle = "middle bind 127.0.0.1:<middle>";
    let report = told(&[FIRST_LINE, middle, middle], |mut scene| {
        let server = scene.server_with(&["bind", "stay"]);
        scene.udp_middle(&server).passes_on_to(Side::Server);
        scene.end();
    });
    is_faulty(&report, Fault::NothingHeld);
}

#[test]
fn a_peer_that_received_nothing_has_nobody_to_reply_to() {
    let report = told(&["peer bind 127.0.0.1:<peer>"], |mut scene| {
        scene.udp_peer("peer").replies("x");
        scene.end();
    });
    is_faulty(&report, Fault::NobodyToReplyTo);
}

/// A program may keep others from looking at it (`PR_SET_DUMPABLE`, `man 2 prctl`), root aside.
#[cfg(target_os = "linux")]
#[test]
fn sockets_that_are_not_shown_are_not_judged() {
    let report = told(
        &[r#"program stdout "now\n""#, "program sockets UDP"],
        |mut scene| {
            let mut program = scene.program(&["hide", "sendto 127.0.0.1:9 x", "print now", "stay"]);
            program.prints_a_line();
            program.holds_sockets();
            scene.end();
        },
    );
    if rustix::process::geteuid().is_root() {
        assert_eq!(report.verdict, Verdict::Passed, "{report:?}");
    } else {
        let error = std::io::ErrorKind::PermissionDenied.into();
        is_broken(&report, Reason::SocketsUnseen { error });
    }
}
