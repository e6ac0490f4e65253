//! Where the programs of trials are compiled: a folder that goes with them, and what is left
//! of those whose check was killed, which the next check takes away.

use crate::lesson::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// How the folders' names begin.
const PREFIX: &str = "trial-";

/// No trial takes as long: what is older belongs to nobody.
const OLD: Duration = Duration::from_secs(10 * 60);

/// A new one, in the tool's own folder.
pub fn make(workspace: &Workspace) -> Result<TempDir> {
    let scratch = workspace.scratch();
    fs::create_dir_all(&scratch)
        .with_context(|| format!("{} cannot be made", scratch.display()))?;
    tempfile::Builder::new()
        .prefix(PREFIX)
        .tempdir_in(&scratch)
        .with_context(|| format!("nothing can be written in {}", scratch.display()))
}

/// Removes what checks that were killed have left behind.
pub fn sweep(workspace: &Workspace) {
    let entries = fs::read_dir(workspace.scratch());
    for entry in entries.into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name.to_string_lossy().starts_with(PREFIX);
        let changed = entry.metadata().and_then(|there| there.modified());
        let age = changed
            .ok()
            .and_then(|changed| SystemTime::now().duration_since(changed).ok());
        if is_ours && age.is_some_and(|age| age > OLD) {
            // The next check tries again.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
