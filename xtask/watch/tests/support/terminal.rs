//! A pseudo-terminal of 80 columns with a program in it that leads its session, as a shell
//! would start it (`man 7 pty`). What stands on the screen is what a person would see.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const ROWS: NonZero<u16> = NonZero::new(40).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(80).unwrap();

/// Between two looks at whether the terminal is closed, or the program has ended.
const LOOK: Duration = Duration::from_millis(5);

/// How long a test waits before it has waited in vain, unless it says otherwise.
const IN_TIME: Duration = Duration::from_secs(30);

/// What was shown so far.
struct Shown {
    screen: Mutex<vt100::Parser>,
    changed: Condvar,
    closed: AtomicBool,
}

pub struct Terminal {
    program: Child,
    keyboard: Option<File>,
    shown: Arc<Shown>,
    reading: Option<JoinHandle<()>>,
    patience: Duration,
}

impl Terminal {
    /// Starts `command` in a terminal of its own.
    pub fn of(mut command: Command) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC);
        let master = master.unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let size = Winsize {
            ws_row: ROWS.get(),
            ws_col: COLUMNS.get(),
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&master, size).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(name, flags, rustix::fs::Mode::empty()).unwrap();
        command
            .stdin(slave.try_clone().unwrap())
            .stdout(slave.try_clone().unwrap())
            .stderr(slave);
        let leads_its_session = || {
            rustix::process::setsid()?;
            rustix::process::ioctl_tiocsctty(rustix::stdio::stdin())?;
            Ok(())
        };
        // SAFETY: between fork and exec only two system calls are made.
        unsafe { command.pre_exec(leads_its_session) };
        let program = command.spawn().unwrap();
        let shown = Arc::new(Shown {
            screen: Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)),
            changed: Condvar::new(),
            closed: AtomicBool::new(false),
        });
        let keyboard = File::from(master);
        let (output, for_reader) = (keyboard.try_clone().unwrap(), Arc::clone(&shown));
        Self {
            program,
            keyboard: Some(keyboard),
            reading: Some(std::thread::spawn(move || read(output, &for_reader))),
            shown,
            patience: IN_TIME,
        }
    }

    /// From here on a test waits for so long.
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    pub fn types(&mut self, keys: &str) {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until all of `texts` stand on the screen at once, and returns the screen.
    pub fn shows(&self, texts: &[&str]) -> String {
        let started = Instant::now();
        let mut screen = self.shown.screen.lock().unwrap();
        loop {
            let text = screen.screen().contents();
            if texts.iter().all(|wanted| text.contains(wanted)) {
                return text;
            }
            let left = self.patience.checked_sub(started.elapsed());
            let Some(left) = left else {
                panic!("{texts:?} never came; the screen:\n{text}");
            };
            screen = self.shown.changed.wait_timeout(screen, left).unwrap().0;
        }
    }

    /// Are lines waited for, and echoed?
    pub fn is_as_a_shell_has_it(&self) -> bool {
        let modes = tcgetattr(self.keyboard.as_ref().unwrap()).unwrap();
        let both = LocalModes::ICANON | LocalModes::ECHO;
        modes.local_modes.contains(both)
    }

    /// Lines are waited for and echoed from here on.
    pub fn is_set_as_a_shell_has_it(&self) {
        let keyboard = self.keyboard.as_ref().unwrap();
        let mut modes = tcgetattr(keyboard).unwrap();
        modes.local_modes |= LocalModes::ICANON | LocalModes::ECHO;
        tcsetattr(keyboard, OptionalActions::Now, &modes).unwrap();
    }

    /// Closes the window.
    pub fn closes(&mut self) {
        self.shown.closed.store(true, Ordering::Relaxed);
        if let Some(reading) = self.reading.take() {
            reading.join().unwrap();
        }
        self.keyboard = None;
    }

    pub fn id(&self) -> u32 {
        self.program.id()
    }

    /// How the program ends, by itself.
    pub fn ends(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.program.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < self.patience, "it does not end");
            std::thread::sleep(LOOK);
        }
    }
}

impl Drop for Terminal {
    /// A test that has failed leaves nothing behind.
    fn drop(&mut self) {
        self.shown.closed.store(true, Ordering::Relaxed);
        if let Some(reading) = self.reading.take() {
            let _ = reading.join();
        }
        self.keyboard = None;
        let ended = Instant::now();
        while matches!(self.program.try_wait(), Ok(None)) {
            if ended.elapsed() > IN_TIME {
                let _ = self.program.kill();
                let _ = self.program.wait();
            }
            std::thread::sleep(LOOK);
        }
    }
}

/// Until the terminal is closed, or nobody has its other end any more.
fn read(mut output: File, shown: &Shown) {
    let look = Timespec::try_from(LOOK).unwrap();
    let mut bytes = [0; 4096];
    while !shown.closed.load(Ordering::Relaxed) {
        let ready = poll(&mut [PollFd::new(&output, PollFlags::IN)], Some(&look));
        if ready != Ok(1) {
            continue;
        }
        let Ok(length @ 1..) = output.read(&mut bytes) else {
            return;
        };
        shown.screen.lock().unwrap().process(&bytes[..length]);
        shown.changed.notify_all();
    }
}
