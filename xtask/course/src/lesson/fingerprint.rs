//! A number by which a learner's program is known again: whether it is still what was
//! checked, and not what stands in it.

use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};

/// Of every Rust file in the lesson's `src`, with its name; a checkout's CR LF is none of
/// its changes. `None` where nothing can be read.
pub fn of(workspace: &Workspace, lesson: &Lesson) -> Option<String> {
    let mut files = Vec::new();
    find(&workspace.starter_of(lesson).join("src"), &mut files);
    files.sort();
    let mut hash = BEGINNING;
    for path in &files {
        let text = fs::read(path).ok()?;
        let text = text.iter().filter(|byte| **byte != b'\r');
        let name = path.file_name()?.as_encoded_bytes();
        // No byte of a name or of a text in UTF-8 is 0xff.
        for byte in name.iter().chain(&[0xff]).chain(text).chain(&[0xff]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }
    (!files.is_empty()).then(|| format!("{hash:016x}"))
}

/// FNV-1a, 64 bits: the same with every compiler, as std's hashers are not.
const BEGINNING: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") && path.is_file() {
            files.push(path);
        }
    }
}
