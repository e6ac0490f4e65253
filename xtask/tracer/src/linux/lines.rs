//! Which line of the learner's source an address is (DWARF 5, section 6.2), also
//! where the compiler has put one function into another.

use addr2line::Context;
use addr2line::gimli::{Dwarf, EndianSlice, LittleEndian, SectionId};
use object::{CompressionFormat, Object, ObjectSection};
use std::convert::Infallible;

pub(super) struct Lines<'files> {
    context: Context<EndianSlice<'files, LittleEndian>>,
}

/// Where in the learner's source an address is.
pub(super) struct Place {
    /// The file, from the last folder of `own_source` on.
    pub(super) file: String,
    /// `None` for code that the compiler made up there.
    pub(super) line: Option<u32>,
}

impl<'files> Lines<'files> {
    /// `None` for a program that was built without lines, or keeps them compressed.
    pub(super) fn of(elf: &object::File<'files>) -> Option<Self> {
        let bytes = |id: SectionId| {
            let section = elf.section_by_name(id.name())?;
            let format = section.compressed_file_range().ok()?.format;
            let plain = format == CompressionFormat::None;
            section.data().ok().filter(|_| plain)
        };
        let section = |id| EndianSlice::new(bytes(id).unwrap_or_default(), LittleEndian);
        let dwarf = Dwarf::load(|id| Ok::<_, Infallible>(section(id))).ok()?;
        // A program without lines is not worth stopping.
        dwarf.units().next().ok()??;
        let context = Context::from_dwarf(dwarf).ok()?;
        Some(Self { context })
    }

    /// The innermost frame at `address`, as the program was linked, that is in a file
    /// whose path contains `own_source`.
    pub(super) fn place(&self, address: u64, own_source: &str) -> Option<Place> {
        let mut frames = self.context.find_frames(address).skip_all_loads().ok()?;
        while let Ok(Some(frame)) = frames.next() {
            let Some(location) = frame.location else {
                continue;
            };
            if let Some(file) = location.file.and_then(|path| within(path, own_source)) {
                return Some(Place {
                    file: file.to_owned(),
                    line: location.line.filter(|line| *line != 0),
                });
            }
        }
        None
    }
}

/// The part of `path` from the last folder of `own_source` on: of
/// `/home/me/lessons/lesson-06-recv/src/main.rs` and `lessons/lesson-06-recv/src/`
/// it is `src/main.rs`.
fn within<'path>(path: &'path str, own_source: &str) -> Option<&'path str> {
    let found = path.rfind(own_source)?;
    let named = own_source.trim_end_matches('/');
    let last = named.rfind('/').map_or(0, |slash| slash + 1);
    path.get(found + last..)
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_file_is_named_from_the_last_folder_on() {
        let path = "/home/me/lessons/lesson-06-recv/src/bin/a.rs";
        assert_eq!(
            within(path, "lessons/lesson-06-recv/src/"),
            Some("src/bin/a.rs")
        );
        assert_eq!(within(path, "lesson-06-recv/src"), Some("src/bin/a.rs"));
        assert_eq!(within(path, "a.rs"), Some("a.rs"));
        assert_eq!(within(path, "lessons/lesson-07-sendall/src/"), None);
    }
}
