//! What only some systems let the check see. A scenario that needs one of these
//! is a scenario of its own and says *skipped* elsewhere.

/// Something to be seen on some systems only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The sockets a process holds (Linux: `/proc/PID/fd`).
    HeldSockets,
    /// A backlog counted exactly: `listen(n)` admits n + 1 (Linux, `man 2 listen`).
    ExactBacklog,
    /// A full backlog that leaves a connect without an answer (Linux; Windows
    /// refuses it, others differ).
    SilentBacklog,
    /// A refusal that is told at once (not Windows, which repeats the SYN first).
    PromptRefusal,
    /// `accept` still hands out a connection that was reset while it waited
    /// (Linux; others drop it or report ECONNABORTED).
    AcceptAfterReset,
    /// TIME_WAIT that keeps a port from being bound again (Unix).
    TimeWaitHoldsPort,
    /// A Ctrl-C for one program alone (Unix: SIGINT to its process group).
    Interrupt,
    /// More than one loopback address (Linux and Windows: all of 127.0.0.0/8).
    SecondLoopback,
}

impl Sight {
    /// Why this system lacks it; `None` if it is to be had here.
    pub(crate) fn missing(self) -> Option<&'static str> {
        let (here, why) = match self {
            Self::HeldSockets => (
                cfg!(target_os = "linux"),
                "only Linux shows which sockets a process holds",
            ),
            Self::ExactBacklog => (
                cfg!(target_os = "linux"),
                "only Linux admits exactly backlog + 1 connections",
            ),
            Self::SilentBacklog => (
                cfg!(target_os = "linux"),
                "only Linux is known to leave a connect to a full backlog without an answer",
            ),
            Self::PromptRefusal => (
                !cfg!(windows),
                "Windows repeats the SYN for about two seconds before it reports a refusal",
            ),
            Self::AcceptAfterReset => (
                cfg!(target_os = "linux"),
                "only Linux still accepts a connection that was reset before",
            ),
            Self::TimeWaitHoldsPort => (
                cfg!(unix),
                "on Windows TIME_WAIT does not keep a port from being bound",
            ),
            Self::Interrupt => (cfg!(unix), "on Windows a Ctrl-C reaches the check as well"),
            Self::SecondLoopback => (
                cfg!(any(target_os = "linux", windows)),
                "macOS has 127.0.0.1 as its only loopback address",
            ),
        };
        (!here).then_some(why)
    }
}
