//! Lock-step: has the program read what a peer sent, and is it back in a read?

use super::connection::end;
use crate::deadline::watch;
use proc::{Process, State, Syscall, Target, Task};
use std::net::SocketAddr;
use std::time::Duration;

/// Waits until nothing that the peer at `peer` sent to the program at `program`
/// is on its way or unread, and a thread of `process` is back in a call that
/// waits for input; or the program has closed its end, or `limit` has passed in which it has
/// read nothing. False where bytes are left then that the program did not read.
pub(crate) fn wait_until_read(
    process: u32,
    peer: SocketAddr,
    program: SocketAddr,
    limit: Duration,
) -> bool {
    let bytes = || match unread(peer, program) {
        Some(Unread::Something { bytes }) => bytes,
        _ => 0,
    };
    loop {
        let left = bytes();
        let seen = watch(limit, || match unread(peer, program)? {
            Unread::Nothing => waits(process, |number, _| READS.contains(&number))?.then_some(()),
            Unread::Something { .. } => None,
            Unread::NobodyReads => Some(()),
        });
        let still_left = bytes();
        if seen.is_some() || still_left == 0 {
            return true;
        }
        if still_left >= left {
            return false;
        }
    }
}

/// Is a thread of `process` blocked in a call that waits for input, and not for a line
/// of stdin?
pub(crate) fn is_past_its_input(process: u32) -> bool {
    let past =
        |number, descriptor| READS.contains(&number) && !is_a_read_of_stdin(number, descriptor);
    waits(process, past).unwrap_or(false)
}

/// Is a thread of `process` blocked in a read of stdin?
pub(crate) fn reads_its_input(process: u32) -> bool {
    waits(process, is_a_read_of_stdin).unwrap_or(false)
}

/// Is every thread of `process` blocked in a call, and none in a read of stdin, or asleep for
/// some time, after which it goes on whatever the others do?
pub(crate) fn is_at_rest(process: u32) -> bool {
    let rests = |call: Syscall| match call {
        Syscall::Waits {
            number, arguments, ..
        } => !is_a_read_of_stdin(number, arguments[0]) && !SLEEPS.contains(&number),
        _ => false,
    };
    Process::of(process).tasks().is_ok_and(|mut tasks| {
        // A thread that ends while it is looked at may just have woken another.
        tasks.all(|task| !is_held(task) && task.syscall().is_ok_and(rests))
    })
}

/// Does every thread of `process` wait in a read of stdin or of a socket, so that nothing
/// comes from it until something is sent to it? And has the peer at `peer` everything that
/// the program at `program` sent, and the other way round?
pub(crate) fn waits_for_others(process: u32, peer: SocketAddr, program: SocketAddr) -> bool {
    let delivered = || match (end(peer, program), end(program, peer)) {
        (Some(Some(own)), Some(Some(theirs))) => own.send_queue == 0 && theirs.send_queue == 0,
        _ => false,
    };
    delivered() && only_reads(process)
}

/// Does every thread of `process` wait in a read of stdin or of a socket?
pub(crate) fn only_reads(process: u32) -> bool {
    every_thread_reads(process).unwrap_or(false)
}

fn every_thread_reads(process: u32) -> Option<bool> {
    let process = Process::of(process);
    for task in process.tasks().ok()? {
        let Syscall::Waits {
            number,
            arguments: [descriptor, ..],
            ..
        } = task.syscall().ok()?
        else {
            return Some(false);
        };
        if is_held(task) {
            return Some(false);
        }
        let descriptor = i32::try_from(descriptor).ok()?;
        let of_others = descriptor == 0 || {
            let target = process.descriptor(descriptor).ok()?.target;
            matches!(target, Target::Socket(_))
        };
        if !of_others || !PLAIN_READS.contains(&number) {
            return Some(false);
        }
    }
    Some(true)
}

/// Does its recorder hold it at the beginning of a call (`man 5 proc`, state t)? Then it has
/// not come to wait in it, nor has anybody written down that it has begun.
fn is_held(task: Task) -> bool {
    task.stat().is_ok_and(|stat| stat.state == 't')
}

fn is_a_read_of_stdin(number: i64, descriptor: u64) -> bool {
    number == libc::SYS_read && descriptor == 0
}

enum Unread {
    Nothing,
    Something { bytes: u32 },
    NobodyReads,
}

/// The peer's send queue holds what was not acknowledged, the program's receive queue
/// what it did not read.
fn unread(peer: SocketAddr, program: SocketAddr) -> Option<Unread> {
    let (Some(own), Some(theirs)) = (end(peer, program)?, end(program, peer)?) else {
        return Some(Unread::NobodyReads);
    };
    // A socket that its program has closed lives on in these states.
    let closing = [
        State::FinWait1,
        State::FinWait2,
        State::TimeWait,
        State::Closing,
        State::LastAck,
    ];
    let closed = !theirs.open && closing.contains(&theirs.state);
    Some(match (closed, own.send_queue, theirs.receive_queue) {
        (true, 0, _) => Unread::NobodyReads,
        (false, 0, 0) => Unread::Nothing,
        (_, sent, come) => Unread::Something { bytes: sent + come },
    })
}

/// Is a thread of the process blocked in a call that `counts`, by its number and its first
/// argument? None when there is no such process. Where `/proc/PID/syscall` is not to be
/// had, a sleeping process has to do.
fn waits(process: u32, counts: impl Fn(i64, u64) -> bool) -> Option<bool> {
    let process = Process::of(process);
    let mut unseen = false;
    for task in process.tasks().ok()? {
        match task.syscall() {
            Ok(Syscall::Waits {
                number, arguments, ..
            }) if counts(number, arguments[0]) && !is_held(task) => {
                return Some(true);
            }
            Ok(_) => {}
            Err(_) => unseen = true,
        }
    }
    Some(unseen && process.stat().ok()?.state == 'S')
}

/// Those of [`READS`] that wait for one descriptor, and for as long as it takes.
const PLAIN_READS: &[i64] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
];

/// Those that end by themselves.
const SLEEPS: [i64; 2] = [libc::SYS_nanosleep, libc::SYS_clock_nanosleep];

/// The system calls in which a program waits for input.
const READS: &[i64] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_ppoll,
    libc::SYS_pselect6,
    libc::SYS_epoll_pwait,
    // A program that never blocks sleeps between two looks at its socket.
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    // A poll that goes on after the process was stopped (`man 2 restart_syscall`).
    libc::SYS_restart_syscall,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_select,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_epoll_wait,
];
