//! The time limits with which a program waits: those of its sockets (`SO_RCVTIMEO`, `man 7
//! socket`), looked at through descriptors of the check's own (`man 2 pidfd_getfd`), and
//! those of the calls in which its threads are (`man 2 poll`, `man 2 epoll_wait`).

use proc::{Process, Syscall, Target};
use rustix::process::{Pid, PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};
use socket2::SockRef;
use std::os::fd::AsFd;
use std::time::Duration;

/// The calls that have a limit in milliseconds among their arguments, and its place.
const LIMITED: &[(i64, usize)] = &[
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_poll, 2),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_epoll_wait, 3),
    (libc::SYS_epoll_pwait, 3),
];

/// The shortest limit with which `process` waits; `None` where there is none, or the system
/// does not tell.
pub(crate) fn shortest_limit(process: u32) -> Option<Duration> {
    of_its_sockets(process)
        .into_iter()
        .chain(of_its_calls(process))
        .min()
}

fn of_its_sockets(process: u32) -> Vec<Duration> {
    let found = || {
        let id = i32::try_from(process).ok()?;
        let handle = pidfd_open(Pid::from_raw(id)?, PidfdFlags::empty()).ok()?;
        let descriptors = Process { id }.descriptors().ok()?;
        let sockets = descriptors.filter(|one| matches!(one.target, Target::Socket(_)));
        let limits = sockets.filter_map(|one| {
            let own = pidfd_getfd(handle.as_fd(), one.number, PidfdGetfdFlags::empty()).ok()?;
            SockRef::from(&own).read_timeout().ok().flatten()
        });
        Some(limits.collect())
    };
    found().unwrap_or_default()
}

fn of_its_calls(process: u32) -> Vec<Duration> {
    let found = || {
        let tasks = Process::of(process).tasks().ok()?;
        let limits = tasks.filter_map(|task| {
            let Ok(Syscall::Waits {
                number, arguments, ..
            }) = task.syscall()
            else {
                return None;
            };
            let (_, place) = LIMITED.iter().find(|(call, _)| *call == number)?;
            // An int in a register of 64 bits; less than 0 is no limit.
            let low = u32::try_from(arguments.get(*place)? & u64::from(u32::MAX)).ok()?;
            u64::try_from(low.cast_signed())
                .ok()
                .map(Duration::from_millis)
        });
        Some(limits.collect())
    };
    found().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, UdpSocket};

    #[test]
    fn the_limit_of_a_socket_is_seen_from_outside() {
        let own = std::process::id();
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let limit = Duration::from_millis(120);
        socket.set_read_timeout(Some(limit)).unwrap();
        let seen = of_its_sockets(own);
        // Other tests of this process may have sockets with limits of their own. The kernel
        // counts in ticks of up to 10 ms.
        let near = |one: &&Duration| **one >= limit && **one <= limit + Duration::from_millis(10);
        assert!(seen.iter().any(|one| near(&one)), "{seen:?}");
        assert!(of_its_sockets(u32::MAX).is_empty() && of_its_calls(u32::MAX).is_empty());
    }
}
