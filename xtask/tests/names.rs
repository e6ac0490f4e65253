//! Programs that print the names that the check writes for ports, `<server>` and so on, in
//! place of the ports, or no port at all. That is the program's fault, and it is told so:
//! it never passes, and the check never gives up on it.

use crate::support::{compiled, lesson_of, xtask};
use serde_json::Value;

/// The lesson's check on the program in `mode`: `scenario` differs, in a line that has
/// `words`.
fn differs(lesson: &str, mode: &str, scenario: &str, words: &str) {
    let command = format!("{} {mode}", compiled("names/program.rs").display());
    let assert = xtask()
        .args(["check", lesson, "--json", "--server", &command])
        .assert()
        .code(1);
    let report = lesson_of(&assert.get_output().stdout);
    assert_eq!(report["unable"], Value::Null, "{mode}");
    let steps = report["steps"].as_array().unwrap().iter();
    let mut scenarios = steps.flat_map(|step| step["scenarios"].as_array().unwrap());
    let found = scenarios.find(|found| found["name"] == scenario).unwrap();
    assert_eq!(found["verdict"], "differs", "{mode}: {found:#}");
    let lines = found["actual"].as_array().unwrap();
    let said = lines
        .iter()
        .any(|line| line.as_str().unwrap().contains(words));
    assert!(said, "{mode}: {found:#}");
}

#[test]
fn a_client_s_name_is_no_address() {
    differs(
        "lesson-04",
        "client-a",
        "tells_who_connected",
        "127.0.0.1:\\<client-a>",
    );
}

#[test]
fn the_ends_names_are_no_addresses() {
    let scenario = "tells_both_endpoints_and_leaves";
    differs(
        "lesson-05",
        "peer-s-end",
        scenario,
        "내 쪽 127.0.0.1:<program>, 상대 쪽 127.0.0.1:\\<server-a>",
    );
    differs("lesson-05", "own-end", scenario, "127.0.0.1:\\<program>");
}

#[test]
fn a_server_that_tells_no_usable_address_differs() {
    for (mode, words) in [
        ("server", "127.0.0.1:\\<server>"),
        ("no-port", "127.0.0.1\\n"),
        ("port-0", "127.0.0.1:0"),
    ] {
        differs("lesson-04", mode, "tells_who_connected", words);
    }
}

#[test]
fn the_report_says_what_a_name_stands_for() {
    let command = format!("{} client-a", compiled("names/program.rs").display());
    for (lang, words) in [
        ("ko", "<client-a>은(는) 주소의 포트 번호를 대신하는"),
        ("en", "<client-a> stands for the port number of an"),
    ] {
        let assert = xtask()
            .args(["check", "lesson-04", "--lang", lang, "--server", &command])
            .assert()
            .code(1);
        let said = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
        assert_eq!(said.matches(words).count(), 1, "{said}");
    }
}
