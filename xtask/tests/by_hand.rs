//! What a check has shown can be repeated by hand: `run` starts a program as a scenario
//! does, `talk` plays the peer, and the script of a failing report shows the same failure to
//! whoever runs it, and with the right program none.

use crate::support::server::{Running, Server, built};
use crate::support::{SharedCopy, root, xtask, xtask_in};
use predicates::str::contains;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// A wrong program of another hand that needs std alone.
fn wrong(lesson: &str, name: &str) -> PathBuf {
    let source = root().join("solutions").join(lesson).join("others/wrong");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("by-hand-{name}"));
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let status = Command::new(rustc)
        .args(["--edition", "2024", "-o"])
        .args([&program, &source.join(name).with_extension("rs")])
        .status()
        .unwrap();
    assert!(status.success(), "{name} does not compile");
    program
}

/// What the report of a failing check says to type for its peer: the words behind
/// `cargo xtask`.
fn peer_of(report: &[u8]) -> Vec<String> {
    let report = String::from_utf8_lossy(report);
    let told = report.split_once("peer     cargo xtask ");
    let (_, told) = told.unwrap_or_else(|| panic!("there is no peer in {report}"));
    let line = told.lines().next().unwrap();
    line.split(' ').map(str::to_owned).collect()
}

/// `None` on a machine that is too busy for a verdict on waits.
fn peer_of_check(lesson: &str, option: &str, program: &Path) -> Option<Vec<String>> {
    let program = program.display().to_string();
    let check = ["check", lesson, option, &program, "--lang", "en"];
    let output = xtask().args(check).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    match output.status.code() {
        Some(1) => Some(peer_of(&output.stdout)),
        Some(3) if said.contains("could not be judged") => {
            assert_ne!(std::env::var("REQUIRE_ALL").as_deref(), Ok("1"), "{said}");
            eprintln!("skipped: this machine is too busy to judge waits");
            None
        }
        code => panic!("{code:?}: {said}"),
    }
}

/// The peer as it was told, quick and without times; at `address`, where it goes to one.
fn peer(told: &[String], address: Option<SocketAddr>) -> Command {
    static BUILDING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = BUILDING.lock().unwrap_or_else(|lock| lock.into_inner());
    let mut peer = Command::new(env!("CARGO_BIN_EXE_xtask"));
    peer.current_dir(root());
    for word in told {
        match (word.as_str(), address) {
            ("127.0.0.1:PORT", Some(address)) => peer.arg(address.to_string()),
            _ => peer.arg(word),
        };
    }
    peer.args(["--lang", "en", "--no-times", "--patience", "2000"]);
    peer
}

/// What the peer shows that plays this script with a server, and its exit status.
fn played_with(told: &[String], server: &Server) -> (i32, String) {
    let mut peer = peer(told, Some(server.address));
    let output = peer.stdin(std::process::Stdio::null()).output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), shown)
}

/// Lesson 09: the reply never comes.
#[test]
fn a_server_that_hangs_does_so_by_hand() {
    let program = wrong(
        "lesson-09-one-shot",
        "server--reads-the-rest-before-it-replies",
    );
    let Some(told) = peer_of_check("09", "--server", &program) else {
        return;
    };
    let (code, shown) = played_with(&told, &Server::start(Command::new(&program), &[]));
    assert_eq!(code, 1);
    let silence = "recv      silence (26 bytes were waited for, and 0 came)\n";
    assert!(shown.contains(silence), "{shown}");

    let right = Command::new(built("solution-09-one-shot", "solution-09-server"));
    let (code, shown) = played_with(&told, &Server::start(right, &[]));
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("recv      \"네, 잘 들었습니다.\\n\" 26 bytes\n"));
}

/// Lesson 15: what is no text comes back as another.
#[test]
fn a_datagram_that_comes_back_changed_does_so_by_hand() {
    let program = wrong("lesson-15-udp-echo", "server--sends-back-text-only");
    let Some(told) = peer_of_check("15", "--server", &program) else {
        return;
    };
    let (_, shown) = played_with(&told, &Server::start(Command::new(&program), &[]));
    assert!(
        shown.contains("recv      \"\u{fffd}\\u{0}\u{fffd}\" 7 bytes from"),
        "{shown}"
    );

    let right = Command::new(built("solution-15-udp-echo", "solution-15-server"));
    let (code, shown) = played_with(&told, &Server::start(right, &[]));
    assert_eq!(code, 0);
    assert!(
        shown.contains("recv      [ff] \"\\u{0}\" [fe] 3 bytes from"),
        "{shown}"
    );
}

/// A peer that listens, as it was told, and a client that goes to it; after the first line
/// that the peer shows, both run.
fn visited_by(told: &[String], client: &Path, typed: Option<&str>) -> (Running, Running) {
    let peer = Running::start(peer(told, None));
    let first = peer.line();
    let address = first
        .strip_prefix("listen    ")
        .unwrap_or_else(|| panic!("{first}"));
    let mut command = Command::new(client);
    command.arg(address);
    let mut client = Running::start(command);
    if let Some(line) = typed {
        client.is_typed(line);
    }
    (peer, client)
}

/// Lesson 11: an echo that is shorter than what was typed.
#[test]
fn a_client_that_gives_up_does_so_by_hand() {
    let program = wrong("lesson-11-echo", "client--wants-exactly-what-it-sent");
    let Some(told) = peer_of_check("11", "--client", &program) else {
        return;
    };
    let (_peer, mut client) = visited_by(&told, &program, Some("안녕하세요"));
    assert_eq!(client.ends().code(), Some(1));

    let right = built("solution-11-echo", "solution-11-client");
    let (_peer, client) = visited_by(&told, &right, Some("안녕하세요"));
    assert_eq!(client.line(), "메아리: 안녕!");
}

/// Lesson 12: RST within the reply.
#[test]
fn a_client_that_a_reset_ends_ends_by_hand() {
    let program = wrong("lesson-12-mobile-client", "a-reset-is-final");
    let Some(told) = peer_of_check("12", "--client", &program) else {
        return;
    };
    let (_peer, mut client) = visited_by(&told, &program, None);
    assert_eq!(client.ends().code(), Some(1));

    let right = built("solution-12-mobile-client", "solution-12-mobile-client");
    let (_peer, client) = visited_by(&told, &right, None);
    let failed = |client: &Running| client.line().starts_with("1번째 시도 실패");
    assert!(
        failed(&client) || failed(&client),
        "one line is on where it goes"
    );
}

/// Lesson 04, and 05 for `run`: on a copy of the workspace, for it is the learner's own
/// program that is built. One test, for the copy is one.
#[test]
fn a_learner_repeats_what_the_report_says() {
    let copy = SharedCopy::fresh();
    let solutions = root().join("solutions");
    let program = |lesson: &str| copy.join("lessons").join(lesson).join("src/main.rs");
    let accept = solutions.join("lesson-04-accept");
    let wrong = accept.join("others/wrong/waits-for-a-word-first.rs");
    fs::copy(wrong, program("lesson-04-accept")).unwrap();
    let connect = solutions.join("lesson-05-connect/src/main.rs");
    fs::copy(connect, program("lesson-05-connect")).unwrap();

    let check = ["check", "04", "--lang", "en"];
    let assert = xtask_in(&copy).args(check).assert().code(1);
    let mut told = peer_of(&assert.get_output().stdout);
    let script = told.pop().unwrap();
    assert_eq!(script, "target/xtask/04-2.talk");
    told.push(copy.join(script).display().to_string());
    let run = |copy: &Path| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_xtask"));
        run.current_dir(copy).args(["run", "04"]);
        run
    };
    let (code, shown) = played_with(&told, &Server::start(run(&copy), &[]));
    assert_eq!(code, 1);
    let silence = "recv      silence (15 bytes were waited for, and 0 came)\n";
    assert!(shown.contains(silence), "{shown}");
    fs::copy(accept.join("src/main.rs"), program("lesson-04-accept")).unwrap();
    let (code, shown) = played_with(&told, &Server::start(run(&copy), &[]));
    assert_eq!(code, 0, "{shown}");

    let like = ["run", "05", "--like", "rejects_a_port_that_is_too_large"];
    let assert = xtask_in(&copy).args(like).assert().code(1);
    let said = contains("실행  lesson-05-connect 127.0.0.1:70000\n");
    assert
        .stderr(said)
        .stderr(contains("프로그램이 끝났습니다: 종료 코드 10\n"));
    fs::write(program("lesson-05-connect"), "fn main() { oh }").unwrap();
    let assert = xtask_in(&copy).args(["run", "05", "x"]).assert().code(1);
    assert.stderr(contains("src/main.rs:1"));
}

/// Exit status 2 and a single line on stderr that says `word`.
fn is_answered_with_one_sentence(arguments: &[&str], word: &str) {
    for lang in ["ko", "en"] {
        let assert = xtask().args(arguments).args(["--lang", lang]).assert();
        let assert = assert.code(2).stdout("");
        let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(word), "{said:?} does not say {word:?}");
    }
}

#[test]
fn what_cannot_be_run_or_talked_to_is_said_in_one_sentence() {
    is_answered_with_one_sentence(&["run"], "LESSON");
    is_answered_with_one_sentence(&["run", "99"], "99");
    is_answered_with_one_sentence(&["run", "09"], "--client");
    is_answered_with_one_sentence(&["run", "09", "--server", "--client"], "--client");
    is_answered_with_one_sentence(&["run", "09", "--like", "replies"], "replies_and_parts");
    is_answered_with_one_sentence(&["run", "05", "--port", "1"], "--like");
    is_answered_with_one_sentence(&["run", "05", "--like", "connects", "--port", "a"], "a");
    let own_port = ["run", "05", "--like", "connects", "--port", "70000"];
    is_answered_with_one_sentence(&own_port, "70000");
    let like = ["run", "11", "--client", "--like"];
    let with_a_peer = [&like[..], &["sends_a_typed_line_and_prints_its_echo"]].concat();
    is_answered_with_one_sentence(&with_a_peer, "cargo xtask talk --listen --script");
    let of_the_server = [&like[..], &["sends_each_line_back"]].concat();
    is_answered_with_one_sentence(&of_the_server, "sends_each_line_back");
    is_answered_with_one_sentence(&["talk", "9", "--script", "no.talk"], "no.talk");
    is_answered_with_one_sentence(&["talk", "9", "--patience", "long"], "long");
    is_answered_with_one_sentence(&["talk", "9", "--tcp"], "--tcp");
}
