//! What every command stands on: the lessons, and what can be said of a program that was
//! tried in one. From the roof to the ground, each floor imports those below it, and nobody
//! calls upstairs:
//!
//! ```text
//! explain      what can be said of one scenario that does not pass
//! runs         runs of programs, recorded
//! scenarios    a lesson's test binary, run
//! build        cargo, asked for programs
//! lesson       what a lesson is
//! ```
//!
//! The rest is the ground, which every floor uses. (A crate of its own, so that two processors
//! compile the tool: a first verdict waits for that.)

pub mod build;
pub mod explain;
pub mod failure;
pub mod kept;
pub mod lang;
pub mod lesson;
pub mod machine;
pub mod output;
pub mod runs;
pub mod scenarios;
pub mod side_by_side;
pub mod status;
pub mod visible;
