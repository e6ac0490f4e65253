//! Which calls the kernel stops a program at, as a filter of `man 2 seccomp`: those that are
//! recorded. Every other call goes through at full speed.

use crate::linux::calls::Known;
use libc::{BPF_ABS, BPF_JEQ, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, sock_filter};

/// Where the architecture and the call's number stand in `struct seccomp_data`.
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;

/// `AUDIT_ARCH_*` of <linux/audit.h>: numbers of another architecture mean other calls.
#[cfg(target_arch = "x86_64")]
const OWN: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const OWN: u32 = 0xc000_00b7;

/// Calls that no program makes by itself: what was interrupted goes on, and a handler ends.
const OF_SIGNALS: [i64; 2] = [libc::SYS_restart_syscall, libc::SYS_rt_sigreturn];

/// The program of the filter.
pub(super) fn filter() -> Vec<sock_filter> {
    let numbers: Vec<_> = Known::all_recorded().chain(OF_SIGNALS).collect();
    let count = numbers.len();
    let mut filter = vec![
        load(ARCHITECTURE),
        // Past everything, to the end that lets it through.
        unless_equal(OWN, jump(count + 1)),
        load(NUMBER),
    ];
    for (index, number) in numbers.into_iter().enumerate() {
        filter.push(if_equal(number as u32, jump(count - index)));
    }
    filter.push(give(libc::SECCOMP_RET_ALLOW));
    filter.push(give(libc::SECCOMP_RET_TRACE));
    filter
}

/// The table has far fewer than 255 calls.
fn jump(distance: usize) -> u8 {
    u8::try_from(distance).unwrap_or(u8::MAX)
}

fn load(offset: u32) -> sock_filter {
    instruction(BPF_LD | BPF_W | BPF_ABS, 0, 0, offset)
}

fn if_equal(value: u32, distance: u8) -> sock_filter {
    instruction(BPF_JMP | BPF_JEQ | BPF_K, distance, 0, value)
}

fn unless_equal(value: u32, distance: u8) -> sock_filter {
    instruction(BPF_JMP | BPF_JEQ | BPF_K, 0, distance, value)
}

fn give(answer: u32) -> sock_filter {
    instruction(BPF_RET | BPF_K, 0, 0, answer)
}

fn instruction(code: u32, if_true: u8, if_false: u8, value: u32) -> sock_filter {
    sock_filter {
        code: code as u16,
        jt: if_true,
        jf: if_false,
        k: value,
    }
}
