//! The system calls that wait, by their numbers: how a learner knows them, and
//! where in their arguments the descriptors stand (`man 2 syscall`).

use libc as c;

/// A call as a thread is found in it.
pub(super) enum Call {
    Waits {
        name: &'static str,
        on: On,
    },
    ForThread,
    Sleeps,
    ForChild,
    /// Goes on with a call that a stop interrupted; the kernel no longer tells
    /// which (`man 2 restart_syscall`).
    Restarted,
}

/// Where the descriptors are that a call waits on.
pub(super) enum On {
    Nothing,
    One(i32),
    /// An array of `struct pollfd` in the program's memory.
    Poll {
        address: u64,
        count: u64,
    },
    /// Up to three `fd_set`s in the program's memory.
    Select {
        descriptors: u64,
        sets: [u64; 3],
    },
    Epoll(i32),
}

/// `None` for a call that has no name here.
pub(super) fn call(number: i64, arguments: &[u64; 6]) -> Option<Call> {
    let [first, second, third, fourth, fifth, _] = *arguments;
    let one = On::One(descriptor(first));
    let without_address = fifth == 0;
    let (name, on) = match number {
        c::SYS_accept | c::SYS_accept4 => ("accept", one),
        c::SYS_connect => ("connect", one),
        c::SYS_recvfrom if without_address => ("recv", one),
        c::SYS_recvfrom => ("recvfrom", one),
        c::SYS_recvmsg => ("recvmsg", one),
        c::SYS_recvmmsg => ("recvmmsg", one),
        c::SYS_sendto if without_address => ("send", one),
        c::SYS_sendto => ("sendto", one),
        c::SYS_sendmsg => ("sendmsg", one),
        c::SYS_sendmmsg => ("sendmmsg", one),
        c::SYS_sendfile => ("sendfile", one),
        c::SYS_read => ("read", one),
        c::SYS_readv => ("readv", one),
        c::SYS_pread64 => ("pread", one),
        c::SYS_write => ("write", one),
        c::SYS_writev => ("writev", one),
        c::SYS_pwrite64 => ("pwrite", one),
        c::SYS_close => ("close", one),
        c::SYS_fsync => ("fsync", one),
        c::SYS_fdatasync => ("fdatasync", one),
        c::SYS_flock => ("flock", one),
        c::SYS_fcntl => ("fcntl", one),
        c::SYS_ioctl => ("ioctl", one),
        c::SYS_openat => ("open", On::Nothing),
        #[cfg(target_arch = "x86_64")]
        c::SYS_open => ("open", On::Nothing),
        #[cfg(target_arch = "x86_64")]
        c::SYS_pause => ("pause", On::Nothing),
        c::SYS_rt_sigsuspend => ("sigsuspend", On::Nothing),
        c::SYS_rt_sigtimedwait => ("sigwait", On::Nothing),
        // Waiting for nothing but the time to pass is how some programs sleep.
        #[cfg(target_arch = "x86_64")]
        c::SYS_poll if second == 0 => return Some(Call::Sleeps),
        c::SYS_ppoll if second == 0 => return Some(Call::Sleeps),
        #[cfg(target_arch = "x86_64")]
        c::SYS_select if first == 0 => return Some(Call::Sleeps),
        c::SYS_pselect6 if first == 0 => return Some(Call::Sleeps),
        #[cfg(target_arch = "x86_64")]
        c::SYS_poll => ("poll", poll(first, second)),
        c::SYS_ppoll => ("poll", poll(first, second)),
        #[cfg(target_arch = "x86_64")]
        c::SYS_select => ("select", select(first, [second, third, fourth])),
        c::SYS_pselect6 => ("select", select(first, [second, third, fourth])),
        #[cfg(target_arch = "x86_64")]
        c::SYS_epoll_wait => ("epoll_wait", On::Epoll(descriptor(first))),
        c::SYS_epoll_pwait | c::SYS_epoll_pwait2 => ("epoll_wait", On::Epoll(descriptor(first))),
        c::SYS_futex | c::SYS_futex_waitv => return Some(Call::ForThread),
        c::SYS_nanosleep | c::SYS_clock_nanosleep => return Some(Call::Sleeps),
        c::SYS_wait4 | c::SYS_waitid => return Some(Call::ForChild),
        c::SYS_restart_syscall => return Some(Call::Restarted),
        _ => return None,
    };
    Some(Call::Waits { name, on })
}

/// The call behind a restarted one, for the arguments are still those of the first.
/// `wait_channel` is the kernel function that the thread sleeps in
/// (`/proc/PID/task/TID/wchan`); the kernel restarts so no others than these.
pub(super) fn restarted(wait_channel: &str, arguments: &[u64; 6]) -> Option<Call> {
    if wait_channel == "0" {
        // It does not say.
        None
    } else if wait_channel.contains("futex") {
        Some(Call::ForThread)
    } else if wait_channel.contains("poll") {
        call(c::SYS_ppoll, arguments)
    } else {
        Some(Call::Sleeps)
    }
}

fn poll(address: u64, count: u64) -> On {
    On::Poll { address, count }
}

fn select(descriptors: u64, sets: [u64; 3]) -> On {
    On::Select { descriptors, sets }
}

/// The kernel takes the lower half of the register.
fn descriptor(argument: u64) -> i32 {
    argument as u32 as i32
}
