//! What is kept of a run. The JSON names what it holds, with units.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// One run of a bench. What it does not measure is empty, and left out of the JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Where it took place.
    pub system: System,
    /// A request and its reply, each way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub round_trips: Vec<RoundTrips>,
    /// For each length of a message, over each transport.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub throughput: Vec<Throughput>,
    /// What a receiver that does not read gets later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub queue: Vec<Queue>,
    /// Requests of two parts, for each way to write them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<Rounds>,
    /// A crowd of clients in a chat, for each of the course's servers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crowds: Vec<Crowd>,
    /// A remote control, for each way in which commands get through it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remotes: Vec<Remote>,
}

/// Where a run took place. Figures of two systems cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct System {
    /// As Rust names it: `linux`, `macos`, `windows`.
    pub os: String,
    /// As Rust names it: `x86_64`, `aarch64`.
    pub arch: String,
    /// How many threads can run at the same time.
    pub processors: usize,
}

/// What carries the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// A stream (RFC 9293).
    Tcp,
    /// Datagrams (RFC 768).
    Udp,
}

/// How a request reaches the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// All requests on one TCP connection, with TCP_NODELAY.
    TcpOneConnection,
    /// A TCP connection for each request.
    TcpConnectionEach,
    /// Datagrams from one UDP socket.
    Udp,
}

/// How long a request and its reply took, of `bytes` each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundTrips {
    /// How the request reached the server.
    pub way: Way,
    /// Of a request, and of its reply.
    pub bytes: usize,
    /// How many there were.
    pub count: usize,
    /// Half of them were faster; in microseconds.
    pub median_us: f64,
    /// One in a hundred was slower; in microseconds.
    pub p99_us: f64,
}

/// Messages sent as fast as the sender can.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Throughput {
    /// What carried them.
    pub transport: Transport,
    /// Of a message.
    pub bytes: usize,
    /// How many there were.
    pub sent: usize,
    /// As many messages' bytes as arrived; the median of all rounds.
    pub arrived: usize,
    /// What arrived, in MiB (1,048,576 bytes) a second; the median of all rounds.
    pub mib_per_second: f64,
}

/// Messages sent while the receiver reads nothing; it reads afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Queue {
    /// What carried them.
    pub transport: Transport,
    /// Of a message.
    pub bytes: usize,
    /// How many were sent, and how many of them arrived.
    pub points: Vec<(usize, usize)>,
}

/// How a request of two parts is written: a header, and then a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Writing {
    /// Each part by a call of its own.
    TwoCalls,
    /// The same, with TCP_NODELAY.
    TwoCallsNodelay,
    /// Both gathered first.
    OneCall,
    /// Each part to a BufWriter, which is flushed then.
    Buffered,
}

/// How long requests of two parts took, each sent when the reply to the one before had come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rounds {
    /// How a request was written.
    pub writing: Writing,
    /// Of a body; a header of 4 bytes goes before it.
    pub bytes: usize,
    /// How many requests there were in a turn.
    pub count: usize,
    /// All of a turn together; the median of all turns, in milliseconds.
    pub median_ms: f64,
}

/// What a chat server is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Two threads for each client.
    Threads,
    /// One thread, and an event loop (mio).
    Poll,
    /// One thread, and a task for each client (tokio).
    Async,
}

/// A crowd that came to a chat server, some of whom spoke, and all of whom left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crowd {
    /// What the server is made with.
    pub server: Kind,
    /// How many clients there were.
    pub clients: usize,
    /// How many of them were hostile: silent, deaf, broken off, half-closed, or not in UTF-8.
    pub hostile: usize,
    /// How many lines the good ones heard of one another, all together.
    pub heard: usize,
    /// Until all had come and joined, in milliseconds; the median of all crowds.
    pub joining_ms: f64,
    /// From the first line said until the last was heard, in milliseconds; the median.
    pub passing_on_ms: f64,
    /// What the server took of the processors for a crowd, in milliseconds; the mean. Only
    /// Linux shows it.
    pub cpu_ms: Option<f64>,
    /// How many threads the server had while all were there. Only Linux shows it.
    pub threads: Option<u64>,
    /// The most memory that it ever had in use, in MiB. Only Linux shows it.
    pub memory_mib: Option<f64>,
}

/// How commands get from a remote control's server to who carries them out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asking {
    /// The server sends each on a connection that stays.
    Pushed,
    /// By requests of HTTP on a connection that stays.
    Polled,
    /// By requests of HTTP, with a new connection each.
    PolledAnew,
}

/// Commands that a phone sent at irregular moments, each of which was carried out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remote {
    /// How the commands got through.
    pub asking: Asking,
    /// How long who polls rested after each answer, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_ms: Option<u64>,
    /// How many commands there were.
    pub commands: usize,
    /// From the beginning until the last was carried out.
    pub seconds: f64,
    /// How many requests or frames the one who carries out has sent.
    pub messages: usize,
    /// Their bytes, as they were written; headers of TCP and IP come on top.
    pub sent_bytes: usize,
    /// What was read in return, in the same way.
    pub received_bytes: usize,
    /// From a press until it was carried out, in milliseconds; the median.
    pub median_ms: f64,
    /// The longest of them.
    pub worst_ms: f64,
}

impl System {
    /// This one.
    pub fn here() -> Self {
        Self {
            os: std::env::consts::OS.to_owned(),
            arch: std::env::consts::ARCH.to_owned(),
            processors: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

impl Throughput {
    /// In percent of what was sent, as a table and a chart say it: little is not nothing.
    pub fn lost(&self) -> String {
        let lost = self.sent.saturating_sub(self.arrived) as f64 / self.sent.max(1) as f64;
        match 100.0 * lost {
            0.0 => "0%".to_owned(),
            lost if lost < 0.05 => "<0.1%".to_owned(),
            lost => format!("{lost:.1}%"),
        }
    }
}

impl Record {
    /// Nothing measured yet.
    pub(crate) fn of(system: System) -> Self {
        Self {
            system,
            round_trips: Vec::new(),
            throughput: Vec::new(),
            queue: Vec::new(),
            rounds: Vec::new(),
            crowds: Vec::new(),
            remotes: Vec::new(),
        }
    }

    /// Reads a record that [`Record::write`] has written.
    ///
    /// # Errors
    /// There is no such file, or it is no record.
    pub fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        serde_json::from_str(&text)
            .with_context(|| format!("{} is not a record of a bench", file.display()))
    }

    /// Writes the record to `file`, and makes its folder if need be.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        let text = serde_json::to_string_pretty(self).context("the record has no JSON")?;
        fs::write(file, text + "\n").with_context(|| format!("cannot write {}", file.display()))
    }
}
