//! What the kernel has put on the stack for the end of a signal's handler: how the program goes
//! on where it was interrupted (`man 2 sigreturn`).

use crate::linux::memory::Memory;
use libc::ucontext_t;
use std::mem::offset_of;

/// The registers that the program will have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Where a call's result stands.
    pub(super) result: i64,
    pub(super) stack_pointer: u64,
    pub(super) instruction_pointer: u64,
}

/// Where they stand, from the stack pointer on that a handler ends with.
#[cfg(target_arch = "x86_64")]
const PLACES: [usize; 3] = {
    let registers = offset_of!(ucontext_t, uc_mcontext.gregs);
    [
        registers + libc::REG_RAX as usize * 8,
        registers + libc::REG_RSP as usize * 8,
        registers + libc::REG_RIP as usize * 8,
    ]
};
#[cfg(target_arch = "aarch64")]
const PLACES: [usize; 3] = {
    // A `siginfo_t` comes first.
    let context = 128;
    [
        context + offset_of!(ucontext_t, uc_mcontext.regs),
        context + offset_of!(ucontext_t, uc_mcontext.sp),
        context + offset_of!(ucontext_t, uc_mcontext.pc),
    ]
};

/// Of a thread that is at the end of a handler.
pub(super) fn frame(memory: &Memory, stack_pointer: u64) -> Option<Frame> {
    let [result, stack, instruction] = PLACES.map(|place| {
        let address = stack_pointer.checked_add(place as u64)?;
        memory.word(address)
    });
    Some(Frame {
        result: result?.cast_signed(),
        stack_pointer: stack?,
        instruction_pointer: instruction?,
    })
}
