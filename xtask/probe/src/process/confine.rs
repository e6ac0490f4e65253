//! How a program is kept from doing harm: its own process group (a job object on
//! Windows), limits on memory and files, death with the check. Even descendants that left
//! the group are found (Linux): by their parents, by a mark in their environment, and as
//! orphans, which the check adopts.

use crate::process::group::Group;
use crate::process::household::{self, Adopting};
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, Once, PoisonError};

/// The most memory one program may hold, in bytes (256 MiB). Linux counts private
/// writable memory (`RLIMIT_DATA`, `man 2 getrlimit`); other systems do not limit it.
pub const MEMORY_LIMIT: u64 = 256 * 1024 * 1024;

/// The largest file that one program may write, in bytes (64 MiB): beyond it Unix sends
/// SIGXFSZ (`RLIMIT_FSIZE`, `man 2 getrlimit`). Pipes and sockets are no files.
pub const FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// In the environment of a program and all its descendants: whose they are.
const MARK_VARIABLE: &str = "PROBE_SCENE";

/// In the environment of a build and its scripts: whose they are.
const BUILD_VARIABLE: &str = "PROBE_BUILD";

/// A confined program and everything it started.
pub(crate) struct Confined {
    pub(crate) child: Group,
    mark: String,
    killed: bool,
    _adopting: Adopting,
}

/// The groups that a Ctrl-C has to take along: each program's process id and mark.
static LIVE: Mutex<Vec<(u32, String)>> = Mutex::new(Vec::new());

impl Confined {
    pub(crate) fn spawn(mut command: Command) -> io::Result<Self> {
        take_programs_along_on_ctrl_c();
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let mark = format!("{}-{count}", own_mark());
        command.env(MARK_VARIABLE, &mark);
        let adopting = household::adopt_orphans();
        household::reap_orphans();
        #[cfg(target_os = "linux")]
        limit_on_linux(&mut command);
        let child = household::start(|| Group::spawn(command), Group::id)?;
        lock_live().push((child.id(), mark.clone()));
        Ok(Self {
            child,
            mark,
            killed: false,
            _adopting: adopting,
        })
    }

    /// How the program itself ended, if it has: those that it has started may live on.
    pub(crate) fn status(&mut self) -> Option<ExitStatus> {
        self.child.status()
    }

    /// Ends the program, its group and its descendants; once, though it is called twice.
    pub(crate) fn kill(&mut self) {
        if std::mem::replace(&mut self.killed, true) {
            return;
        }
        #[cfg(target_os = "linux")]
        let family = crate::process::linux::descendants_of(self.child.id());
        self.child.kill();
        #[cfg(target_os = "linux")]
        {
            crate::process::linux::kill_family(&family);
            if household::has_orphans() {
                sweep(&self.mark);
            }
        }
        lock_live().retain(|(_, mark)| *mark != self.mark);
    }
}

impl Drop for Confined {
    fn drop(&mut self) {
        self.kill();
        // Reaps the program itself; it was killed, so this does not wait.
        self.child.reap();
        household::forget(self.child.id());
        // Whose an orphan is cannot be told while other programs run.
        household::end_orphans_if_alone();
    }
}

/// This process, as the marks of what it starts name it.
fn own_mark() -> String {
    #[cfg(target_os = "linux")]
    return crate::process::linux::owner();
    #[cfg(not(target_os = "linux"))]
    std::process::id().to_string()
}

fn lock_live() -> std::sync::MutexGuard<'static, Vec<(u32, String)>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A program stands in a process group of its own, so the terminal's Ctrl-C does
/// not reach it; whoever runs the scenarios has to pass it on.
fn take_programs_along_on_ctrl_c() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Fails only where the test binary already has a handler; that one decides.
        let _ = ctrlc::set_handler(|| {
            for (_pid, mark) in lock_live().iter() {
                #[cfg(unix)]
                if let Some(group) = rustix::process::Pid::from_raw(_pid.cast_signed()) {
                    let _ =
                        rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
                }
                sweep(mark);
            }
            household::end_orphans();
            std::process::exit(130);
        });
    });
}

/// Limits on memory and files, and SIGKILL for the program when the thread that started it is
/// gone (`PR_SET_PDEATHSIG`, `man 2 prctl`): a killed check leaves nothing behind.
#[cfg(target_os = "linux")]
fn limit_on_linux(command: &mut Command) {
    use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};
    use std::os::unix::process::CommandExt;
    let limit = Rlimit {
        current: Some(MEMORY_LIMIT),
        maximum: Some(MEMORY_LIMIT),
    };
    let longest = Rlimit {
        current: Some(FILE_LIMIT),
        maximum: Some(FILE_LIMIT),
    };
    let confine = move || {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        setrlimit(Resource::Data, limit)?;
        setrlimit(Resource::Fsize, longest)?;
        Ok(())
    };
    // SAFETY: between fork and exec only three system calls are made; nothing is
    // allocated and no lock is taken.
    unsafe { command.pre_exec(confine) };
}

/// Ends every process with this mark, also one that left its process group. Only Linux
/// shows the environment (`man 5 proc`); elsewhere this does nothing.
fn sweep(mark: &str) {
    #[cfg(target_os = "linux")]
    crate::process::linux::kill_marked(MARK_VARIABLE, mark);
    #[cfg(not(target_os = "linux"))]
    let _ = mark;
}

/// Ends what checks have left behind that could not see to it themselves, because they
/// were killed: the programs' descendants, and build scripts in the folder `built`. On
/// Linux only.
pub fn sweep_what_was_left_behind(built: &Path) {
    #[cfg(target_os = "linux")]
    {
        crate::process::linux::kill_left_behind(MARK_VARIABLE);
        crate::process::linux::kill_left_behind_in(BUILD_VARIABLE, built);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = built;
}

/// Makes `command`, a build or a test binary, end with this process, however that ends
/// (Linux: `PR_SET_PDEATHSIG`), and marks it as its own for
/// [`sweep_what_was_left_behind`].
pub fn dies_with_us(command: &mut Command) {
    command.env(BUILD_VARIABLE, own_mark());
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, set_parent_process_death_signal};
        use std::os::unix::process::CommandExt;
        let die = || Ok(set_parent_process_death_signal(Some(Signal::KILL))?);
        // SAFETY: between fork and exec only one system call is made.
        unsafe { command.pre_exec(die) };
    }
}
