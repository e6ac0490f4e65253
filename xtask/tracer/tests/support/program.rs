//! A hanging program: compiled, started, and waited for until it hangs.

use procfs::process::{Process, Syscall};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

/// Compiled as the workspace's dev profile does.
pub fn compiled() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| compile("hang", &["-Cdebuginfo=line-tables-only"]))
}

pub fn compile(name: &str, options: &[&str]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/hang.rs");
    let status = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into()))
        .args(["--edition=2024", "--crate-name=hang"])
        .args(options)
        .arg("-o")
        .args([&path, &source])
        .status();
    assert!(status.unwrap().success());
    path
}

/// A started program, killed in the end.
pub struct Program {
    pub child: Child,
    /// What it printed just before it hangs.
    pub addresses: Vec<SocketAddr>,
}

impl Program {
    /// Starts it, and reads the line that it prints just before it hangs.
    pub fn start<I: AsRef<OsStr>>(command: impl IntoIterator<Item = I>) -> Self {
        let mut words = command.into_iter();
        let mut child = Command::new(words.next().unwrap())
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
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

    /// Waits until every thread waits, one of them in one of `calls`, and stays there.
    pub fn wait_until_in(&self, calls: &[i64]) {
        let mut last = None;
        self.wait_until(|process| {
            let now = waiting_in(process);
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
            let Ok(stat) = process.stat() else {
                return false;
            };
            let used = stat.utime + stat.stime;
            used >= *began.get_or_insert(used) + 2
        });
    }

    fn wait_until(&self, mut holds: impl FnMut(&Process) -> bool) {
        let process = Process::new(self.id().cast_signed()).unwrap();
        let began = Instant::now();
        while !holds(&process) {
            assert!(began.elapsed() < Duration::from_secs(30), "does not hang");
            thread::sleep(Duration::from_millis(3));
        }
    }

    /// The state letter of the main thread (`man 5 proc_pid_stat`).
    pub fn state(&self) -> char {
        let process = Process::new(self.id().cast_signed()).unwrap();
        process.stat().unwrap().state
    }
}

/// The call of every thread; `None` when one of them runs.
fn waiting_in(process: &Process) -> Option<Vec<i64>> {
    let tasks = process.tasks().ok()?;
    let calls = tasks.map(|task| match task.ok()?.syscall().ok()? {
        Syscall::Blocked { syscall_number, .. } => Some(syscall_number),
        _ => None,
    });
    calls.collect()
}

impl Drop for Program {
    fn drop(&mut self) {
        // Errors say that it has ended and was waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Copies of files where any user may read and run them, gone in the end.
pub struct Public {
    folder: PathBuf,
}

impl Public {
    pub fn new(name: &str) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("tracer-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    pub fn copy(&self, file: &Path) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let copy = self.folder.join(file.file_name().unwrap());
        fs::copy(file, &copy).unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        copy
    }
}

impl Drop for Public {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
