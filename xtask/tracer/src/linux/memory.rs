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

    /// The part of a stack above `stack_pointer` that is worth reading.
    pub(super) fn stack(&self, stack_pointer: u64) -> Stack {
        Stack {
            start: stack_pointer,
            bytes: self.read(stack_pointer, STACK_READ),
        }
    }
}

/// How much of a stack is read, in bytes: the frames below the learner's own.
const STACK_READ: usize = 64 * 1024;

/// The size of a word on a stack, in bytes.
pub(super) const WORD: u64 = 8;

/// A copy of the top of a thread's stack.
pub(super) struct Stack {
    start: u64,
    bytes: Vec<u8>,
}

impl Stack {
    /// The word at `address`, if it was copied.
    pub(super) fn word(&self, address: u64) -> Option<u64> {
        let offset = usize::try_from(address.checked_sub(self.start)?).ok()?;
        let bytes = self.bytes.get(offset..)?.first_chunk()?;
        Some(u64::from_le_bytes(*bytes))
    }

    /// All words with their addresses, from the top on.
    pub(super) fn words(&self) -> impl Iterator<Item = (u64, u64)> {
        let addresses = (self.start..).step_by(WORD as usize);
        let words = self.bytes.chunks_exact(WORD as usize);
        addresses
            .zip(words)
            .filter_map(|(address, word)| Some((address, u64::from_le_bytes(*word.first_chunk()?))))
    }
}
