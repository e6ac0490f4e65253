//! How a program is kept from doing harm: its own process group (a job object on
//! Windows), a memory limit, death with the check, and a mark in its environment
//! by which even descendants that left the group are found (Linux).

use process_wrap::std::{ChildWrapper, CommandWrap};
use std::io;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, Once, PoisonError};

/// The most memory one program may hold, in bytes (256 MiB). Linux counts private
/// writable memory (`RLIMIT_DATA`, `man 2 getrlimit`); other systems do not limit it.
pub const MEMORY_LIMIT: u64 = 256 * 1024 * 1024;

/// In the environment of a program and all its descendants.
const MARK_VARIABLE: &str = "PROBE_SCENE";

/// A confined program and everything it started.
pub(crate) struct Confined {
    pub(crate) child: Box<dyn ChildWrapper>,
    mark: String,
}

/// The groups that a Ctrl-C has to take along: each program's process id and mark.
static LIVE: Mutex<Vec<(u32, String)>> = Mutex::new(Vec::new());

impl Confined {
    pub(crate) fn spawn(mut command: Command) -> io::Result<Self> {
        take_programs_along_on_ctrl_c();
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let mark = format!("{}-{count}", std::process::id());
        command.env(MARK_VARIABLE, &mark);
        #[cfg(target_os = "linux")]
        limit_on_linux(&mut command);
        let mut wrapped = CommandWrap::from(command);
        #[cfg(unix)]
        wrapped.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        wrapped.wrap(process_wrap::std::JobObject);
        let child = wrapped.spawn()?;
        lock_live().push((child.id(), mark.clone()));
        Ok(Self { child, mark })
    }

    /// Ends the program, its group and its marked descendants. Safe to call twice.
    pub(crate) fn kill(&mut self) {
        // An error says that the group is gone already.
        let _ = self.child.start_kill();
        sweep(MARK_VARIABLE, &self.mark);
        lock_live().retain(|(_, mark)| *mark != self.mark);
    }
}

impl Drop for Confined {
    fn drop(&mut self) {
        self.kill();
        // Reaps the program itself; it was killed, so this does not wait.
        let _ = self.child.wait();
    }
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
                sweep(MARK_VARIABLE, mark);
            }
            std::process::exit(130);
        });
    });
}

/// A memory limit, and SIGKILL for the program when the thread that started it is
/// gone (`PR_SET_PDEATHSIG`, `man 2 prctl`): a killed check leaves nothing behind.
#[cfg(target_os = "linux")]
fn limit_on_linux(command: &mut Command) {
    use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};
    use std::os::unix::process::CommandExt;
    let limit = Rlimit {
        current: Some(MEMORY_LIMIT),
        maximum: Some(MEMORY_LIMIT),
    };
    let confine = move || {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        setrlimit(Resource::Data, limit)?;
        Ok(())
    };
    // SAFETY: between fork and exec only two system calls are made; nothing is
    // allocated and no lock is taken.
    unsafe { command.pre_exec(confine) };
}

/// Ends every process that has `variable=value` in its environment, also one that
/// left its process group. Only Linux shows the environment (`man 5 proc`);
/// elsewhere this does nothing.
pub fn sweep(variable: &str, value: &str) {
    #[cfg(target_os = "linux")]
    crate::process::linux::kill_marked(variable, value);
    #[cfg(not(target_os = "linux"))]
    let _ = (variable, value);
}
