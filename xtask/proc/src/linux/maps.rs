//! What lies where in a process's memory: `/proc/PID/maps` (`man 5 proc_pid_maps`).

use super::not_understood;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;

/// One part of a process's memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub addresses: Range<u64>,
    /// It may be run.
    pub is_code: bool,
    pub origin: Origin,
}

/// Where a part of the memory comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    File(PathBuf),
    /// The kernel's own code in a process (`man 7 vdso`).
    Vdso,
    /// The stack, the heap, and what has no name.
    Other,
}

impl FromStr for Mapping {
    type Err = io::Error;

    fn from_str(line: &str) -> io::Result<Self> {
        // Addresses, permissions, offset, device, inode, and what may hold blanks.
        let mut fields = line.splitn(6, ' ');
        let mut next = || fields.next().ok_or_else(not_understood);
        let (start, end) = next()?.split_once('-').ok_or_else(not_understood)?;
        let address = |digits| u64::from_str_radix(digits, 16).map_err(|_| not_understood());
        let is_code = next()?.contains('x');
        let origin = match fields.nth(3).unwrap_or_default().trim_start() {
            "[vdso]" => Origin::Vdso,
            path if path.starts_with('/') => Origin::File(path.into()),
            _ => Origin::Other,
        };
        Ok(Self {
            addresses: address(start)?..address(end)?,
            is_code,
            origin,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_hold_blanks() {
        let told = "7f10-7f20 r-xp 00000000 fe:00 1234        /a folder/program";
        let mapping: Mapping = told.parse().unwrap();
        assert_eq!(mapping.addresses, 0x7f10..0x7f20);
        assert!(mapping.is_code);
        assert_eq!(mapping.origin, Origin::File("/a folder/program".into()));
        let nameless: Mapping = "10-20 rw-p 00000000 00:00 0 ".parse().unwrap();
        assert_eq!((nameless.is_code, nameless.origin), (false, Origin::Other));
        let own: Mapping = "10-20 r-xp 00000000 00:00 0     [vdso]".parse().unwrap();
        assert_eq!(own.origin, Origin::Vdso);
        assert!("10 r-xp".parse::<Mapping>().is_err());
    }
}
