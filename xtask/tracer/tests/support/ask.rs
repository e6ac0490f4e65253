//! Asks what a program waits in, under a condition.

use super::condition::Condition;
use super::marked;
use super::program::{Program, Public};
use serde::{Deserialize, Serialize};
use std::env;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tracer::{Line, Socket, Thread};

/// In the environment of a process that asks: the [`Question`].
const QUESTION_VARIABLE: &str = "TRACER_QUESTION";

/// What the answer follows on the output of a process that asks.
const ANSWER: &str = "answer: ";

#[derive(Serialize, Deserialize)]
pub struct Question {
    pub condition: Condition,
    pub command: Vec<String>,
    /// The system calls that the program ends up in; none for one that runs.
    pub calls: Vec<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    pub condition: Condition,
    pub addresses: Vec<SocketAddr>,
    pub threads: Vec<Thread>,
    pub took: Duration,
}

impl Question {
    /// Starts the program, waits until it hangs, and asks.
    pub fn ask(&self) -> Answer {
        let program = Program::start(&self.command);
        if self.calls.is_empty() {
            program.wait_until_busy();
        } else {
            program.wait_until_in(&self.calls);
        }
        self.condition.impose();
        let began = Instant::now();
        let threads = tracer::waits(program.id(), "programs/hang.rs").unwrap();
        let took = began.elapsed();
        Answer {
            condition: self.condition,
            addresses: program.addresses.clone(),
            threads,
            took,
        }
    }

    /// Asks from a process of its own; `None` where the machine cannot do that.
    fn ask_from_elsewhere(&self) -> Option<Answer> {
        let public = Public::new();
        let own = public.copy(&env::current_exe().unwrap());
        let mut question = Self {
            condition: self.condition,
            command: self.command.clone(),
            calls: self.calls.clone(),
        };
        if Path::new(&self.command[0]).starts_with(env!("CARGO_TARGET_TMPDIR")) {
            let copy = public.copy(Path::new(&self.command[0]));
            question.command[0] = copy.into_os_string().into_string().unwrap();
        }
        let mut command = if self.condition.needs_another_user() {
            if !can_become_another_user() {
                return None;
            }
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                .arg(own);
            command
        } else {
            Command::new(own)
        };
        let output = command
            .args([
                "--exact",
                "answers_from_a_process_of_its_own",
                "--nocapture",
            ])
            .env(QUESTION_VARIABLE, serde_json::to_string(&question).unwrap())
            .current_dir("/")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        // The test harness writes the test's name before it, on the same line.
        let answer = text
            .lines()
            .find_map(|line| Some(line.split_once(ANSWER)?.1));
        let Some(answer) = answer else {
            panic!("{text}{}", String::from_utf8_lossy(&output.stderr));
        };
        Some(serde_json::from_str(answer).unwrap())
    }
}

/// The part of a process that asks: does nothing in any other.
pub fn answer_if_asked() {
    if let Ok(question) = env::var(QUESTION_VARIABLE) {
        let question: Question = serde_json::from_str(&question).unwrap();
        println!(
            "{ANSWER}{}",
            serde_json::to_string(&question.ask()).unwrap()
        );
    }
}

pub fn can_become_another_user() -> bool {
    let tried = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups", "true"])
        .output();
    tried.is_ok_and(|output| output.status.success())
}

/// Says that a part of a test is left out; where everything is required, that fails.
pub fn skip(what: &str) {
    println!("skipped: {what}");
    assert!(
        env::var_os("REQUIRE_ALL").is_none_or(|value| value != "1"),
        "skipped: {what}"
    );
}

/// Asks about `command` under every condition, and checks every answer.
pub fn everywhere(command: &[&str], calls: &[i64], check: impl Fn(&Answer)) {
    for condition in Condition::ALL {
        let question = Question {
            condition,
            command: command.iter().map(|word| (*word).to_owned()).collect(),
            calls: calls.to_vec(),
        };
        let answer = if condition == Condition::Here {
            Some(question.ask())
        } else {
            question.ask_from_elsewhere()
        };
        let Some(answer) = answer else {
            skip("asking as another user needs root and setpriv");
            continue;
        };
        println!("{} ms: {answer:?}", answer.took.as_millis());
        assert!(answer.took < Duration::from_secs(10), "it hangs itself");
        check(&answer);
    }
}

impl Answer {
    pub fn main(&self) -> &Thread {
        assert_eq!(self.threads[0].name, tracer::ThreadName::Main);
        &self.threads[0]
    }

    /// Asserts that `thread` is at the line that is marked so in `hang.rs`: for certain
    /// with ptrace, probably without, and nowhere without the program's memory.
    #[track_caller]
    pub fn assert_at(&self, thread: &Thread, marker: &str) {
        let expected = Line {
            file: "hang.rs".to_owned(),
            line: marked(marker),
            sure: self.condition.allows_ptrace(),
        };
        let expected = self.condition.allows_memory().then_some(expected);
        assert_eq!(thread.line, expected, "{self:?}");
    }

    /// Asserts that `thread` waits in `call`, and returns its sockets.
    #[track_caller]
    pub fn sockets_of<'answer>(&self, thread: &'answer Thread, call: &str) -> &'answer [Socket] {
        match &thread.doing {
            tracer::Doing::Blocked {
                call: found,
                sockets,
                file: _,
            } if found == call => sockets,
            _ => panic!("not in {call}: {self:?}"),
        }
    }

    /// Asserts that the main thread waits in `call` on one socket, at the line marked
    /// so, and returns the socket.
    #[track_caller]
    pub fn main_waits_on_one(&self, call: &str, marker: &str) -> &Socket {
        self.assert_at(self.main(), marker);
        match self.sockets_of(self.main(), call) {
            [socket] => socket,
            _ => panic!("{self:?}"),
        }
    }
}
