//! Right programs of another shape than the solution's: std::net instead of
//! socket2, threads, other buffer sizes, calls that block and calls that do not. The
//! check must not reject them.

use crate::support::{compiled, xtask};

/// The lesson's check passes with the program of `tests/shapes/` in each shape.
fn is_not_rejected(lesson: &str, source: &str, shapes: &[&str]) {
    is_not_rejected_as("--server", lesson, source, shapes);
}

/// As the lesson's server or client, by the option that gives it.
fn is_not_rejected_as(option: &str, lesson: &str, source: &str, shapes: &[&str]) {
    let program = compiled(&format!("shapes/{source}.rs"));
    for shape in shapes {
        let command = format!("{} {shape}", program.display());
        let assert = xtask().args(["check", lesson, option, &command]).assert();
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
    is_not_rejected("lesson-04", "accept", &["bytes", "thread", "crlf"]);
}

#[test]
fn a_client_that_connects() {
    is_not_rejected("lesson-05", "connect", &["std", "thread", "crlf"]);
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

#[test]
fn a_server_that_answers_once() {
    let shapes = [
        "server-bytes",
        "server-line",
        "server-non-blocking",
        "server-own-words",
    ];
    is_not_rejected("lesson-09", "one_shot", &shapes);
}

#[test]
fn a_client_that_asks_once() {
    let shapes = ["client-half-close", "client-threads", "client-chunks"];
    is_not_rejected_as("--client", "lesson-09", "one_shot", &shapes);
}

#[test]
fn a_server_that_outlives_its_clients() {
    let shapes = [
        "server-looking-again",
        "server-woken",
        "server-bytes",
        "server-late-close",
    ];
    is_not_rejected("lesson-10", "client_server", &shapes);
}

#[test]
fn a_client_that_wants_a_whole_reply() {
    let shapes = ["client-bytes", "client-half-close", "client-threads"];
    is_not_rejected_as("--client", "lesson-10", "client_server", &shapes);
}

#[test]
fn a_server_that_echoes() {
    let shapes = [
        "server-chunks",
        "server-bytes",
        "server-non-blocking",
        "server-threads",
    ];
    is_not_rejected("lesson-11", "echo", &shapes);
}

#[test]
fn a_client_that_is_typed_into() {
    is_not_rejected_as(
        "--client",
        "lesson-11",
        "echo",
        &["client-bytes", "client-buffered"],
    );
}

#[test]
fn a_client_for_a_bad_network() {
    let shapes = ["threads", "byte-by-byte"];
    is_not_rejected_as("--client", "lesson-12", "mobile_client", &shapes);
}

#[test]
fn a_program_that_sends_datagrams() {
    is_not_rejected("lesson-13", "sendto", &["thread", "bytes"]);
}

#[test]
fn a_program_that_answers_datagrams() {
    let shapes = ["non-blocking", "threads", "peek"];
    is_not_rejected("lesson-14", "recvfrom", &shapes);
}

#[test]
fn a_server_that_sends_datagrams_back() {
    let shapes = ["server-threads", "server-non-blocking"];
    is_not_rejected("lesson-15", "udp_echo", &shapes);
}

#[test]
fn a_client_that_asks_again() {
    let shapes = ["client-connected", "client-non-blocking", "client-thread"];
    is_not_rejected_as("--client", "lesson-15", "udp_echo", &shapes);
}

#[test]
fn a_server_that_frames() {
    is_not_rejected("lesson-16", "framing", &["buffered", "machine", "thread"]);
}

#[test]
fn a_client_that_hears_while_it_speaks() {
    let shapes = ["client-hearing-in-main", "client-hearing-bytes"];
    is_not_rejected_as("--client", "lesson-17", "threads", &shapes);
}
