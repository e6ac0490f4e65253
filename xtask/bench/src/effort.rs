//! How much a run measures: enough for figures to be quoted, or as little as a test needs.

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How often each transport takes its turn.
    pub rounds: usize,
    /// How many round trips in a turn; a tenth of them where each has a connection.
    pub round_trips: usize,
    /// How many messages in a turn, by their length in bytes.
    pub messages: &'static [(usize, usize)],
    /// How many messages the longest queue is offered.
    pub queue: usize,
    /// How often a crowd comes to a chat server.
    pub crowds: usize,
    /// How many clients come to a chat server.
    pub clients: usize,
    /// How many of them speak.
    pub speakers: usize,
    /// How many lines each of those says.
    pub lines: usize,
    /// How many commands a phone sends to a remote control.
    pub commands: u64,
    /// How long it rests before each of them, in milliseconds: from, and to less than.
    pub rests_ms: (u64, u64),
    /// How long who polls rests after each answer, in milliseconds.
    pub polls_ms: &'static [u64],
}

impl Effort {
    /// What the book's figures are measured with: some seconds. No message is longer than
    /// macOS lets a datagram be (9,216 bytes).
    pub const FULL: Self = Self {
        rounds: 5,
        round_trips: 4_000,
        messages: &[(64, 200_000), (1_200, 100_000), (8_192, 30_000)],
        queue: 512,
        crowds: 3,
        clients: 1_000,
        speakers: 10,
        lines: 20,
        commands: 20,
        rests_ms: (50, 550),
        polls_ms: &[1_000, 100, 10],
    };
}
