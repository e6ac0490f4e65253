//! Where the tool keeps what it is told once: in a folder of its own at the workspace's
//! root, which git ignores and `cargo clean` leaves alone.

use std::path::{Path, PathBuf};

/// The folder at or above the current one that holds `solutions` and `xtask`.
pub fn root() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let is_root =
        |folder: &&Path| folder.join("solutions").is_dir() && folder.join("xtask").is_dir();
    here.ancestors().find(is_root).map(Path::to_owned)
}

pub fn folder(root: &Path) -> PathBuf {
    root.join(".progress")
}
