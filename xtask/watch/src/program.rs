//! A program that this one has started, and that ends with it at the latest.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

/// How long a program that was asked to end may take to do so. The tool ends all that it
/// has started, within a second.
const LEAVING: Duration = Duration::from_secs(3);

/// Between two looks at a program that was asked to end.
const LOOK: Duration = Duration::from_millis(2);

/// One running program.
pub struct Program {
    child: Child,
}

impl Program {
    /// # Errors
    /// It could not be started.
    pub fn start(mut command: Command) -> io::Result<Self> {
        asks_it_to_end_with_us(&mut command);
        let child = command.spawn()?;
        Ok(Self { child })
    }

    /// How it has ended, if it has.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn ending(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Asks it to end, with all that it has started.
    fn is_asked_to_end(&self) {
        #[cfg(unix)]
        if let Some(id) = rustix::process::Pid::from_raw(self.child.id().cast_signed()) {
            let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
        }
        // Windows has no such question; its own command ends a program's whole tree.
        #[cfg(windows)]
        {
            let mut command = Command::new("taskkill");
            command.args(["/T", "/F", "/PID", &self.child.id().to_string()]);
            let _ = command.output();
        }
    }

    /// Ends it.
    pub fn end(mut self) {
        if !matches!(self.ending(), Ok(None)) {
            return;
        }
        self.is_asked_to_end();
        let asked = Instant::now();
        while matches!(self.ending(), Ok(None)) {
            if asked.elapsed() > LEAVING {
                let _ = self.child.kill();
                let _ = self.child.wait();
                return;
            }
            std::thread::sleep(LOOK);
        }
    }
}

/// Whatever ends this program, the kernel asks the other one to end as well
/// (`PR_SET_PDEATHSIG`, `man 2 prctl`). Other systems have no such thing.
fn asks_it_to_end_with_us(command: &mut Command) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, set_parent_process_death_signal};
        use std::os::unix::process::CommandExt;
        let end = || Ok(set_parent_process_death_signal(Some(Signal::TERM))?);
        // SAFETY: between fork and exec only one system call is made.
        unsafe { command.pre_exec(end) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = command;
}
