//! The program's memory, read from outside: `/proc/PID/mem` (`man 5 proc`), which
//! asks for the same right as ptrace but not for the call.

use std::fs::File;
use std::os::unix::fs::FileExt;

pub(super) struct Memory {
    file: File,
}

impl Memory {
    /// `None` when the system refuses it.
    pub(super) fn open(process: i32) -> Option<Self> {
        let file = File::open(format!("/proc/{process}/mem")).ok()?;
        Some(Self { file })
    }

    /// At most `length` bytes from `address` on; fewer where the mapping ends.
    pub(super) fn read(&self, address: u64, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        let read = self.file.read_at(&mut bytes, address).unwrap_or(0);
        bytes.truncate(read);
        bytes
    }

    pub(super) fn word(&self, address: u64) -> Option<u64> {
        let bytes = self.read(address, WORD as usize);
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    }

    /// A copy of the top of a stack, for a thread that will go on.
    pub(super) fn copied_stack(&self, stack_pointer: u64) -> Stack<'_> {
        Stack {
            start: stack_pointer,
            bytes: self.read(stack_pointer, COPIED),
            beyond: None,
        }
    }

    /// The stack of a thread that waits meanwhile.
    pub(super) fn waiting_stack(&self, stack_pointer: u64) -> Stack<'_> {
        Stack {
            beyond: Some(self),
            ..self.copied_stack(stack_pointer)
        }
    }
}

/// How much of a stack is copied, in bytes: the frames up to the learner's own.
const COPIED: usize = 64 * 1024;

/// The size of a word on a stack, in bytes.
pub(super) const WORD: u64 = 8;

/// A thread's stack from the stack pointer up.
pub(super) struct Stack<'memory> {
    start: u64,
    bytes: Vec<u8>,
    /// Where the rest is to be read.
    beyond: Option<&'memory Memory>,
}

impl Stack<'_> {
    /// The word at `address`, if it can be had.
    pub(super) fn word(&self, address: u64) -> Option<u64> {
        let offset = usize::try_from(address.checked_sub(self.start)?).ok()?;
        let copied = self.bytes.get(offset..).and_then(<[u8]>::first_chunk);
        match copied {
            Some(bytes) => Some(u64::from_le_bytes(*bytes)),
            None => self.beyond?.word(address),
        }
    }

    /// The copied words with their addresses, from the top on.
    pub(super) fn words(&self) -> impl Iterator<Item = (u64, u64)> {
        let addresses = (self.start..).step_by(WORD as usize);
        let words = self.bytes.chunks_exact(WORD as usize);
        addresses
            .zip(words)
            .filter_map(|(address, word)| Some((address, u64::from_le_bytes(*word.first_chunk()?))))
    }
}
