//! Lock-step: waiting until the program has read what a peer sent.

use std::net::SocketAddr;

/// What carries the bytes to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Tcp,
    Udp,
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

/// Waits until `process` has read everything that the peer at `peer` sent to it at
/// `program`, and is back in a read; at most [`crate::PATIENCE`]. A program that
/// never reads is found out by what it does next.
#[cfg(target_os = "linux")]
pub(crate) fn wait_until_read(process: u32, peer: SocketAddr, program: SocketAddr) {
    crate::process::linux::wait_until_read(process, peer, program, crate::PATIENCE);
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
pub(crate) fn wait_until_read(_process: u32, _peer: SocketAddr, _program: SocketAddr) {
    std::thread::sleep(std::time::Duration::from_millis(50));
}
