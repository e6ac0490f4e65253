//! Which command runs Python on this system.

use crate::process::household;
use std::process::Command;
use std::sync::OnceLock;

/// The command that runs Python 3.8 or later here, if there is one.
pub fn python() -> Option<&'static str> {
    static FOUND: OnceLock<Option<&str>> = OnceLock::new();
    let runs = |name: &&str| {
        let asked = Command::new(name)
            .args(["-c", "import sys; sys.exit(sys.version_info < (3, 8))"])
            .output();
        asked.is_ok_and(|output| output.status.success())
    };
    let find = || ["python3", "python", "py"].into_iter().find(runs);
    *FOUND.get_or_init(|| household::undisturbed(find))
}
