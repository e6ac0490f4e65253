//! The files that a program consists of, and where they lie in its memory
//! (`/proc/PID/maps`, `man 5 proc`).

use super::memory::Memory;
use proc::{Origin, Process};
use std::fs;
use std::ops::Range;
use std::path::Path;

/// A file with code in it, mapped as a whole.
pub(super) struct Mapped {
    pub(super) addresses: Range<u64>,
    pub(super) bytes: Vec<u8>,
    /// The program itself, rather than a library.
    pub(super) is_program: bool,
}

/// The program, its libraries, and the kernel's own code in it (`man 7 vdso`).
pub(super) fn mapped(process: Process, memory: &Memory) -> Vec<Mapped> {
    let Ok(maps) = process.maps() else {
        return Vec::new();
    };
    let program = process.program().unwrap_or_default();
    let mut runs: Vec<(Origin, Range<u64>, bool)> = Vec::new();
    for map in maps {
        match (runs.last_mut(), map.origin) {
            (Some((path, addresses, has_code)), same) if *path == same => {
                addresses.end = map.addresses.end;
                *has_code |= map.is_code;
            }
            (_, path @ (Origin::File(_) | Origin::Vdso)) => {
                runs.push((path, map.addresses, map.is_code));
            }
            _ => {}
        }
    }
    let with_code = runs.into_iter().filter(|(.., has_code)| *has_code);
    let read = with_code.filter_map(|(path, addresses, _)| {
        let is_program = matches!(&path, Origin::File(path) if *path == program);
        let bytes = match &path {
            // The link still leads to the file when a new build has replaced it.
            Origin::File(_) if is_program => fs::read(format!("/proc/{}/exe", process.id)).ok()?,
            // The program may see another root than the one who asks.
            Origin::File(path) => fs::read(in_root_of(process.id, path)).ok()?,
            _ => memory.read(
                addresses.start,
                usize::try_from(addresses.end - addresses.start).ok()?,
            ),
        };
        Some(Mapped {
            addresses,
            bytes,
            is_program,
        })
    });
    read.collect()
}

fn in_root_of(process: i32, path: &Path) -> std::path::PathBuf {
    let root = Path::new("/proc").join(process.to_string()).join("root");
    root.join(path.strip_prefix("/").unwrap_or(path))
}
