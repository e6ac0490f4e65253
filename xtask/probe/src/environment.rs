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

/// In milliseconds: how long the next sign of a program is waited for, instead of
/// [`crate::PATIENCE`]. For scenarios that are known to hang, which need not take as long
/// whenever it is looked whether they still do.
pub const PATIENCE_VARIABLE: &str = "PROBE_PATIENCE";

/// All of them.
pub(crate) const VARIABLES: [&str; 5] = [
    REPORTS_VARIABLE,
    PROGRAMS_VARIABLE,
    UNWRITTEN_VARIABLE,
    BACKTRACES_VARIABLE,
    PATIENCE_VARIABLE,
];
