//! What a test binary is told in its environment: each test is run once more in a process of
//! its own that has the variables. And what happens there when the machine has nothing left.

mod told;

use probe::{
    BACKTRACES_VARIABLE, PROGRAMS_VARIABLE, REPORTS_VARIABLE, Reason, Scene, Sight,
    UNWRITTEN_VARIABLE, Verdict,
};
use told::{ACTOR, decided, differs, is_alone, passes, told};

const X: &str = r#"program stdout "x\n""#;

/// The program is given its orders, and those of the scenario after them.
fn prints(mut scene: Scene) {
    scene.program(&["print x"]).prints_a_line();
    scene.end();
}

/// The variable's value that gives `role` a command: the actor with orders.
fn given(role: &str, orders: &[&str]) -> String {
    let command = [&[ACTOR], orders].concat();
    serde_json::json!({ role: command }).to_string()
}

#[test]
fn a_scenario_about_a_program_that_is_not_given_is_skipped() {
    let programs = given("another", &[]);
    if is_alone(
        "a_scenario_about_a_program_that_is_not_given_is_skipped",
        &[(PROGRAMS_VARIABLE, &programs)],
    ) {
        let report = told(&[X], prints);
        assert_eq!(
            (report.verdict, report.reason),
            (Verdict::Skipped, Some(Reason::NotGiven))
        );
    }
}

#[test]
fn a_command_that_is_given_takes_the_program_s_place() {
    let programs = given("program", &["print y"]);
    if is_alone(
        "a_command_that_is_given_takes_the_program_s_place",
        &[(PROGRAMS_VARIABLE, &programs)],
    ) {
        differs(&told(&[X], prints), r#"program stdout "y\n""#);
    }
}

#[test]
fn a_program_is_not_told_how_it_is_checked() {
    let programs = given("program", &[]);
    let variables = [
        (PROGRAMS_VARIABLE, programs.as_str()),
        (UNWRITTEN_VARIABLE, ""),
        (BACKTRACES_VARIABLE, ""),
        (REPORTS_VARIABLE, ""),
    ];
    if is_alone("a_program_is_not_told_how_it_is_checked", &variables) {
        for (variable, _) in variables {
            passes(&told(&[r#"program stdout "not set\n""#], |mut scene| {
                let order = format!("print-variable {variable}");
                scene.program(&[&order]).prints_a_line();
                scene.end();
            }));
        }
    }
}

/// Who has read the source knows better than the program.
#[test]
fn a_todo_that_was_left_in_a_written_step_is_a_crash() {
    if is_alone(
        "a_todo_that_was_left_in_a_written_step_is_a_crash",
        &[(UNWRITTEN_VARIABLE, "1,3")],
    ) {
        let verdict = |order: &str| {
            let report = told(&["program exit 0"], |mut scene| {
                scene.program(&[order]).ends();
                scene.end();
            });
            decided(&report).0
        };
        assert_eq!(verdict("todo 1"), Verdict::NotWrittenYet);
        assert_eq!(verdict("todo 2"), Verdict::Crashed);
        // A later step is not needed, whatever it is.
        assert_eq!(verdict("todo 3"), Verdict::Differs);
    }
}

#[test]
fn a_panic_in_a_library_was_called_from_a_line_of_the_program_s() {
    if is_alone(
        "a_panic_in_a_library_was_called_from_a_line_of_the_program_s",
        &[(BACKTRACES_VARIABLE, "")],
    ) {
        let report = told(&["program exit 0"], |mut scene| {
            scene.program(&["panic-in-std"]).ends();
            scene.end();
        });
        let from = report.panics[0].called_from.as_deref().unwrap_or_default();
        assert!(from.contains("tests/actor/orders.rs:"), "{report:?}");
    }
}

#[test]
fn what_this_system_does_not_show_is_skipped() {
    // No interpreter is found where there is no path.
    if is_alone("what_this_system_does_not_show_is_skipped", &[("PATH", "")]) {
        let report = told(&[X], |scene| {
            if !scene.skipped_without(Sight::Python) {
                prints(scene);
            }
        });
        let sight = Sight::Python;
        assert_eq!(
            (report.verdict, report.reason),
            (Verdict::Skipped, Some(Reason::Missing { sight }))
        );
    }
}

#[cfg(unix)]
#[test]
fn a_check_without_descriptors_says_nothing_of_the_program() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    if is_alone(
        "a_check_without_descriptors_says_nothing_of_the_program",
        &[],
    ) {
        let few = Rlimit {
            current: Some(64),
            maximum: Some(64),
        };
        setrlimit(Resource::Nofile, few).expect("fewer are always allowed");
        let report = told(&["a listen 127.0.0.1:<a>"; 100], |mut scene| {
            let _all: Vec<_> = (0..100).map(|_| scene.listener("a")).collect();
            scene.end();
        });
        assert_eq!(
            (report.verdict, report.reason),
            (Verdict::Broken, Some(Reason::NoDescriptors))
        );
    }
}
