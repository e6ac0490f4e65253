//! A program as it lies in memory: where its functions begin, how its frames are
//! unwound, which line an address is.

use super::files::Mapped;
use super::lines::{Lines, Place};
use super::memory::Stack;
use super::stop::Registers;
use addr2line::gimli::{
    BaseAddresses, EhFrame, EhFrameHdr, EndianSlice, LittleEndian, UnwindSection,
};
use framehop::{
    CacheNative, ExplicitModuleSectionInfo, MayAllocateDuringUnwind, Module, UnwindRegsNative,
    Unwinder, UnwinderNative,
};
use object::{Object, ObjectSection, ObjectSegment};
use std::cell::RefCell;
use std::ops::Range;

/// More frames than this are a recursion that does not end.
const MOST_FRAMES: usize = 256;

pub(super) struct Image<'files> {
    parts: Vec<Part<'files>>,
    unwinder: UnwinderNative<&'files [u8], MayAllocateDuringUnwind>,
    cache: RefCell<CacheNative<MayAllocateDuringUnwind>>,
    lines: Option<Lines<'files>>,
    /// Where the program itself lies, and what its addresses were moved by to get there.
    program: Range<u64>,
    program_moved: u64,
}

/// One file of the program, for looking up its functions.
struct Part<'files> {
    addresses: Range<u64>,
    moved: u64,
    bases: BaseAddresses,
    index: &'files [u8],
    frames: EhFrame<EndianSlice<'files, LittleEndian>>,
}

/// A walk up a stack.
pub(super) struct Walk {
    /// Of each frame, the innermost first: an address inside the instruction that the
    /// frame is at, or has called from.
    pub(super) addresses: Vec<u64>,
    /// Whether the last frame is the thread's outermost.
    pub(super) complete: bool,
}

impl<'files> Image<'files> {
    pub(super) fn of(files: &'files [Mapped], own_source: &str) -> Self {
        let mut image = Self {
            parts: Vec::new(),
            unwinder: UnwinderNative::new(),
            cache: RefCell::new(CacheNative::new()),
            lines: None,
            program: 0..0,
            program_moved: 0,
        };
        for file in files {
            // A file that cannot be read as ELF ends a walk; it does not prevent one.
            let _ = image.add(file, own_source);
        }
        image
    }

    fn add(&mut self, file: &'files Mapped, own_source: &str) -> Option<()> {
        let elf = object::File::parse(&*file.bytes).ok()?;
        let lowest = elf.segments().min_by_key(ObjectSegment::address)?;
        // Where the start of the file would lie by its own addresses.
        let linked = lowest.address().checked_sub(lowest.file_range().0)?;
        let moved = file.addresses.start.checked_sub(linked)?;
        if file.is_program {
            self.lines = Lines::of(&elf, own_source);
            self.program = file.addresses.clone();
            self.program_moved = moved;
        }
        let (index_at, index) = section(&elf, ".eh_frame_hdr")?;
        let (frames_at, frames) = section(&elf, ".eh_frame")?;
        let (text_at, text) = section(&elf, ".text")?;
        self.unwinder.add_module(Module::new(
            String::new(),
            file.addresses.clone(),
            file.addresses.start,
            ExplicitModuleSectionInfo {
                base_svma: linked,
                text_svma: Some(text_at.clone()),
                text: Some(text),
                eh_frame_svma: Some(frames_at.clone()),
                eh_frame: Some(frames),
                eh_frame_hdr_svma: Some(index_at.clone()),
                eh_frame_hdr: Some(index),
                ..ExplicitModuleSectionInfo::default()
            },
        ));
        self.parts.push(Part {
            addresses: file.addresses.clone(),
            moved,
            bases: BaseAddresses::default()
                .set_text(text_at.start)
                .set_eh_frame(frames_at.start)
                .set_eh_frame_hdr(index_at.start),
            index,
            frames: EhFrame::new(frames, LittleEndian),
        });
        Some(())
    }

    /// Whether there is any line of the learner's to be found.
    pub(super) fn has_lines(&self) -> bool {
        self.lines.is_some()
    }

    /// Whether a function of the program itself begins at `address`: not one of a
    /// library, nor an entry of the table through which those are called.
    pub(super) fn is_own_function(&self, address: u64) -> bool {
        self.program.contains(&address) && self.function(address) == Some(address)
    }

    /// The line of the learner's source that `address` belongs to.
    pub(super) fn place(&self, address: u64) -> Option<Place> {
        let address = address.checked_sub(self.program_moved)?;
        self.lines.as_ref()?.place(address)
    }

    /// Where the function that contains `address` begins.
    pub(super) fn function(&self, address: u64) -> Option<u64> {
        let part = self
            .parts
            .iter()
            .find(|part| part.addresses.contains(&address))?;
        part.function(address)
    }

    /// Walks up `stack` from `registers`. Stops short at a frame that is in no known
    /// function, rather than guess what lies beyond.
    pub(super) fn walk(&self, registers: &Registers, stack: &Stack<'_>) -> Walk {
        let mut read = |address| stack.word(address).ok_or(());
        let mut cache = self.cache.borrow_mut();
        let mut frames = self.unwinder.iter_frames(
            registers.program_counter,
            self.unwinding(registers),
            &mut cache,
            &mut read,
        );
        let mut addresses = Vec::new();
        while addresses.len() < MOST_FRAMES {
            match frames.next() {
                Ok(Some(frame)) if self.function(frame.address_for_lookup()).is_some() => {
                    addresses.push(frame.address_for_lookup());
                }
                end => {
                    let complete = matches!(end, Ok(None));
                    return Walk {
                        addresses,
                        complete,
                    };
                }
            }
        }
        Walk {
            addresses,
            complete: false,
        }
    }

    #[cfg(target_arch = "x86_64")]
    fn unwinding(&self, registers: &Registers) -> UnwindRegsNative {
        UnwindRegsNative::new(
            registers.program_counter,
            registers.stack_pointer,
            registers.frame_pointer,
        )
    }

    /// Return addresses may be signed in the bits that no known address has.
    #[cfg(target_arch = "aarch64")]
    fn unwinding(&self, registers: &Registers) -> UnwindRegsNative {
        let highest = self.unwinder.max_known_code_address();
        UnwindRegsNative::new_with_ptr_auth_mask(
            framehop::aarch64::PtrAuthMask::from_max_known_address(highest),
            registers.link,
            registers.stack_pointer,
            registers.frame_pointer,
        )
    }
}

impl Part<'_> {
    fn function(&self, address: u64) -> Option<u64> {
        let index = EhFrameHdr::new(self.index, LittleEndian)
            .parse(&self.bases, size_of::<u64>() as u8)
            .ok()?;
        let found = index.table()?.fde_for_address(
            &self.frames,
            &self.bases,
            address.checked_sub(self.moved)?,
            EhFrame::cie_from_offset,
        );
        Some(found.ok()?.initial_address().wrapping_add(self.moved))
    }
}

/// Where a section was linked to, and its bytes.
fn section<'files>(elf: &object::File<'files>, name: &str) -> Option<(Range<u64>, &'files [u8])> {
    let section = elf.section_by_name(name)?;
    let start = section.address();
    Some((
        start..start.checked_add(section.size())?,
        section.data().ok()?,
    ))
}
