//! Processes that are there, by the folder that they were started for.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// From a signal to its effect.
const IN_TIME: Duration = Duration::from_secs(30);

/// The command lines of those that work in `folder`, or name it. One that has ended and is
/// not waited for yet has neither.
pub fn processes_of(folder: &Path) -> Vec<String> {
    let name = folder.to_str().unwrap();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let found = entries.filter_map(|entry| {
        let line = fs::read(entry.path().join("cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        let works_in = fs::read_link(entry.path().join("cwd"));
        let is_there = works_in.is_ok_and(|works_in| works_in.starts_with(folder));
        (is_there || line.contains(name)).then_some(line)
    });
    found.collect()
}

/// Waits until there are none.
pub fn are_gone(folder: &Path) {
    let started = Instant::now();
    loop {
        let there = processes_of(folder);
        if there.is_empty() {
            return;
        }
        assert!(started.elapsed() < IN_TIME, "still there: {there:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
}
