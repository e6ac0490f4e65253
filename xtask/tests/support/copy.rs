//! A copy of the workspace that may be broken. Whoever includes this says where the
//! workspace's own root is.

use super::root;
use std::collections::BTreeSet;
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The copy in which several tests write, one after another: what cargo has built there is
/// built once for all of them. Nobody else has it as long as this lives.
pub struct SharedCopy {
    root: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

impl SharedCopy {
    /// As the workspace is now, once nobody else has it.
    pub fn fresh() -> Self {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        Self {
            root: copy_of_workspace("workspace"),
            _alone: alone,
        }
    }
}

impl Deref for SharedCopy {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.root
    }
}

/// A copy of the workspace under `target/`, as it would be cloned, named `name`.
/// Files that are there and unchanged are left alone, so that cargo builds little.
pub fn copy_of_workspace(name: &str) -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut kept = BTreeSet::new();
    fs::create_dir_all(&copy).unwrap();
    // Of an earlier run.
    let _ = fs::remove_dir_all(copy.join(".progress"));
    for part in [
        "Cargo.toml",
        "Cargo.lock",
        ".cargo",
        "lessons",
        "solutions",
        "xtask",
    ] {
        sync(&root().join(part), &copy.join(part), &mut kept);
    }
    for file in files_in(&copy) {
        if !kept.contains(&file) {
            fs::remove_file(&file).unwrap();
        }
    }
    copy
}

fn sync(from: &Path, to: &Path, kept: &mut BTreeSet<PathBuf>) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            sync(&from.join(&name), &to.join(&name), kept);
        }
        return;
    }
    let wanted = fs::read(from).unwrap();
    if fs::read(to).ok().as_ref() != Some(&wanted) {
        fs::write(to, wanted).unwrap();
    }
    kept.insert(to.to_owned());
}

/// Every file below `folder`, but for build output, git's own, and what is remembered.
pub fn files_in(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if !path.is_dir() {
            found.insert(path);
        } else if !["target", ".git", ".progress"]
            .iter()
            .any(|name| entry.file_name() == *name)
        {
            found.extend(files_in(&path));
        }
    }
    found
}
