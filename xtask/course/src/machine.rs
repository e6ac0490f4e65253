//! What a machine may lack that looks like a fault of a program, or of the course: room on
//! the disk, and memory. It is known by what the system and the compiler say.

use crate::lang::Lang;
use crate::tr;
use std::io::{self, ErrorKind};

/// What the machine has run out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Disk,
    Memory,
}

/// ENOSPC and EDQUOT (`man 3 errno`), ERROR_DISK_FULL; the linker says it in words.
const NO_ROOM: [&str; 4] = [
    "(os error 28)",
    "(os error 122)",
    "(os error 112)",
    "No space left on device",
];

/// ENOMEM, an allocation of rustc's that failed, and what Linux does where memory is short.
const NO_MEMORY: [&str; 4] = [
    "(os error 12)",
    "memory allocation of ",
    "LLVM ERROR: out of memory",
    "(signal: 9, SIGKILL: kill)",
];

impl Lack {
    /// What `words` of cargo or the compiler complain of. Those on a place in a source
    /// (`-->`) are about what stands there, and may quote anything.
    pub fn in_words(words: &str) -> Option<Self> {
        let says = |all: &[&str]| all.iter().any(|part| words.contains(part));
        if words.contains("-->") {
            None
        } else if says(&NO_ROOM) {
            Some(Self::Disk)
        } else {
            says(&NO_MEMORY).then_some(Self::Memory)
        }
    }

    /// What lies at the bottom of `error`.
    pub fn of(error: &anyhow::Error) -> Option<Self> {
        let mut causes = error.chain().filter_map(|cause| cause.downcast_ref());
        causes.find_map(|cause: &io::Error| match cause.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(Self::Disk),
            ErrorKind::OutOfMemory => Some(Self::Memory),
            _ => None,
        })
    }

    /// One sentence that says whose fault it is, and what helps.
    pub fn sentence(self, lang: Lang) -> String {
        match self {
            Self::Disk => tr!(
                lang,
                "디스크에 빈 곳이 없습니다. 내 프로그램의 잘못이 아닙니다. 자리를 만든 뒤 다시 하세요. 무엇이 얼마나 있는지는 cargo xtask doctor가 보여 줍니다.",
                "The disk is full, which is not the fault of your program. Make room, and try again; cargo xtask doctor shows what there is."
            ),
            Self::Memory => tr!(
                lang,
                "메모리가 모자랍니다. 내 프로그램의 잘못이 아닙니다. 다른 프로그램을 닫은 뒤 다시 하세요. 이 컴퓨터의 상태는 cargo xtask doctor가 보여 줍니다.",
                "The machine is out of memory, which is not the fault of your program. Close other programs, and try again; cargo xtask doctor looks at the machine."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_compiler_and_the_linker_complain_of_is_known() {
        for words in [
            "error: failed to build archive at `/x/liblibc.rlib`: No space left on device (os error 28)",
            "error: linking with `cc` failed\n  = note: ld: final link failed: No space left on device",
            "error: could not write output: There is not enough space on the disk. (os error 112)",
        ] {
            assert_eq!(Lack::in_words(words), Some(Lack::Disk), "{words}");
        }
        for words in [
            "memory allocation of 2048 bytes failed",
            "process didn't exit successfully: `rustc --crate-name x` (signal: 9, SIGKILL: kill)",
        ] {
            assert_eq!(Lack::in_words(words), Some(Lack::Memory), "{words}");
        }
    }

    #[test]
    fn what_a_source_says_is_not_the_machine_s() {
        let words = "error[E0308]: mismatched types\n --> src/main.rs:3:5\n  | \"No space left on device (os error 28)\"";
        assert_eq!(Lack::in_words(words), None);
        assert_eq!(Lack::in_words("error: could not compile `x`"), None);
    }

    #[test]
    fn the_bottom_of_an_error_tells() {
        let full = io::Error::from(ErrorKind::StorageFull);
        let error = anyhow::Error::new(full).context("x cannot be written");
        assert_eq!(Lack::of(&error), Some(Lack::Disk));
        let other = anyhow::Error::new(io::Error::from(ErrorKind::NotFound));
        assert_eq!(Lack::of(&other), None);
    }
}
