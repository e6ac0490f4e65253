//! A program of its own that a test talks with: its lines are read as they come, and it
//! ends with the value. A lesson's server is one, started on port 0.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The longest wait for a line, or for the end.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Running {
    child: Child,
    /// None when nothing more is typed.
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

pub struct Server {
    program: Running,
    pub address: SocketAddr,
}

/// What is not installed is skipped by name; with `REQUIRE_ALL=1` that is a failure.
pub fn is_missing(what: &str) {
    let required = std::env::var("REQUIRE_ALL").is_ok_and(|value| value == "1");
    assert!(!required, "{what} is not installed");
    println!("skipped: {what} is not installed");
}

/// The program that `package` builds under the name `program`, where this test was built, too.
pub fn built(package: &str, program: &str) -> PathBuf {
    static BUILDING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = BUILDING.lock().unwrap_or_else(|lock| lock.into_inner());
    let test = std::env::current_exe().unwrap();
    // target/debug/deps/test
    let [_, _, profile, target] = test.ancestors().take(4).collect::<Vec<_>>()[..] else {
        panic!("{} is not where cargo puts a test", test.display());
    };
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", package, "--bin", program])
        .arg("--target-dir")
        .arg(target)
        .status()
        .unwrap();
    assert!(status.success(), "{package} does not build");
    profile.join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        command
            .env("PYTHONUTF8", "1")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (teller, lines) = channel();
        thread::spawn(move || {
            let lines = stdout.split(b'\n').map_while(Result::ok);
            // Nobody listens any more when the test is over.
            let _ = lines.into_iter().try_for_each(|line| {
                let line = String::from_utf8_lossy(&line);
                teller.send(line.into_owned())
            });
        });
        Self {
            stdin: child.stdin.take(),
            child,
            lines,
        }
    }

    /// The next line on stdout, without its newline.
    pub fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    /// Nothing more is printed, and stdout is closed.
    pub fn prints_no_more(&self) {
        let next = self.lines.recv_timeout(PATIENCE);
        assert_eq!(next, Err(RecvTimeoutError::Disconnected));
    }

    pub fn is_typed(&mut self, line: &str) {
        writeln!(self.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// The end of the input, as with Ctrl-D.
    pub fn is_typed_the_end(&mut self) {
        self.stdin = None;
    }

    /// Waits until it has ended by itself.
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

impl Server {
    /// Starts `command` with port 0 of the loopback address, and `arguments` after it.
    pub fn start(mut command: Command, arguments: &[&str]) -> Self {
        command.arg("127.0.0.1:0").args(arguments);
        let program = Running::start(command);
        let first = program.line();
        let told = first.split_whitespace().find_map(|word| word.parse().ok());
        let address = told.unwrap_or_else(|| panic!("there is no address in {first:?}"));
        Self { program, address }
    }

    pub fn process(&self) -> u32 {
        self.program.child.id()
    }

    pub fn line(&self) -> String {
        self.program.line()
    }

    pub fn is_typed(&mut self, line: &str) {
        self.program.is_typed(line);
    }

    pub fn ends(&mut self) -> ExitStatus {
        self.program.ends()
    }
}
