//! A server as a program of its own, and what the system shows of it.

use anyhow::{Context, Result, ensure};
use std::io::{self, BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What has not come by then is lost.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A server that runs; it is killed with the value.
pub(crate) struct House {
    child: Child,
    keyboard: ChildStdin,
    /// Where it waits, in the order in which it says so.
    addresses: Vec<SocketAddr>,
}

/// What a program has at one moment. Only Linux shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) threads: u64,
    pub(crate) descriptors: usize,
    /// The most memory that it has ever had in use.
    pub(crate) most_kib: u64,
    /// What it took of the processors so far.
    pub(crate) ran: Duration,
}

impl House {
    /// Starts `program` with `arguments`. Each of its first lines says one of its `doors`, the
    /// addresses that it waits at.
    pub(crate) fn open(program: &Path, arguments: &[&str], doors: usize) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        let keyboard = child.stdin.take().context("it has no stdin")?;
        let stdout = BufReader::new(child.stdout.take().context("it has no stdout")?);
        let mut house = Self {
            child,
            keyboard,
            addresses: Vec::new(),
        };
        let mut stdout = house.hear_addresses(stdout, doors)?;
        // Whoever prints is not held up by a full pipe.
        thread::spawn(move || io::copy(&mut stdout, &mut io::sink()));
        Ok(house)
    }

    fn hear_addresses<R: BufRead>(&mut self, mut stdout: R, doors: usize) -> Result<R> {
        for _ in 0..doors {
            let mut line = String::new();
            stdout.read_line(&mut line).context("it says nothing")?;
            let told = line.split_whitespace().find_map(|word| word.parse().ok());
            let address = told.with_context(|| format!("there is no address in {line:?}"))?;
            self.addresses.push(address);
        }
        Ok(stdout)
    }

    /// Where it waits: at its first door, or at another.
    pub(crate) fn address(&self, door: usize) -> Result<SocketAddr> {
        let address = self.addresses.get(door);
        address.copied().context("it has no such door")
    }

    /// What it has now; nothing where the system does not show it.
    #[cfg(target_os = "linux")]
    pub(crate) fn state(&self) -> Result<Option<State>> {
        let process = proc::Process::new(self.child.id().cast_signed())?;
        let status = process.status()?;
        Ok(Some(State {
            threads: status.threads,
            descriptors: process.descriptors()?.count(),
            most_kib: status.most_resident.unwrap_or_default() / 1024,
            ran: process.stat()?.ran,
        }))
    }

    /// What it has now; nothing where the system does not show it.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn state(&self) -> Result<Option<State>> {
        Ok(None)
    }

    /// Waits until it has no more threads and descriptors than `before`.
    pub(crate) fn comes_back_to(&self, before: &State) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while let Some(now) = self.state()? {
            if now.threads <= before.threads && now.descriptors <= before.descriptors {
                break;
            }
            ensure!(
                Instant::now() < until,
                "threads or descriptors of clients that are gone stay: {before:?}, {now:?}"
            );
            thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Ends it with Enter, as its user does.
    pub(crate) fn close(mut self) -> Result<()> {
        writeln!(self.keyboard).context("it has ended already")?;
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait()? {
                ensure!(status.success(), "it ends with {status}");
                return Ok(());
            }
            ensure!(Instant::now() < until, "it does not end");
            thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
