//! Lock-step: waiting until the program has read what a peer sent.

use std::net::SocketAddr;

/// Does anybody but `known` wait for an answer of `remote` to its SYN?
#[cfg(target_os = "linux")]
pub(crate) fn is_asked(remote: SocketAddr, known: &[SocketAddr]) -> bool {
    crate::process::linux::is_asked(remote, known)
}

/// Only Linux shows connections that are not established.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_asked(_remote: SocketAddr, _known: &[SocketAddr]) -> bool {
    false
}

/// Does `process` wait for a line of its input right now?
#[cfg(target_os = "linux")]
pub(crate) fn reads_its_input(process: u32) -> bool {
    crate::process::linux::reads_its_input(process)
}

/// Only Linux shows what a process waits in; elsewhere a pause of 50 ms has to do.
#[cfg(not(target_os = "linux"))]
pub(crate) fn reads_its_input(_process: u32) -> bool {
    std::thread::sleep(std::time::Duration::from_millis(50));
    false
}

/// Is `process` done with its input for now: does it wait, and in every thread for something
/// else?
#[cfg(target_os = "linux")]
pub(crate) fn is_at_rest(process: u32) -> bool {
    crate::process::linux::is_at_rest(process)
}

/// Only Linux shows what a process waits in; elsewhere a pause of 50 ms has to do.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_at_rest(_process: u32) -> bool {
    std::thread::sleep(std::time::Duration::from_millis(50));
    true
}

/// Waits until `process` has read everything that the peer at `peer` sent to it at
/// `program`, and is back in a read, or has closed; at most [`crate::PATIENCE`]. False where
/// it is sure that bytes were left unread for so long.
#[cfg(target_os = "linux")]
pub(crate) fn wait_until_read(process: u32, peer: SocketAddr, program: SocketAddr) -> bool {
    crate::process::linux::wait_until_read(process, peer, program, crate::deadline::patience())
}

/// Does `process` wait for something else than its input right now?
#[cfg(target_os = "linux")]
pub(crate) fn is_past_its_input(process: u32) -> bool {
    crate::process::linux::is_past_its_input(process)
}

/// Only Linux shows what a process waits in; elsewhere a pause of 50 ms has to do.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_past_its_input(_process: u32) -> bool {
    std::thread::sleep(std::time::Duration::from_millis(50));
    true
}

/// Only Linux shows what was read; elsewhere a pause of 50 ms has to do.
#[cfg(not(target_os = "linux"))]
pub(crate) fn wait_until_read(_process: u32, _peer: SocketAddr, _program: SocketAddr) -> bool {
    std::thread::sleep(std::time::Duration::from_millis(50));
    true
}

/// Does all of `process` wait for what others send, with nothing on its way between it, at
/// `program`, and the peer at `peer`?
#[cfg(target_os = "linux")]
pub(crate) fn waits_for_others(process: u32, peer: SocketAddr, program: SocketAddr) -> bool {
    crate::process::linux::waits_for_others(process, peer, program)
}

/// Only Linux shows it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn waits_for_others(_process: u32, _peer: SocketAddr, _program: SocketAddr) -> bool {
    false
}

/// Does every thread of `process` wait in a read for what others send?
#[cfg(target_os = "linux")]
pub(crate) fn only_reads(process: u32) -> bool {
    crate::process::linux::only_reads(process)
}

/// Only Linux shows it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn only_reads(_process: u32) -> bool {
    false
}
