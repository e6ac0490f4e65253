//! What a lesson is: its `lesson.toml`, its programs, and what of them is written. Nothing
//! here builds or runs one.
//!
//! ```text
//! definition   lesson.toml
//! workspace    where a lesson's files stand
//! choose       which lesson is meant, and which step
//! order        how its scenarios stand in check.rs
//! regions      a solution, cut at its steps; bodies: a program, cut at its functions
//! starter      the programs that are generated of a solution
//! given        what the programs take along besides their own sources
//! in_solution  the solution's functions, and which of them may be shown
//! written      which steps of a program are written
//! untouched    whether what belongs to the course is as it was; bring_back: how it comes back
//! strays       lessons under other names
//! backup       copies of what a learner wrote; kept: the one way to write over it
//! put_back     the starter's lines in a learner's program; torn: one that is no Rust
//! newer        the course's newer state, taken without touching what a learner wrote
//! git          git, asked
//! progress     what is remembered of the last check
//! fingerprint  whether a program is still what was checked
//! whereabouts  how far the learner is
//! parts        the parts of the course
//! whole_file   writes a file whole or not at all
//! lock         one of several calls of the tool at a time
//! ```

pub mod backup;
pub mod bodies;
pub mod bring_back;
pub mod choose;
pub mod definition;
pub mod fingerprint;
mod git;
pub mod given;
pub mod in_solution;
pub mod kept;
mod lock;
pub mod newer;
pub mod order;
pub mod parameters;
pub mod parts;
pub mod progress;
pub mod put_back;
pub mod regions;
pub mod starter;
pub mod strays;
mod torn;
pub mod untouched;
pub mod whereabouts;
pub mod whole_file;
pub mod workspace;
pub mod written;
