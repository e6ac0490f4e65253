//! How the check's own threads have to wait for a processor.

use super::queued::Queued;
use std::time::Duration;

/// That of the calling thread; only Linux tells.
pub(crate) fn queued() -> Queued {
    #[cfg(target_os = "linux")]
    return crate::process::linux::own_queued();
    #[cfg(not(target_os = "linux"))]
    Queued::default()
}

/// What `waits` returns, and for how long this thread had to wait for a processor meanwhile.
pub(crate) fn late_after<T>(waits: impl FnOnce() -> T) -> (T, Duration) {
    let before = queued().time;
    let waited = waits();
    (waited, queued().time.saturating_sub(before))
}
