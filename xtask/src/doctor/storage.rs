//! The disk: whether the tool can write, how much room there is, and how much `target/` has
//! taken, all of which can be made again.

use super::finding::{Finding, State};
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::tr;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// With less than this a build of the tool, the lessons and the book may not fit, in bytes.
const ENOUGH: u64 = 2 << 30;

pub(super) fn findings(workspace: &Workspace, lang: Lang) -> Vec<Finding> {
    vec![of_room(workspace, lang)]
}

fn of_room(workspace: &Workspace, lang: Lang) -> Finding {
    let target = workspace.root.join("target");
    let taken = in_words(size_of(&target));
    let free = free_at(&workspace.root);
    let (state, what) = match (can_write(workspace), free) {
        (Err(error), _) => (
            State::Needed,
            tr!(
                lang,
                "target/에 쓸 수 없습니다: {error}",
                "target/ cannot be written to: {error}"
            ),
        ),
        (Ok(()), Some(free)) => {
            let state = if free < ENOUGH {
                State::Missing
            } else {
                State::There
            };
            let free = in_words(free);
            let what = tr!(
                lang,
                "디스크: 빈 곳 {free}, target/ {taken}",
                "disk: {free} free; target/ has {taken}"
            );
            (state, what)
        }
        (Ok(()), None) => (
            State::There,
            tr!(lang, "디스크: target/ {taken}", "disk: target/ has {taken}"),
        ),
    };
    let purpose = tr!(
        lang,
        "빌드한 것은 모두 target/에 있습니다. 내 코드는 거기 없고, 지워도 다시 만들어집니다.",
        "All that is built lies in target/. Your code does not, and what lies there is made again."
    );
    Finding::new(state, what, purpose).or_do(tr!(
        lang,
        "cargo clean이 target/을 비웁니다. 다음 검사는 도구를 다시 빌드합니다. 쓸 수 없다면 폴더의 권한을 보세요.",
        "cargo clean empties target/; the next check builds the tool again. Where it cannot be written to, look at the folder's permissions."
    ))
}

/// As the tool does, with a file that is gone at once.
fn can_write(workspace: &Workspace) -> io::Result<()> {
    let scratch = workspace.scratch();
    fs::create_dir_all(&scratch)?;
    let mut file = tempfile::NamedTempFile::new_in(&scratch)?;
    file.write_all(&[0; 4096])?;
    file.as_file().sync_all()
}

/// Of all files in `folder`, in bytes; what cannot be read counts as nothing.
fn size_of(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(there) if there.is_dir() => size_of(&entry.path()),
        Ok(there) => there.len(),
        Err(_) => 0,
    };
    entries.map(size).sum()
}

/// For whoever is not privileged, in bytes (`man 3 statvfs`).
#[cfg(unix)]
fn free_at(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn free_at(_folder: &Path) -> Option<u64> {
    None
}

/// `3.1 GB`, `240 MB`
fn in_words(bytes: u64) -> String {
    let megabytes = bytes / 1_000_000;
    match megabytes {
        0..1000 => format!("{megabytes} MB"),
        _ => format!("{}.{} GB", megabytes / 1000, megabytes % 1000 / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_megabytes_and_gigabytes() {
        assert_eq!(in_words(999_999), "0 MB");
        assert_eq!(in_words(240_000_000), "240 MB");
        assert_eq!(in_words(3_160_000_000), "3.1 GB");
    }
}
