//! What a process that asks may be refused, as it is in some containers: system
//! calls, by a seccomp filter (`man 2 seccomp`).

use libc::{c_long, sock_filter, sock_fprog};
use serde::{Deserialize, Serialize};
use std::os::unix::process::CommandExt;
use std::process::Command;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// In this process, as whoever runs the test.
    Here,
    /// As a user without any privileges.
    OrdinaryUser,
    /// `ptrace` is refused.
    WithoutPtrace,
    OrdinaryUserWithoutPtrace,
    /// So are the calls that read a program's memory.
    WithoutMemory,
}

impl Condition {
    pub const ALL: [Self; 5] = [
        Self::Here,
        Self::OrdinaryUser,
        Self::WithoutPtrace,
        Self::OrdinaryUserWithoutPtrace,
        Self::WithoutMemory,
    ];

    pub fn needs_another_user(self) -> bool {
        matches!(self, Self::OrdinaryUser | Self::OrdinaryUserWithoutPtrace)
    }

    pub fn allows_ptrace(self) -> bool {
        matches!(self, Self::Here | Self::OrdinaryUser)
    }

    pub fn allows_memory(self) -> bool {
        self != Self::WithoutMemory
    }

    /// From now on, for this thread and those it starts.
    pub fn impose(self) {
        let refused: &[Refused] = match self {
            Self::Here | Self::OrdinaryUser => return,
            Self::WithoutPtrace | Self::OrdinaryUserWithoutPtrace => &[PTRACE],
            Self::WithoutMemory => &[
                PTRACE,
                all_of(libc::SYS_process_vm_readv),
                all_of(libc::SYS_pread64),
            ],
        };
        refuse(&filter(refused));
    }
}

/// A call that is refused; with a number, only where its first argument is that.
pub type Refused = (c_long, Option<u32>);

const fn all_of(call: c_long) -> Refused {
    (call, None)
}

/// As the profiles of old containers have it.
pub const PTRACE: Refused = all_of(libc::SYS_ptrace);
/// What programs need for a filter of their own.
pub const FILTERS: [Refused; 2] = [
    all_of(libc::SYS_seccomp),
    (libc::SYS_prctl, Some(libc::PR_SET_SECCOMP as u32)),
];
/// A kernel before 5.3 has ptrace, but does not tell of calls.
pub const CALL_INFORMATION: Refused = (libc::SYS_ptrace, Some(libc::PTRACE_GET_SYSCALL_INFO));
/// As the profiles of today's containers have it.
pub const DESCRIPTORS: Refused = all_of(libc::SYS_pidfd_getfd);

/// One that makes the calls fail with EPERM.
pub fn filter(refused: &[Refused]) -> Vec<sock_filter> {
    const LOAD: u32 = libc::BPF_LD | libc::BPF_W | libc::BPF_ABS;
    const EQUAL: u32 = libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K;
    const RETURN: u32 = libc::BPF_RET | libc::BPF_K;
    // Where they stand in `struct seccomp_data`; of the argument, the lower half.
    const NUMBER: u32 = 0;
    const FIRST_ARGUMENT: u32 = 16;
    let step = |code: u32, value: u32, otherwise: u8| sock_filter {
        code: code as u16,
        jt: 0,
        jf: otherwise,
        k: value,
    };
    let mut filter = Vec::new();
    for (call, argument) in refused {
        let more = if argument.is_some() { 2 } else { 0 };
        filter.push(step(LOAD, NUMBER, 0));
        filter.push(step(EQUAL, *call as u32, more + 1));
        if let Some(argument) = argument {
            filter.push(step(LOAD, FIRST_ARGUMENT, 0));
            filter.push(step(EQUAL, *argument, 1));
        }
        filter.push(step(
            RETURN,
            libc::SECCOMP_RET_ERRNO | libc::EPERM as u32,
            0,
        ));
    }
    filter.push(step(RETURN, libc::SECCOMP_RET_ALLOW, 0));
    filter
}

/// From now on, for this thread and what it starts. It may stand between fork and exec.
pub fn refuse(filter: &[sock_filter]) {
    let program = sock_fprog {
        len: filter.len() as u16,
        filter: filter.as_ptr().cast_mut(),
    };
    // SAFETY: the filter lives until the kernel has copied it.
    unsafe {
        assert_eq!(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
        let mode = libc::SECCOMP_MODE_FILTER;
        assert_eq!(libc::prctl(libc::PR_SET_SECCOMP, mode, &program), 0);
    }
}

/// The command, refused these calls.
pub fn refused(mut command: Command, calls: &[Refused]) -> Command {
    let filter = filter(calls);
    let impose = move || {
        refuse(&filter);
        Ok(())
    };
    // SAFETY: between fork and exec it makes two calls, and takes no memory.
    unsafe { command.pre_exec(impose) };
    command
}
