//! The commands, one file each, each with one public `run`.

pub mod bench;
pub mod bless;
pub mod book;
pub mod check;
pub mod hint;
pub mod list;
pub mod prove;
pub mod reset;
pub mod spec;
pub mod stub;
