//! What happened, in a form that does not depend on time, ports or machine. Words stand
//! where a line is printed and where it is read, and nowhere between.
//!
//! ```text
//! event       one line: who, and what happened
//! happening   what can happen, with its data
//! contents    the bytes that a happening carries
//! wording     the words of each happening, both ways
//! saying      those for what a program prints, says, and how it ends
//! text        bytes as a line tells them
//! message     a message by its meaning, which a reader of its protocol tells
//! escape      how they are quoted, and read back
//! address     an address, its port by name where it has one
//! names       which port has which name
//! naming      where ports stand in a happening
//! kind        the kind of a system's error
//! ```

pub(crate) mod address;
mod contents;
pub(crate) mod escape;
pub(crate) mod event;
pub(crate) mod happening;
pub(crate) mod kind;
pub(crate) mod message;
pub(crate) mod names;
mod naming;
mod reader;
pub(crate) mod saying;
pub(crate) mod text;
mod wording;
