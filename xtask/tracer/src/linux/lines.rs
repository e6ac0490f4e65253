//! Which line of the learner's source an address is (DWARF 5, section 6.2), also
//! where the compiler has put one function into another.

use addr2line::Context;
use addr2line::gimli::{Dwarf, EndianSlice, LittleEndian, SectionId, Unit};
use object::{CompressionFormat, Object, ObjectSection};
use std::convert::Infallible;
use std::ops::Range;

type Bytes<'files> = EndianSlice<'files, LittleEndian>;

pub(super) struct Lines<'files> {
    own_source: String,
    /// The code of the learner's crates. To look up any other would take long: the
    /// standard library's lines alone take some 20 ms to read.
    own_code: Vec<Range<u64>>,
    context: Context<Bytes<'files>>,
}

/// Where in the learner's source an address is.
pub(super) struct Place {
    /// The file, from the last folder of `own_source` on.
    pub(super) file: String,
    pub(super) line: u32,
    /// False where the compiler gave this very instruction no line, and it is that of
    /// one shortly before.
    pub(super) exact: bool,
}

impl<'files> Lines<'files> {
    /// `None` for a program without code of the learner's, or without its lines, or
    /// where they are compressed.
    pub(super) fn of(elf: &object::File<'files>, own_source: &str) -> Option<Self> {
        let bytes = |id: SectionId| {
            let section = elf.section_by_name(id.name())?;
            let format = section.compressed_file_range().ok()?.format;
            let plain = format == CompressionFormat::None;
            section.data().ok().filter(|_| plain)
        };
        let section = |id| EndianSlice::new(bytes(id).unwrap_or_default(), LittleEndian);
        let dwarf = Dwarf::load(|id| Ok::<_, Infallible>(section(id))).ok()?;
        let own_code = own_code(&dwarf, own_source);
        if own_code.is_empty() {
            return None;
        }
        Some(Self {
            own_source: own_source.to_owned(),
            own_code,
            context: Context::from_dwarf(dwarf).ok()?,
        })
    }

    /// The innermost frame at `address`, as the program was linked, that is in the
    /// learner's source.
    pub(super) fn place(&self, address: u64) -> Option<Place> {
        let (file, line) = self.own_frame(address)?;
        let near = || (1..NEAR).find_map(|back| self.own_frame(address.saturating_sub(back))?.1);
        Some(Place {
            line: line.or_else(near)?,
            exact: line.is_some(),
            file,
        })
    }

    /// The learner's file at `address`, and the line, if it has one.
    fn own_frame(&self, address: u64) -> Option<(String, Option<u32>)> {
        if !self.own_code.iter().any(|code| code.contains(&address)) {
            return None;
        }
        let mut frames = self.context.find_frames(address).skip_all_loads().ok()?;
        while let Ok(Some(frame)) = frames.next() {
            let Some(location) = frame.location else {
                continue;
            };
            if let Some(file) = location
                .file
                .and_then(|path| within(path, &self.own_source))
            {
                return Some((file.to_owned(), location.line.filter(|line| *line != 0)));
            }
        }
        None
    }
}

/// How far before an instruction without a line one with a line is looked for, in
/// bytes.
const NEAR: u64 = 32;

/// The addresses of the units whose root file is the learner's.
fn own_code(dwarf: &Dwarf<Bytes<'_>>, own_source: &str) -> Vec<Range<u64>> {
    let mut own_code = Vec::new();
    let mut headers = dwarf.units();
    while let Ok(Some(header)) = headers.next() {
        let Ok(unit) = dwarf.unit(header) else {
            continue;
        };
        if !root_file(&unit).contains(own_source) {
            continue;
        }
        let Ok(mut ranges) = dwarf.unit_ranges(&unit) else {
            continue;
        };
        while let Ok(Some(range)) = ranges.next() {
            own_code.push(range.begin..range.end);
        }
    }
    own_code
}

/// The path of the file that a unit was compiled from.
fn root_file(unit: &Unit<Bytes<'_>>) -> String {
    let part = |part: Option<Bytes<'_>>| part.map(|part| part.to_string_lossy().into_owned());
    let (folder, name) = (part(unit.comp_dir), part(unit.name));
    format!(
        "{}/{}",
        folder.unwrap_or_default(),
        name.unwrap_or_default()
    )
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
