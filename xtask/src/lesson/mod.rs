//! What a lesson is: its `lesson.toml`, its programs, and what of them is written. Nothing
//! here builds or runs one.
//!
//! ```text
//! definition   lesson.toml
//! workspace    where a lesson's files stand
//! choose       which lesson is meant, and which step
//! regions      a solution, cut at its steps; bodies: a program, cut at its functions
//! starter      the programs that are generated of a solution
//! written      which steps of a program are written
//! untouched    whether what belongs to the course is as it was; bring_back: how it comes back
//! strays       lessons under other names
//! backup       copies of what a learner wrote
//! progress     what is remembered of the last check
//! fingerprint  whether a program is still what was checked
//! whereabouts  how far the learner is
//! parts        the parts of the course
//! ```

pub mod backup;
pub mod bodies;
pub mod bring_back;
pub mod choose;
pub mod definition;
pub mod fingerprint;
pub mod parts;
pub mod progress;
pub mod regions;
pub mod starter;
pub mod strays;
pub mod untouched;
pub mod whereabouts;
pub mod workspace;
pub mod written;
