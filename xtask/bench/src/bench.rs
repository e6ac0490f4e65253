//! What there is to be measured, by the names that `cargo xtask bench` takes.

/// One bench: what a run measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bench {
    /// TCP and UDP side by side.
    UdpAndTcp,
    /// Requests of two parts, in two calls or in one.
    SmallWrites,
    /// A crowd in each of the chat servers.
    Chat,
    /// A remote control that is polled, and one that pushes.
    Remote,
}

impl Bench {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::UdpAndTcp, Self::SmallWrites, Self::Chat, Self::Remote];

    /// As the command line and the records name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::UdpAndTcp => "udp-and-tcp",
            Self::SmallWrites => "small-writes",
            Self::Chat => "chat",
            Self::Remote => "remote",
        }
    }

    /// The bench of this name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bench| bench.name() == name)
    }
}
