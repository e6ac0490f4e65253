//! A lesson's program on its own, a server on port 0: its lines are read as they come,
//! and it ends with the value.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The longest wait for a line, or for the end.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A program with its input and its lines.
pub struct Running {
    child: Child,
    stdin: ChildStdin,
    lines: Receiver<String>,
}

/// A program that told its address.
pub struct Server {
    running: Running,
    pub address: SocketAddr,
}

/// What is not installed is skipped by name; with `REQUIRE_ALL=1` that is a failure.
pub fn is_missing(what: &str) {
    let required = std::env::var("REQUIRE_ALL").is_ok_and(|value| value == "1");
    assert!(!required, "{what} is not installed");
    println!("skipped: {what} is not installed");
}

/// The program that `package` builds under the name `program`.
pub fn built(package: &str, program: &str) -> PathBuf {
    static BUILDING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = BUILDING.lock().unwrap_or_else(|lock| lock.into_inner());
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", package, "--bin", program])
        .status()
        .unwrap();
    assert!(status.success(), "{package} does not build");
    assert_cmd::cargo::cargo_bin(program)
}

impl Server {
    /// Starts `command` with port 0 of the loopback address, and `arguments` after it.
    pub fn start(mut command: Command, arguments: &[&str]) -> Self {
        command.arg("127.0.0.1:0").args(arguments);
        let running = Running::start(command);
        let first = running.line();
        let told = first.split_whitespace().find_map(|word| word.parse().ok());
        let address = told.unwrap_or_else(|| panic!("there is no address in {first:?}"));
        Self { running, address }
    }
}

impl Deref for Server {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

impl DerefMut for Server {
    fn deref_mut(&mut self) -> &mut Running {
        &mut self.running
    }
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        command
            .env("PYTHONUTF8", "1")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (teller, lines) = channel();
        thread::spawn(move || {
            let lines = BufReader::new(stdout).lines().map_while(Result::ok);
            // Nobody listens any more when the test is over.
            let _ = lines.into_iter().try_for_each(|line| teller.send(line));
        });
        Self {
            child,
            stdin,
            lines,
        }
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// The next line on stdout.
    pub fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    pub fn is_typed(&mut self, line: &str) {
        writeln!(self.stdin, "{line}").unwrap();
    }

    /// Waits until the program has ended by itself.
    pub fn ends(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "the program does not end");
            thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
