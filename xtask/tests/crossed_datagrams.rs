//! The sender of lesson 13 and the receiver of lesson 14 are lessons of their own; here
//! they talk to each other, in Rust and in Python, each with each. All four pairs say the
//! same.

use crate::support::server::{Running, Server, built, is_missing};
use std::path::Path;
use std::process::Command;

/// What is typed: a message, an empty one, a long one, and one that is longer than a
/// datagram can be.
const TYPED: [&str; 5] = ["안녕하세요", "", "#1200", "#65508", "그럼 이만"];

const SENDER_SAYS: [&str; 6] = [
    "보낼 줄을 치세요. #1000은 1000바이트입니다.",
    "보냈습니다: 15바이트",
    "보냈습니다: 0바이트",
    "보냈습니다: 1200바이트",
    "보내지 못했습니다: 65508바이트는 데이터그램 하나에 담을 수 없습니다",
    "보냈습니다: 13바이트",
];

/// Without the sender's address before the colon.
const RECEIVER_SAYS: [&str; 4] = [
    "안녕하세요",
    "",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…",
    "그럼 이만",
];

fn talk(sender: Command, receiver: Command) {
    let receiver = Server::start(receiver, &[]);
    let mut command = sender;
    command.arg(receiver.address.to_string());
    let mut sender = Running::start(command);
    let mut said = vec![sender.line()];
    for line in TYPED {
        sender.is_typed(line);
        said.push(sender.line());
    }
    assert_eq!(said, SENDER_SAYS);
    let mut addresses = Vec::new();
    for due in RECEIVER_SAYS {
        let line = receiver.line();
        let (address, text) = line.split_once(": ").unwrap();
        assert_eq!(text, due);
        addresses.push(address.to_owned());
    }
    addresses.dedup();
    assert_eq!(addresses.len(), 1, "one socket sent them all");
    sender.is_typed_the_end();
    sender.prints_no_more();
    assert!(sender.ends().success());
}

fn solution(lesson: &str) -> Command {
    Command::new(built(lesson, lesson))
}

fn mirror(python: &str, lesson: &str) -> Command {
    let solutions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../solutions");
    let mut command = Command::new(python);
    command.arg(solutions.join(lesson).join("python/main.py"));
    command
}

#[test]
fn the_solutions_talk_to_each_other() {
    talk(
        solution("solution-13-sendto"),
        solution("solution-14-recvfrom"),
    );
}

#[test]
fn mirrors_and_solutions_talk_to_each_other() {
    let Some(python) = probe::python() else {
        return is_missing("Python 3");
    };
    talk(
        mirror(python, "lesson-13-sendto"),
        solution("solution-14-recvfrom"),
    );
    talk(
        solution("solution-13-sendto"),
        mirror(python, "lesson-14-recvfrom"),
    );
    talk(
        mirror(python, "lesson-13-sendto"),
        mirror(python, "lesson-14-recvfrom"),
    );
}
