//! Puts a book that was printed aside in the place of the last one, while somebody may be
//! reading that: each file takes the place of its predecessor at once, pages last, so that
//! none is missing at any moment, and whatever a page needs is there before it. Two printers
//! do it one after the other.

use anyhow::{Context, Result};
use fs4::fs_std::FileExt;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The right to print to a folder. It ends with this value, or with the process.
pub struct Turn(#[expect(dead_code, reason = "it is held, and not looked at")] File);

impl Turn {
    /// Waits for whoever prints there now, and says so.
    ///
    /// # Errors
    /// The folder above cannot be written to.
    pub fn wait(out: &Path) -> Result<Turn> {
        let file = beside(out, "lock");
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        let lock = File::options().create(true).append(true).open(&file);
        let lock = lock.with_context(|| format!("cannot open {}", file.display()))?;
        let locked = lock.try_lock_exclusive();
        if !locked.with_context(|| format!("cannot lock {}", file.display()))? {
            let _ = writeln!(
                std::io::stderr(),
                "press: another printer is at work on {}; waiting until it is done",
                out.display()
            );
            lock.lock_exclusive()
                .with_context(|| format!("cannot lock {}", file.display()))?;
        }
        Ok(Turn(lock))
    }
}

/// An empty folder in which to print what will go to `out`; on the same disk.
///
/// # Errors
/// It cannot be emptied or made.
pub fn aside(out: &Path) -> Result<PathBuf> {
    let folder = beside(out, "printing");
    // What a printer left that was ended.
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

fn beside(out: &Path, what: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(what);
    out.with_file_name(name)
}

/// Moves all files of `from` to `to`, then removes what `to` has more.
///
/// # Errors
/// A file cannot be moved or removed.
pub fn replace(from: &Path, to: &Path) -> Result<()> {
    let new = files(from)?;
    let old = if to.is_dir() {
        files(to)?
    } else {
        BTreeSet::new()
    };
    let (pages, parts): (Vec<_>, Vec<_>) = new.iter().partition(|file| is_page(file));
    for file in parts.into_iter().chain(pages) {
        let place = to.join(file);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        fs::rename(from.join(file), &place)
            .with_context(|| format!("cannot write {}", place.display()))?;
    }
    for file in old.difference(&new) {
        let stale = to.join(file);
        fs::remove_file(&stale).with_context(|| format!("cannot remove {}", stale.display()))?;
    }
    fs::remove_dir_all(from).with_context(|| format!("cannot remove {}", from.display()))
}

fn is_page(file: &Path) -> bool {
    file.extension().is_some_and(|kind| kind == "html")
}

/// All files below a folder, as seen from it.
fn files(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let entries =
            fs::read_dir(&next).with_context(|| format!("cannot list {}", next.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(name) = path.strip_prefix(folder) {
                found.insert(name.to_owned());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    reason = "a test ends where it did not get what it needs"
)]
mod tests {
    use super::*;

    #[test]
    fn the_new_stands_where_the_old_stood() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("new"), folder.path().join("old"));
        for file in [
            "new/a.html",
            "new/css/x.css",
            "old/a.html",
            "old/stale.html",
        ] {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, file.to_string_lossy().as_bytes()).unwrap();
        }
        replace(&from, &to).unwrap();
        assert!(
            fs::read_to_string(to.join("a.html"))
                .unwrap()
                .contains("new")
        );
        assert!(to.join("css/x.css").is_file());
        assert!(!to.join("stale.html").exists() && !from.exists());
    }
}
