//! How a test binary is told what to do by whoever runs it: in its environment. The
//! programs that are judged do not inherit it.

/// While it is set, a secret is waited for on stdin, every scenario's report is written to
/// stdout, and snapshots are only read, on the solutions' side too. Its value means nothing.
pub const REPORTS_VARIABLE: &str = "PROBE_REPORTS";

/// A JSON object, [`crate::Commands`]. While it is set, scenarios that are not about one of
/// these programs are skipped.
pub const PROGRAMS_VARIABLE: &str = "PROBE_PROGRAMS";

/// The steps whose source is still the starter's: `2,3`, or nothing between.
pub const UNWRITTEN_VARIABLE: &str = "PROBE_UNWRITTEN";

/// While it is set, programs that panic print backtraces: for a scenario that is run once
/// more to find out which line of the program's own called into a library. A backtrace takes
/// 0.1 s, and what is said on stderr does not count then.
pub const BACKTRACES_VARIABLE: &str = "PROBE_BACKTRACES";

/// All of them.
pub(crate) const VARIABLES: [&str; 4] = [
    REPORTS_VARIABLE,
    PROGRAMS_VARIABLE,
    UNWRITTEN_VARIABLE,
    BACKTRACES_VARIABLE,
];
