//! A hanging program: compiled, started, and waited for until it hangs.

use proc::{Process, Syscall, Task};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Compiled as the workspace's dev profile does.
pub fn compiled() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| compile("hang", &["-Cdebuginfo=line-tables-only"]))
}

pub fn compile(name: &str, options: &[&str]) -> PathBuf {
    super::compile("hang", name, options)
}

/// A started program, killed in the end with all that it started.
pub struct Program {
    pub child: Child,
    /// What it printed just before it hangs.
    pub addresses: Vec<SocketAddr>,
}

impl Program {
    pub fn start<I: AsRef<OsStr>>(command: impl IntoIterator<Item = I>) -> Self {
        let mut words = command.into_iter();
        let mut command = Command::new(words.next().unwrap());
        command.args(words);
        Self::spawn(command)
    }

    /// Starts it, and reads the line that it prints just before it hangs.
    pub fn spawn(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.process_group(0).spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let addresses = line.strip_prefix("here").unwrap().split_whitespace();
        let addresses = addresses.map(|address| address.parse().unwrap()).collect();
        Self { child, addresses }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn process(&self) -> Process {
        Process::new(self.id().cast_signed()).unwrap()
    }

    pub fn signal(&self, signal: i32) {
        // SAFETY: only numbers cross. The process has not been waited for.
        assert_eq!(unsafe { libc::kill(self.id().cast_signed(), signal) }, 0);
    }

    /// Waits until every thread waits, one of them in one of `calls`, and stays there.
    pub fn wait_until_in(&self, calls: &[i64]) {
        let mut last = None;
        self.wait_until(|process| {
            let tasks = process.tasks().unwrap();
            let now: Option<Vec<i64>> = tasks.map(waiting_in).collect();
            let stays = now.is_some() && now == last;
            last = now;
            let there = last.iter().flatten().any(|call| calls.contains(call));
            stays && there
        });
    }

    /// Waits until the main thread has used processor time since now: it is in its loop.
    pub fn wait_until_busy(&self) {
        let mut began = None;
        self.wait_until(|process| {
            let used = process.stat().unwrap().ran;
            used >= *began.get_or_insert(used) + 2 * proc::TICK
        });
    }

    pub fn wait_until(&self, mut holds: impl FnMut(Process) -> bool) {
        let process = self.process();
        let began = Instant::now();
        while !holds(process) {
            assert!(began.elapsed() < Duration::from_secs(30), "does not hang");
            thread::sleep(Duration::from_millis(3));
        }
    }
}

/// Stands for the call of a thread that sleeps, where the system does not say in which.
pub const UNSEEN: i64 = -2;

/// The system call that a thread waits in; `None` when it runs.
pub fn waiting_in(task: Task) -> Option<i64> {
    match task.syscall() {
        Ok(Syscall::Waits { number, .. }) => Some(number),
        Ok(_) => None,
        Err(_) => (task.stat().ok()?.state == 'S').then_some(UNSEEN),
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // SAFETY: only a number crosses. It is the group's, which the program leads
        // until it is waited for below.
        unsafe { libc::kill(-self.id().cast_signed(), libc::SIGKILL) };
        let _ = self.child.wait();
    }
}

/// Copies of files where any user may read and run them, gone in the end.
pub struct Public {
    pub folder: PathBuf,
}

impl Public {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = format!("tracer-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    pub fn copy(&self, file: &Path) -> PathBuf {
        let copy = self.folder.join(file.file_name().unwrap());
        // By another process: a file that this one has open to write cannot be run
        // while a program that another test just started still holds it open, too.
        let status = Command::new("install")
            .arg("-m755")
            .args([file, &copy])
            .status();
        assert!(status.unwrap().success());
        copy
    }
}

impl Drop for Public {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
