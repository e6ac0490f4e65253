//! A process that is recorded: its memory, and where in its source it is.

use crate::linux::files::{self, Mapped};
use crate::linux::image::Image;
use crate::linux::memory::Memory;
use crate::linux::stop::Registers;
use proc::Process as Listed;
use recording::Line;

pub(super) struct Process {
    /// Among the processes of the run, in the order in which they began.
    pub(super) number: u32,
    id: i32,
    pub(super) memory: Memory,
    image: Option<Image<'static>>,
    /// How many threads it has had.
    pub(super) threads: u32,
}

impl Process {
    /// `None` when it is gone.
    pub(super) fn new(id: i32, number: u32) -> Option<Self> {
        Some(Self {
            number,
            id,
            memory: Memory::open(id)?,
            image: None,
            threads: 0,
        })
    }

    /// It has become another program.
    pub(super) fn becomes_another(&mut self) {
        if let Some(memory) = Memory::open(self.id) {
            self.memory = memory;
        }
        self.image = None;
    }

    /// The innermost line of the learner's, `None` where there is none.
    pub(super) fn line(&mut self, registers: &Registers, own_source: &str) -> Option<Line> {
        let (id, memory) = (self.id, &self.memory);
        let image = self
            .image
            .get_or_insert_with(|| image(id, memory, own_source));
        if !image.has_lines() {
            return None;
        }
        let stack = memory.waiting_stack(registers.stack_pointer);
        let walk = image.walk(registers, &stack);
        let place = walk.addresses.into_iter().find_map(|it| image.place(it))?;
        Some(Line {
            file: place.file,
            line: place.line,
        })
    }
}

/// Kept until the recorder ends, with its program: a recorder records one run.
fn image(id: i32, memory: &Memory, own_source: &str) -> Image<'static> {
    let listed = Listed::new(id).map(|process| files::mapped(process, memory));
    let files: &'static [Mapped] = listed.unwrap_or_default().leak();
    Image::of(files, own_source)
}
