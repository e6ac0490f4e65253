//! A server in the tutorials' manner, given to the check: it fails, in time, and the
//! explanation of a scenario speaks of its flaw.

use crate::support::server::is_missing;
use crate::support::xtask;
use predicates::prelude::*;
use predicates::str::contains;
use std::time::Duration;

/// Hanging programs are judged after 4 seconds; all scenarios run side by side.
const IN_TIME: Duration = Duration::from_secs(20);

#[test]
fn the_echo_server_takes_the_end_for_a_line() {
    let Some(python) = probe::python() else {
        return is_missing("Python 3");
    };
    let command = format!("{python} solutions/tutorials/python/echo_server.py");
    let check = ["check", "lesson-11", "--lang", "en", "--json", "--server"];
    let explanation =
        contains("a loop that takes 0 bytes, which mean that the connection has ended");
    xtask()
        .args(check)
        .arg(&command)
        .timeout(IN_TIME)
        .assert()
        .code(1)
        .stdout(explanation.and(contains("\"hung\"")));
}
