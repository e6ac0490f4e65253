//! A child that is ended with all that it has started: it leads a process group (`man 2
//! setpgid`), or on Windows it has a job object.

#[cfg(unix)]
pub(crate) use unix::Group;
#[cfg(windows)]
pub(crate) use windows::Group;

#[cfg(unix)]
mod unix {
    use rustix::process::{Pid, Signal, kill_process_group};
    use std::io;
    use std::os::unix::process::CommandExt;
    use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus};

    pub(crate) struct Group {
        child: Child,
    }

    impl Group {
        /// Its stdin, stdout and stderr, as far as they are pipes that nobody has taken.
        pub(crate) fn pipes(
            &mut self,
        ) -> (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>) {
            let child = &mut self.child;
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        }

        pub(crate) fn spawn(mut command: Command) -> io::Result<Self> {
            let child = command.process_group(0).spawn()?;
            Ok(Self { child })
        }

        pub(crate) fn id(&self) -> u32 {
            self.child.id()
        }

        /// How the child itself ended, if it has: those that it has started may live on.
        pub(crate) fn status(&mut self) -> Option<ExitStatus> {
            self.child.try_wait().ok().flatten()
        }

        /// Ends all of them. The group may be gone already.
        pub(crate) fn kill(&mut self) {
            let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        }

        /// Waits for the child itself, which was killed.
        pub(crate) fn reap(&mut self) {
            let _ = self.child.wait();
        }
    }
}

#[cfg(windows)]
mod windows {
    use process_wrap::std::{ChildWrapper, CommandWrap, JobObject};
    use std::io;
    use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus};

    pub(crate) struct Group {
        wrapped: Box<dyn ChildWrapper>,
    }

    impl Group {
        /// Its stdin, stdout and stderr, as far as they are pipes that nobody has taken.
        pub(crate) fn pipes(
            &mut self,
        ) -> (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>) {
            let child = &mut self.wrapped;
            let stdin = child.stdin().take();
            (stdin, child.stdout().take(), child.stderr().take())
        }

        pub(crate) fn spawn(command: Command) -> io::Result<Self> {
            let mut wrapped = CommandWrap::from(command);
            wrapped.wrap(JobObject);
            Ok(Self {
                wrapped: wrapped.spawn()?,
            })
        }

        pub(crate) fn id(&self) -> u32 {
            self.wrapped.id()
        }

        /// How the child itself ended, if it has: those that it has started may live on.
        pub(crate) fn status(&mut self) -> Option<ExitStatus> {
            self.wrapped.inner_mut().try_wait().ok().flatten()
        }

        /// Ends all of them. The job may be over already.
        pub(crate) fn kill(&mut self) {
            let _ = self.wrapped.start_kill();
        }

        /// Waits for what was killed.
        pub(crate) fn reap(&mut self) {
            let _ = self.wrapped.wait();
        }
    }
}
