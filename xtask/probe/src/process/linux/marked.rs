//! Finds and ends processes by a mark in their environment.

use rustix::process::{Pid, Signal, kill_process};
use std::fs;

/// Looks again until none is found, for a process may fork while it is looked for.
const ROUNDS: usize = 10;

pub(crate) fn kill_marked(variable: &str, value: &str) {
    let mark = format!("{variable}={value}");
    for _ in 0..ROUNDS {
        let found = marked(mark.as_bytes());
        if found.is_empty() {
            return;
        }
        for process in found {
            // It may have ended in between.
            let _ = kill_process(process, Signal::KILL);
        }
    }
}

fn marked(mark: &[u8]) -> Vec<Pid> {
    let own = std::process::id();
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let numbers = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let others = numbers.filter(|number: &u32| *number != own);
    // A zombie's environment is empty, so it is not found again.
    others
        .filter(|number| carries(*number, mark))
        .filter_map(|number| Pid::from_raw(number.cast_signed()))
        .collect()
}

fn carries(process: u32, mark: &[u8]) -> bool {
    let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
    environment
        .split(|byte| *byte == 0)
        .any(|entry| entry == mark)
}
