//! How a program ends, and what it says before: each ending has a verdict and a line of its
//! own. That it does not end is left to `silences.rs`, what its limits do to `confinement.rs`.

mod told;

use probe::{Ending, Program, Report, Verdict};
use told::{decided, differs, lines, passes, told};

/// The report of a program that carries out `orders`, and is then done with its story.
fn ended(orders: &[&str], expected: &[&str], tells: impl FnOnce(&mut Program)) -> Report {
    told(expected, |mut scene| {
        tells(&mut scene.program(orders));
        scene.end();
    })
}

fn crashed(line: &str) -> (Verdict, String) {
    (Verdict::Crashed, line.to_owned())
}

#[test]
fn an_exit_is_told_by_its_status() {
    passes(&ended(&["exit 3"], &["program exit 3"], Program::ends));
    let report = ended(&["exit 4"], &["program exit 3"], Program::ends);
    differs(&report, "program exit 4");
    assert_eq!(report.endings, [Ending::Exit(4)]);
}

#[test]
fn one_error_is_as_right_as_another() {
    let due = ["program exit not 0"];
    for status in ["exit 1", "exit 255"] {
        passes(&ended(&[status], &due, Program::ends_with_an_error));
    }
    let report = ended(&["exit 0"], &due, Program::ends_with_an_error);
    differs(&report, "program exit 0");
    // What a panic ends with is none of them.
    let report = ended(&["exit 101"], &due, Program::ends_with_an_error);
    differs(&report, "program exit 101");
}

#[test]
fn a_status_may_be_any_but_two() {
    let due = ["program exit neither 10 nor 11"];
    let report = |status| ended(&[status], &due, |program| program.ends_with_neither(10, 11));
    passes(&report("exit 12"));
    differs(&report("exit 10"), "program exit 10");
    differs(&report("exit 11"), "program exit 11");
}

#[test]
fn a_panic_is_a_crash_at_its_place() {
    let report = ended(&["panic no luck"], &["program exit 0"], Program::ends);
    let [panic] = &report.panics[..] else {
        panic!("{report:?}");
    };
    assert_eq!(
        (panic.message.as_str(), panic.in_a_library),
        ("no luck", false)
    );
    assert!(
        panic.place.contains("tests/actor/orders.rs:"),
        "{}",
        panic.place
    );
    let line = format!("program panic {}", panic.place);
    assert_eq!(decided(&report), crashed(&line));
    assert_eq!(report.endings, [Ending::Exit(101)]);
}

#[test]
fn a_panic_in_the_standard_library_is_not_at_a_line_of_the_program_s() {
    let report = ended(&["panic-in-std"], &["program exit 0"], Program::ends);
    assert_eq!(report.verdict, Verdict::Crashed);
    let places: Vec<_> = report
        .panics
        .iter()
        .map(|panic| panic.place.as_str())
        .collect();
    assert!(
        places[0].starts_with("library/std/src/time.rs:"),
        "{places:?}"
    );
    assert!(report.panics[0].in_a_library);
}

#[test]
fn a_panic_is_a_crash_where_something_else_differs() {
    let report = ended(
        &["print x", "panic no luck"],
        &[r#"program stdout "y\n""#],
        |program| {
            program.prints_a_line();
        },
    );
    assert_eq!(report.verdict, Verdict::Crashed);
    assert_eq!(lines(&report)[0], r#"program stdout "x\n""#);
}

#[cfg(unix)]
#[test]
fn a_signal_is_a_crash_by_its_name() {
    let report = ended(&["abort"], &["program exit 0"], Program::ends);
    assert_eq!(decided(&report), crashed("program signal SIGABRT"));
    assert_eq!(report.endings, [Ending::Signal("SIGABRT".to_owned())]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_a_signal_that_may_be_due() {
    let due = ["program ctrl-c", "program signal SIGINT"];
    passes(&ended(&["stay"], &due, |program| {
        program.is_interrupted();
        program.ends();
    }));
    let report = ended(&["exit 0"], &due[1..], Program::ends);
    differs(&report, "program exit 0");
}

#[test]
fn a_step_that_is_not_written_is_no_mistake() {
    let verdict = |orders: &[&str]| {
        let report = ended(orders, &["program exit 0"], Program::ends);
        (decided(&report), report.said_to_be_unwritten())
    };
    let unwritten = |line: &str| (Verdict::NotWrittenYet, line.to_owned());
    assert_eq!(
        verdict(&["todo 2"]),
        (unwritten("program todo step 2"), vec![2])
    );
    assert_eq!(
        verdict(&["todo 1"]),
        (unwritten("program todo step 1"), vec![1])
    );
    let goes_on = ["complain not yet implemented: step 2", "exit 1"];
    assert_eq!(verdict(&goes_on), (unwritten("program exit 1"), vec![2]));
    // A later step is not needed, so that it is no excuse.
    let later = (Verdict::Differs, "program todo step 3".to_owned());
    assert_eq!(verdict(&["todo 3"]), (later, vec![3]));
}

#[test]
fn a_step_that_was_not_needed_may_be_unwritten() {
    passes(&ended(
        &["print x", "todo 2"],
        &[r#"program stdout "x\n""#],
        |program| {
            program.prints_a_line();
        },
    ));
}

#[test]
fn a_program_that_stays_is_ended_and_that_is_no_difference() {
    let due = [r#"program stdout "x\n""#];
    let prints = |orders: &[&str]| ended(orders, &due, Program::prints_a_line);
    passes(&prints(&["print x", "stay"]));
    let report = prints(&["print y", "stay"]);
    differs(&report, r#"program stdout "y\n""#);
    assert_eq!(report.endings, [Ending::Killed]);
}

#[test]
fn the_last_line_needs_no_newline() {
    let prints = |due: &str| ended(&["print-part x"], &[due], Program::prints_a_line);
    passes(&prints(r#"program stdout "x""#));
    differs(&prints(r#"program stdout "x\n""#), r#"program stdout "x""#);
}

#[test]
fn a_line_that_nobody_asked_for_differs_at_the_end() {
    let due = [r#"program stdout "x\n""#, "program exit 0"];
    let report = |orders: &[&str]| {
        ended(orders, &due, |program| {
            program.prints_a_line();
            program.ends();
        })
    };
    passes(&report(&["print x"]));
    differs(&report(&["print x", "print y"]), r#"program stdout "y\n""#);
    differs(&report(&[]), "program exit 0");
}

#[test]
fn a_line_is_typed_and_so_is_the_end() {
    let due = [
        r#"program stdin "hello\n""#,
        r#"program stdout "hello\n""#,
        "program stdin end",
        "program exit 0",
    ];
    let report = |orders: &[&str]| {
        ended(orders, &due, |program| {
            program.is_typed("hello");
            program.prints_a_line();
            program.is_typed_the_end();
            program.ends();
        })
    };
    passes(&report(&["line", "print-heard", "line"]));
    differs(
        &report(&["line", "print hi", "line"]),
        r#"program stdout "hi\n""#,
    );
}

#[test]
fn no_line_may_be_due() {
    let due = ["program stdout silence"];
    passes(&ended(&["stay"], &due, Program::prints_nothing));
    let report = ended(&["print x", "stay"], &due, Program::prints_nothing);
    differs(&report, r#"program stdout "x\n""#);
    let report = ended(&["exit 2"], &due, Program::prints_nothing);
    differs(&report, "program exit 2");
    passes(&ended(&["exit 2"], &due, Program::prints_nothing_more));
    // Who sleeps goes on by itself.
    let report = ended(
        &["rest 100", "print x", "stay"],
        &due,
        Program::prints_nothing_more,
    );
    differs(&report, r#"program stdout "x\n""#);
}

#[test]
fn a_program_goes_on_or_has_ended() {
    let due = ["program goes-on"];
    passes(&ended(&["stay"], &due, Program::goes_on));
    differs(
        &ended(&["exit 6"], &due, Program::goes_on),
        "program exit 6",
    );
}

#[test]
fn what_is_complained_about_is_looked_for_among_all_lines() {
    let due = [
        "program exit 1",
        "program stderr a line naming 127.0.0.1:80",
    ];
    let report = |orders: &[&str]| {
        ended(orders, &due, |program| {
            program.ends();
            program.complains_about("127.0.0.1:80");
        })
    };
    passes(&report(&["complain no port 80 of 127.0.0.1", "exit 1"]));
    differs(
        &report(&["complain no luck", "exit 1"]),
        "program stderr no line naming 127.0.0.1:80",
    );
    passes(&report(&[
        "complain no 127.0.0.1:80",
        "complain sorry",
        "exit 1",
    ]));
}

#[test]
fn a_complaint_may_come_from_a_program_that_goes_on() {
    let due = ["program stderr a line naming luck"];
    let report = |orders: &[&str]| ended(orders, &due, |program| program.complains_about("luck"));
    passes(&report(&["complain no luck", "stay"]));
    differs(
        &report(&["complain no"]),
        "program stderr no line naming luck",
    );
}

#[test]
fn a_complaint_has_a_number_or_is_a_sentence() {
    let due = [
        "program exit 1",
        "program stderr a number from 5 to 9",
        "program stderr a sentence",
    ];
    let report = |orders: &[&str]| {
        ended(orders, &due, |program| {
            program.ends();
            program.complained_with_a_number(5..=9);
            program.complained();
        })
    };
    passes(&report(&["complain after 7 bytes", "exit 1"]));
    differs(
        &report(&["complain after 70 bytes", "exit 1"]),
        "program stderr no number from 5 to 9",
    );
    differs(
        &ended(&["exit 1"], &["program exit 1", due[2]], |program| {
            program.ends();
            program.complained();
        }),
        "program stderr no sentence",
    );
}

#[test]
fn what_came_of_it_may_be_told_in_any_words() {
    let report = |orders: &[&str]| {
        ended(orders, &["program told naming luck"], |program| {
            program.tells_of("luck")
        })
    };
    passes(&report(&["print no luck", "stay"]));
    passes(&report(&["complain no luck", "exit 1"]));
    differs(
        &report(&["print nothing", "stay"]),
        r#"program stdout "nothing\n""#,
    );
    differs(&report(&["exit 1"]), "program exit 1");
    let panics = report(&["panic no luck"]);
    assert_eq!(panics.verdict, Verdict::Crashed);
}

/// Only Linux shows whether a thread sleeps.
#[cfg(target_os = "linux")]
#[test]
fn a_program_rests_or_is_busy() {
    passes(&ended(&["stay"], &["program rests"], Program::rests));
    differs(
        &ended(&["spin"], &["program rests"], Program::rests),
        "program busy",
    );
}

/// Only Linux shows sockets, and those that were closed again.
#[cfg(target_os = "linux")]
#[test]
fn a_program_holds_its_sockets() {
    let due = [r#"program stdout "now\n""#, "program sockets TCP, UDP"];
    let report = |orders: &[&str]| {
        told(&due, |mut scene| {
            let mut program = scene.program(orders);
            program.prints_a_line();
            program.holds_sockets();
            scene.end_here();
        })
    };
    let both = [
        "listen-quietly",
        "sendto 127.0.0.1:9 x",
        "print now",
        "stay",
    ];
    passes(&report(&both));
    differs(&report(&both[1..]), "program sockets UDP");
}

/// What its children hold, the program holds.
#[cfg(target_os = "linux")]
#[test]
fn the_sockets_of_a_family_are_counted_together() {
    let due = [r#"program stdout "now\n""#, "program sockets TCP"];
    let report = |childs: &str| {
        told(&due, |mut scene| {
            let mut program = scene.program(&[childs, "print now", "stay"]);
            program.prints_a_line();
            program.comes_to_hold(&["TCP"]);
            scene.end_here();
        })
    };
    passes(&report("child-does listen-quietly, stay"));
    differs(&report("child-does stay"), "program sockets none");
}

/// It ends when it itself does, and not when those end that it leaves.
#[test]
fn a_program_that_leaves_a_child_has_ended() {
    let orders = ["child-does stay", "exit 3"];
    passes(&ended(&orders, &["program exit 3"], Program::ends));
}

/// An ordinary user is not shown the sockets of a program that has ended.
#[cfg(target_os = "linux")]
#[test]
fn a_program_that_has_ended_holds_no_sockets() {
    let report = told(&["program sockets TCP"], |mut scene| {
        let mut program = scene.program(&["exit 7"]);
        // Until it has ended.
        program.stops_reading_its_input();
        program.holds_sockets();
        scene.end();
    });
    assert_eq!(report.verdict, Verdict::Differs, "{report:?}");
    assert!(
        lines(&report).contains(&"program exit 7".to_owned()),
        "{report:?}"
    );
}
