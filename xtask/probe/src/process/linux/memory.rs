//! How much memory a process really has.

use procfs::process::Process;

/// What `process` has in memory, in bytes (`man 5 proc`, `/proc/PID/statm`); `None` when
/// there is no such process.
pub(crate) fn resident(process: u32) -> Option<u64> {
    let process = Process::new(process.cast_signed()).ok()?;
    Some(process.statm().ok()?.resident * procfs::page_size())
}
