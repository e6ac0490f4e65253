//! Which command runs Python on this system.

use crate::process::household;
use std::process::Command;
use std::sync::OnceLock;

/// Tells where the interpreter itself lies: what is found by its name may be a script that
/// looks for one at every start, which takes longer than Python does.
const WHERE: &str = "import sys; sys.version_info < (3, 8) and sys.exit(1); print(sys.executable)";

/// The command that runs Python 3.8 or later here, if there is one.
pub fn python() -> Option<&'static str> {
    static FOUND: OnceLock<Option<String>> = OnceLock::new();
    let runs = |name: &str| {
        let asked = Command::new(name).args(["-c", WHERE]).output().ok()?;
        let path = String::from_utf8(asked.stdout).ok()?.trim().to_owned();
        let found = if path.is_empty() { name } else { &path };
        asked.status.success().then(|| found.to_owned())
    };
    let find = || ["python3", "python", "py"].into_iter().find_map(runs);
    FOUND
        .get_or_init(|| household::undisturbed(find))
        .as_deref()
}
