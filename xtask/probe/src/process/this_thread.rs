//! How the check's own threads have to wait for a processor.

use super::queued::Queued;

/// That of the calling thread; only Linux tells.
pub(crate) fn queued() -> Queued {
    #[cfg(target_os = "linux")]
    return crate::process::linux::own_queued();
    #[cfg(not(target_os = "linux"))]
    Queued::default()
}
