//! What a process that asks may be refused, as it is in some containers: system
//! calls, by a seccomp filter (`man 2 seccomp`).

use libc::{c_long, sock_filter, sock_fprog};
use serde::{Deserialize, Serialize};

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
        let refused: &[c_long] = match self {
            Self::Here | Self::OrdinaryUser => return,
            Self::WithoutPtrace | Self::OrdinaryUserWithoutPtrace => &[libc::SYS_ptrace],
            Self::WithoutMemory => &[
                libc::SYS_ptrace,
                libc::SYS_process_vm_readv,
                libc::SYS_pread64,
            ],
        };
        refuse(refused);
    }
}

/// Makes `calls` fail with EPERM.
fn refuse(calls: &[c_long]) {
    const LOAD: u32 = libc::BPF_LD | libc::BPF_W | libc::BPF_ABS;
    const EQUAL: u32 = libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K;
    const RETURN: u32 = libc::BPF_RET | libc::BPF_K;
    let step = |code: u32, value: u32, otherwise: u8| sock_filter {
        code: u16::try_from(code).unwrap(),
        jt: 0,
        jf: otherwise,
        k: value,
    };
    // The number of the call stands first in `struct seccomp_data`.
    let mut filter = vec![step(LOAD, 0, 0)];
    for call in calls {
        filter.push(step(EQUAL, u32::try_from(*call).unwrap(), 1));
        filter.push(step(
            RETURN,
            libc::SECCOMP_RET_ERRNO | libc::EPERM as u32,
            0,
        ));
    }
    filter.push(step(RETURN, libc::SECCOMP_RET_ALLOW, 0));
    let program = sock_fprog {
        len: u16::try_from(filter.len()).unwrap(),
        filter: filter.as_mut_ptr(),
    };
    // SAFETY: the filter lives until the kernel has copied it.
    unsafe {
        assert_eq!(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
        let filter = libc::SECCOMP_MODE_FILTER;
        assert_eq!(libc::prctl(libc::PR_SET_SECCOMP, filter, &program), 0);
    }
}
