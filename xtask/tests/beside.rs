//! `diff` and `solution`: what a learner may see of the solution, and when.

use crate::support::small::{ACCEPT, Small};
use predicates::prelude::*;
use predicates::str::contains;

const PROGRAM: &str = "lessons/lesson-04-accept/src/main.rs";

fn said(small: &Small, arguments: &[&str], code: i32) -> String {
    let assert = small.run(arguments, code).stderr("");
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

#[test]
fn a_step_is_shown_beside_the_solution_s_once_it_passed() {
    let small = Small::fresh();
    let own = small.read(PROGRAM).replace(
        "    todo!(\"step 2: {client:?} {GREETING}\")",
        "    let bytes = GREETING.as_bytes();\n    client.write_all(bytes)",
    );
    small.write(PROGRAM, &own);
    small.has_passed(ACCEPT, &[2]);
    insta::assert_snapshot!(said(&small, &["diff", "04"], 0));
    insta::assert_snapshot!(said(&small, &["diff", "04", "2", "--lang", "en"], 0));
    insta::assert_snapshot!(said(&small, &["solution", "04"], 0));
}

#[test]
fn nothing_is_shown_before_but_on_request() {
    let small = Small::fresh();
    for command in ["diff", "solution"] {
        let hidden = said(&small, &[command, "04"], 1);
        assert_eq!(hidden.lines().count(), 4, "{hidden}");
        assert!(!hidden.contains("fn "), "{hidden}");
        let hidden = said(&small, &[command, "04", "3", "--lang", "en"], 1);
        assert_eq!(
            hidden,
            "Step 3 has not passed yet; --spoil shows it all the same.\n"
        );
        let shown = said(&small, &[command, "04", "3", "--spoil"], 0);
        assert!(shown.contains("fn serve_everyone"), "{shown}");
    }
}

#[test]
fn the_whole_solution_is_shown_without_its_anchors() {
    let small = Small::fresh();
    small.has_passed(ACCEPT, &[1, 2, 3, 4]);
    let shown = said(&small, &["solution", "04"], 0);
    assert!(
        shown.contains("fn main()") && !shown.contains("ANCHOR"),
        "{shown}"
    );
    let both = said(&small, &["solution", "09", "--spoil"], 0);
    assert!(both.contains("src/server.rs") && both.contains("src/client.rs"));
}

#[test]
fn a_step_that_is_the_solution_s_is_told_to_be() {
    let small = Small::fresh();
    let solution = small.read("solutions/lesson-04-accept/src/main.rs");
    small.write(PROGRAM, &solution.replace('\n', "\r\n"));
    let same = said(&small, &["diff", "04", "--spoil"], 0);
    assert_eq!(same.matches("풀이와 같습니다").count(), 4, "{same}");
    small.write(PROGRAM, "fn main( {");
    let shown = said(&small, &["diff", "04", "2", "--spoil"], 0);
    assert!(
        shown.contains("함수 greet") && shown.contains(" + "),
        "{shown}"
    );
    small.run(&["diff", "04", "7"], 2).stderr(contains("7단계"));
    small
        .run(&["solution", "04", "x"], 2)
        .stdout("")
        .stderr(contains("'x'").or(contains("x")));
}
