//! How a scenario's report reaches whoever runs the scenarios: a line on the test binary's
//! own stdout, after a secret that was handed to it on stdin. The programs that are judged
//! inherit neither, so that none of them can report in place of the check. For tests of the
//! check itself a report is kept, and handed to whoever told the scenario.

use crate::environment::REPORTS_VARIABLE;
use crate::judge::report::Report;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// What goes before every report.
pub(crate) struct Channel {
    secret: String,
}

impl Channel {
    /// The channel of this test binary; `None` under a bare `cargo test`.
    pub(crate) fn of_this_run() -> Option<&'static Self> {
        static CHANNEL: OnceLock<Option<Channel>> = OnceLock::new();
        let open = || {
            std::env::var_os(REPORTS_VARIABLE)?;
            let mut secret = String::new();
            // Without a secret nothing is believed, which is said by whoever reads.
            let _ = io::stdin().lock().read_line(&mut secret);
            Some(Self {
                secret: secret.trim_end().to_owned(),
            })
        };
        CHANNEL.get_or_init(open).as_ref()
    }

    pub(crate) fn report(&self, report: &Report) -> io::Result<()> {
        let json = serde_json::to_string(report)?;
        // Whatever libtest has written of a line stays before this one.
        let line = format!("\n{} {json}\n", self.secret);
        let mut stdout = io::stdout().lock();
        stdout.write_all(line.as_bytes())?;
        stdout.flush()
    }
}

/// The JSON of the report that `line`, from a test binary's stdout, holds after `secret`.
pub fn reported<'a>(line: &'a str, secret: &str) -> Option<&'a str> {
    let after = line.strip_prefix(secret)?.strip_prefix(' ')?;
    (!secret.is_empty()).then_some(after)
}

/// Tells `scenario`, a name that this process has not told before, and gives its report to
/// the caller instead of whoever runs the scenarios: for tests of the check itself. That a
/// scenario unwinds when it is judged ends here. `None` where nothing was reported.
///
/// # Panics
/// As `tells` does, where it reported nothing before.
pub fn keeping_the_report(scenario: &str, tells: impl FnOnce()) -> Option<Report> {
    kept().insert(scenario.to_owned(), None);
    let told = catch_unwind(AssertUnwindSafe(tells));
    let report = kept().remove(scenario).flatten();
    match (told, report) {
        (Err(payload), None) => resume_unwind(payload),
        (_, report) => report,
    }
}

/// True where somebody keeps the reports of its scenario, and has this one now.
pub(crate) fn is_kept(report: &Report) -> bool {
    let mut kept = kept();
    let Some(place) = kept.get_mut(&report.scenario) else {
        return false;
    };
    *place = Some(report.clone());
    true
}

/// By scenario: all that is kept, and the report once it is there.
fn kept() -> MutexGuard<'static, BTreeMap<String, Option<Report>>> {
    static KEPT: Mutex<BTreeMap<String, Option<Report>>> = Mutex::new(BTreeMap::new());
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_line_with_the_secret_is_a_report() {
        assert_eq!(reported("abc {}", "abc"), Some("{}"));
        assert_eq!(reported("abd {}", "abc"), None);
        assert_eq!(reported("abc{}", "abc"), None);
        assert_eq!(reported(" {}", ""), None);
    }
}
