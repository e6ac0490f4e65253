//! How much memory a process really has.

use procfs::process::Process;

/// The most that `process` has had in memory so far, in bytes (`man 5 proc`,
/// `/proc/PID/status`, `VmHWM`; where that is not told, what it has now); `None` when there
/// is no such process.
pub(crate) fn most_resident(process: u32) -> Option<u64> {
    let process = Process::new(process.cast_signed()).ok()?;
    let now = process.statm().ok()?.resident * procfs::page_size();
    let most = process.status().ok().and_then(|status| status.vmhwm);
    Some(most.map_or(now, |kibibytes| now.max(kibibytes * 1024)))
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
