//! Right programs of another shape than the solution's: std::net instead of
//! socket2, threads, other buffer sizes, blocking calls. The check must not
//! reject them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{compiled, xtask};

/// The lesson's check passes with the program of `tests/shapes/` in each shape.
fn is_not_rejected(lesson: &str, source: &str, shapes: &[&str]) {
    let program = compiled(&format!("shapes/{source}.rs"));
    for shape in shapes {
        let command = format!("{} {shape}", program.display());
        let assert = xtask()
            .args(["check", lesson, "--server", &command])
            .assert();
        let output = assert.get_output();
        let report = String::from_utf8_lossy(&output.stdout);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{lesson}, {shape}:\n{report}"
        );
    }
}

#[test]
fn a_server_that_accepts() {
    is_not_rejected("lesson-04", "accept", &["bytes", "thread"]);
}

#[test]
fn a_client_that_connects() {
    is_not_rejected("lesson-05", "connect", &["std", "thread"]);
}

#[test]
fn a_server_that_receives() {
    let shapes = [
        "read-to-end",
        "bytes",
        "buffer-1",
        "buffer-7",
        "buffer-65536",
        "thread",
    ];
    is_not_rejected("lesson-06", "recv", &shapes);
}

#[test]
fn a_client_that_sends_all() {
    is_not_rejected(
        "lesson-07",
        "sendall",
        &["write-all", "write-timeout", "buf-writer"],
    );
}

#[test]
fn a_server_that_closes() {
    is_not_rejected("lesson-08", "close", &["copy", "thread"]);
}
