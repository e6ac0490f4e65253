//! What the check says of a program that hangs: the call, the line, the socket, and
//! what to do. Only Linux shows it; elsewhere there is nothing to test.
#![cfg(target_os = "linux")]

use crate::support::{compiled, lesson_of, xtask};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// In a folder of the lesson's name, by which its lines are known as the learner's.
const PROGRAM: &str = "hangs/lesson-04-accept/program.rs";

/// The line of the program on which `text` stands.
fn line_of(text: &str) -> usize {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(PROGRAM);
    let source = fs::read_to_string(source).unwrap();
    1 + source.lines().position(|line| line.contains(text)).unwrap()
}

/// What the check prints about a program that hangs in `call`, in English.
fn printed(call: &str, options: &[&str]) -> Vec<u8> {
    let command = format!("{} {call}", compiled(PROGRAM).display());
    let check = ["check", "lesson-04", "--lang", "en", "--server", &command];
    let assert = xtask().args(check).args(options).assert().code(1);
    assert.get_output().stdout.clone()
}

/// Its sentences, and its advice.
fn said_of(call: &str) -> (String, String) {
    let report = lesson_of(&printed(call, &["--json"]));
    let scenarios = report["steps"][1]["scenarios"].as_array().unwrap();
    let greets = |one: &&Value| one["name"] == "greets_on_the_new_socket";
    let scenario = scenarios.iter().find(greets).unwrap();
    assert_eq!(scenario["verdict"], "hung", "{scenario:#}");
    let sentences: Vec<_> = scenario["waiting"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["en"].as_str().unwrap())
        .collect();
    let explanation = scenario["explanation"]["en"].as_str().unwrap();
    (sentences.join("\n"), explanation.to_owned())
}

/// What is said names the line on which `text` stands, and has all the `words`.
fn says(call: &str, text: &str, words: &[&str], advice: &str) {
    let (said, advised) = said_of(call);
    let place = format!("(lesson-04-accept/program.rs:{})", line_of(text));
    assert!(
        said.contains(&place),
        "{call}: {said:?} does not name {place}"
    );
    for word in words {
        assert!(
            said.contains(word),
            "{call}: {said:?} does not say {word:?}"
        );
    }
    assert!(
        advised.contains(advice),
        "{call}: {advised:?} does not say {advice:?}"
    );
}

#[test]
fn accept_on_a_listener_where_nobody_waits() {
    let words = [
        "waits in `accept`",
        "the listener <server>, 0 connections waiting",
    ];
    says(
        "accept",
        "drop(listener.accept())",
        &words,
        "for bytes, or for the end of its connection",
    );
}

#[test]
fn recv_from_a_client_that_waits_too() {
    let words = [
        "waits in `recv`",
        "<server> ↔ <client-a>, ESTABLISHED, receive buffer empty",
    ];
    says("recv", "\"recv\" =>", &words, "Not a byte of the greeting");
}

/// A look at what a program waits in may interrupt it; what it says of that is no word of its
/// own.
#[test]
fn what_a_program_says_because_it_was_looked_at_is_not_told() {
    let told = String::from_utf8(printed("recv-within", &[])).unwrap();
    assert!(told.contains("waits in `recv`"), "{told}");
    assert!(!told.contains("Interrupted"), "{told}");
}

#[test]
fn recvfrom_on_a_udp_socket() {
    let words = ["waits in `recvfrom`", "UDP 127.0.0.1:"];
    says("recv_from", ".recv_from(", &words, "waits for a datagram");
}

#[test]
fn connect_to_a_full_backlog() {
    says(
        "connect",
        "kept.push(",
        &["waits in `connect`", "SYN-SENT"],
        "Set a limit",
    );
}

#[test]
fn send_to_a_peer_that_does_not_read() {
    let words = [
        "waits in `send`",
        "ESTABLISHED",
        "bytes in the send queue",
        "bytes it has not read",
    ];
    says(
        "send",
        "while stream.write_all",
        &words,
        "the peer does not read",
    );
}

#[test]
fn poll_on_a_silent_client() {
    let words = ["waits in `poll`", "<server> ↔ <client-a>"];
    says(
        "poll",
        "unsafe { poll(",
        &words,
        "Not a byte of the greeting",
    );
}

#[test]
fn the_keyboard() {
    says(
        "stdin",
        "io::stdin()",
        &["waits in `read`", "stdin"],
        "from the keyboard",
    );
}

#[test]
fn a_mutex_that_it_holds_itself() {
    says(
        "mutex",
        "let _second",
        &["waits until another thread, or a signal, wakes it"],
        "a lock that it holds itself",
    );
}

#[test]
fn another_thread_s_end() {
    let words = [
        "The main thread waits until another thread, or a signal, wakes it",
        "Thread reader waits in `recv`",
    ];
    says(
        "join",
        "reader.unwrap().join()",
        &words,
        "has not left the program",
    );
}

#[test]
fn a_loop_that_never_waits() {
    says(
        "busy",
        "while client.read",
        &["never waits", "CPU time"],
        "This loop never rests",
    );
}
