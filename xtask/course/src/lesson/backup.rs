//! Copies of what a person wrote, made before a command writes over it. They stand in
//! `.backup/<lesson>/<time>/`; nothing of the tool's own ever removes one.
//!
//! A copy gets its name when it is whole, so that whatever has one can be brought back.

use crate::lesson::definition::Lesson;
use crate::lesson::starter;
use crate::lesson::workspace::Workspace;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// One backup, identified by its folder's name.
#[derive(Clone, Debug)]
pub struct Backup {
    pub folder: PathBuf,
    pub name: String,
}

/// The lesson's backups, the newest first.
pub fn all(workspace: &Workspace, lesson: &Lesson) -> Result<Vec<Backup>> {
    let parent = workspace.backups_of(lesson);
    let entries = match fs::read_dir(&parent) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be read", parent.display()));
        }
    };
    let mut found = Vec::new();
    for entry in entries {
        let folder = entry?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        // One that has no name yet is not whole.
        if folder.is_dir() && !name.starts_with('.') {
            let name = name.into_owned();
            found.push(Backup { folder, name });
        }
    }
    found.sort_by_key(|backup| std::cmp::Reverse(backup.age()));
    Ok(found)
}

impl Backup {
    /// Its time, and its number among those of one second.
    fn age(&self) -> (String, u32) {
        let (time, count) = match self.name.split_once("Z-") {
            Some((time, count)) => (format!("{time}Z"), count.parse().unwrap_or(1)),
            None => (self.name.clone(), 1),
        };
        (time, count)
    }

    /// The files that it would bring back, by their paths in the lesson's folder. The
    /// scenarios are the course's: an old backup may have them, too.
    pub fn files(&self) -> Result<BTreeMap<PathBuf, PathBuf>> {
        let mut files = files_below(&self.folder)?;
        files.retain(|path, _| path != Path::new(SCENARIOS));
        Ok(files)
    }

    /// Does it hold these files, by their paths in the lesson's folder, and no others?
    pub fn has(&self, own: &BTreeMap<PathBuf, PathBuf>) -> bool {
        let kept = self.files();
        self.is_in(own) && kept.is_ok_and(|kept| kept.len() == own.len())
    }

    /// Would it bring back nothing else than these files have?
    pub fn is_in(&self, own: &BTreeMap<PathBuf, PathBuf>) -> bool {
        let same = |(path, kept): (&PathBuf, &PathBuf)| {
            let there = own.get(path);
            there.is_some_and(|there| are_the_same(kept, there).unwrap_or(false))
        };
        self.files().is_ok_and(|kept| kept.iter().all(same))
    }
}

fn are_the_same(one: &Path, other: &Path) -> io::Result<bool> {
    Ok(
        fs::metadata(one)?.len() == fs::metadata(other)?.len()
            && fs::read(one)? == fs::read(other)?,
    )
}

/// The scenarios, which are written by hand and come with the course.
const SCENARIOS: &str = "tests/check.rs";

/// What is the learner's in the lesson's folder, by its path there: everything but the
/// scenarios, and a manifest that is the starter's.
pub fn own_files(workspace: &Workspace, lesson: &Lesson) -> Result<BTreeMap<PathBuf, PathBuf>> {
    let folder = workspace.starter_of(lesson);
    if !folder.is_dir() {
        return Ok(BTreeMap::new());
    }
    let mut files = files_below(&folder)?;
    files.retain(|path, _| path != Path::new(SCENARIOS));
    if starter::manifest_is_as_generated(workspace, lesson)? {
        files.remove(Path::new("Cargo.toml"));
    }
    Ok(files)
}

fn files_below(folder: &Path) -> Result<BTreeMap<PathBuf, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries =
            fs::read_dir(&next).with_context(|| format!("{} cannot be read", next.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if path.is_file() {
                // Nothing writes over a pipe, or over the mark of an editor that points
                // nowhere; a pipe would be read from for ever.
                let relative = path.strip_prefix(folder).unwrap_or(&path).to_owned();
                found.insert(relative, path);
            }
        }
    }
    Ok(found)
}

/// Copies `own` into a folder that gets its name last.
pub fn copy(
    workspace: &Workspace,
    lesson: &Lesson,
    own: &BTreeMap<PathBuf, PathBuf>,
) -> Result<Backup> {
    let parent = workspace.backups_of(lesson);
    let unnamed = parent.join(format!(".{}", std::process::id()));
    // Of a process of this number that was killed.
    let _ = fs::remove_dir_all(&unnamed);
    let copied = copy_all(own, &unnamed).and_then(|()| named(&unnamed, &parent));
    if copied.is_err() {
        // It is of no use, and the disk may be full.
        let _ = fs::remove_dir_all(&unnamed);
    }
    copied
}

fn copy_all(own: &BTreeMap<PathBuf, PathBuf>, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} cannot be made", to.display()))?;
    for (path, there) in own {
        let target = to.join(path);
        let folder = target.parent().unwrap_or(to);
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let mut copy = File::create(&target)
            .with_context(|| format!("{} cannot be made", target.display()))?;
        let copied = File::open(there).and_then(|mut file| io::copy(&mut file, &mut copy));
        copied
            .and_then(|_| copy.sync_all())
            .with_context(|| format!("{} cannot be copied", there.display()))?;
    }
    Ok(())
}

/// Named by the time; two backups within a second get a name each.
fn named(unnamed: &Path, parent: &Path) -> Result<Backup> {
    let now = humantime::format_rfc3339_seconds(SystemTime::now())
        .to_string()
        .replace(':', "-");
    for count in 1..u32::MAX {
        let name = if count == 1 {
            now.clone()
        } else {
            format!("{now}-{count}")
        };
        let folder = parent.join(&name);
        if folder.exists() {
            continue;
        }
        match fs::rename(unnamed, &folder) {
            Ok(()) => return Ok(Backup { folder, name }),
            // Another call of the tool was faster.
            Err(_) if folder.exists() => {}
            Err(error) => {
                return Err(error).with_context(|| format!("{} cannot be made", folder.display()));
            }
        }
    }
    anyhow::bail!("no name is left for a backup")
}
