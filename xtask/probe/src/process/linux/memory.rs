//! How much memory a process really has.

use proc::Process;

/// The most that `process` has had in memory so far, in bytes (`man 5 proc`,
/// `/proc/PID/status`, `VmHWM`; where that is not told, what it has now); `None` when there
/// is no such process.
pub(crate) fn most_resident(process: u32) -> Option<u64> {
    let status = Process::of(process).status().ok()?;
    Some(status.most_resident.or(status.resident).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    #[test]
    fn memory_that_was_given_back_is_counted() {
        const MUCH: usize = 64 * 1024 * 1024;
        drop(black_box(vec![1_u8; MUCH]));
        let most = most_resident(std::process::id());
        assert!(most.is_some_and(|most| most >= MUCH as u64), "{most:?}");
        assert_eq!(most_resident(0), None);
    }
}
