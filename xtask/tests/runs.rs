//! The runs that the book steps through: every lesson has one, each call in them has the line
//! that makes it, and recorded again they are the same.

use crate::support::root;
use recording::{Event, Run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// In a page, beside the list of its steps.
const MOST_BYTES: usize = 15_000;

/// What a line says that makes this call: the method's name, or what brings the call about.
const SAYS: [(&str, &[&str]); 21] = [
    (
        "socket",
        &[
            "Socket::new",
            "TcpListener::bind",
            "TcpStream::connect",
            "UdpSocket::bind",
        ],
    ),
    ("setsockopt", &["set_", "TcpListener::bind"]),
    (
        "getsockopt",
        &["connect_timeout", "take_error", "r#type()", "limit"],
    ),
    (
        "fcntl",
        &["set_nonblocking", "try_clone", "connect_timeout"],
    ),
    ("bind", &["bind("]),
    ("listen", &["listen(", "TcpListener::bind"]),
    ("accept", &["accept("]),
    ("connect", &["connect"]),
    ("getsockname", &["local_addr"]),
    ("getpeername", &["peer_addr"]),
    ("send", &["send", "write"]),
    ("sendto", &["send_to"]),
    ("recv", &["recv", "read", "fill_buf"]),
    ("recvfrom", &["recv_from"]),
    ("shutdown", &["shutdown"]),
    ("poll", &["connect_timeout"]),
    ("epoll_create1", &["Builder::new", "Poll::new"]),
    (
        "epoll_ctl",
        &["TcpListener::bind", "accept(", "register(", "Waker::new"],
    ),
    ("epoll_wait", &["block_on(", "poll.poll("]),
    ("dup", &["try_clone"]),
    ("ioctl", &["connect_timeout", "set_nonblocking"]),
];

/// All runs, with the folder of their solution.
fn runs() -> Vec<(PathBuf, Run)> {
    let mut found = Vec::new();
    for solution in fs::read_dir(root().join("solutions")).unwrap() {
        let solution = solution.unwrap().path();
        for file in fs::read_dir(solution.join("runs")).into_iter().flatten() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|it| it == "jsonl") {
                let text = fs::read_to_string(&file).unwrap();
                let run = Run::of_lines(&text).unwrap();
                assert!(
                    text.len() <= MOST_BYTES,
                    "{}: {}",
                    file.display(),
                    text.len()
                );
                assert_eq!(
                    file.file_stem().unwrap().to_str(),
                    Some(run.scenario.as_str())
                );
                found.push((solution.clone(), run));
            }
        }
    }
    found
}

#[test]
fn every_lesson_from_01_on_has_one() {
    let mut of: BTreeMap<String, usize> = BTreeMap::new();
    for (solution, run) in runs() {
        assert_eq!(
            solution.file_name().unwrap().to_str(),
            Some(run.lesson.as_str())
        );
        *of.entry(run.lesson).or_default() += 1;
    }
    let lessons = fs::read_dir(root().join("lessons")).unwrap();
    let names = lessons.map(|lesson| lesson.unwrap().file_name().into_string().unwrap());
    let names: Vec<_> = names
        .filter(|name| name.starts_with("lesson-") && !name.starts_with("lesson-00"))
        .collect();
    assert!(names.len() > 14);
    for name in names {
        assert!(of.contains_key(&name), "{name} has no run");
    }
}

/// Who reads a call looks at the line beside it: that line makes it.
#[test]
fn a_call_s_line_makes_it() {
    let mut looked_at = 0;
    for (solution, run) in runs() {
        let calls = run.events.iter().filter_map(Event::call);
        for call in calls {
            let line = call.line.as_ref().unwrap();
            let text = fs::read_to_string(solution.join(Path::new(&line.file))).unwrap();
            let said = text.lines().nth(line.line as usize - 1).unwrap();
            let first = call.arguments.first().map(|it| it.value.as_str());
            let makes: &[&str] = match (call.name.as_str(), first) {
                ("write", Some("1")) => &["println!", "print!"],
                ("write", Some("2")) => &["eprintln!"],
                ("read", Some("0")) => &["read_line", "lines", "line"],
                // A socket is closed where its owner's scope ends, or in the statement that drops it.
                ("close", _) => &["}", "drop(", ";"],
                (name, _) => SAYS
                    .iter()
                    .find_map(|(known, words)| (*known == name).then_some(*words))
                    .unwrap_or_else(|| panic!("{}: {name} has no words", run.lesson)),
            };
            assert!(
                makes.iter().any(|word| said.contains(word)),
                "{} {}:{}: {} is not made by {said}",
                run.lesson,
                line.file,
                line.line,
                call.name
            );
            looked_at += 1;
        }
    }
    assert!(looked_at > 100);
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn recorded_again_they_are_the_same() {
    let assert = crate::support::xtask()
        .args(["dev", "record", "--check", "--lang", "en"])
        .assert();
    assert.code(0).stdout("");
}
