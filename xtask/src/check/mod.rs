//! The check of a lesson: from its files to what was found of it, step by step.
//!
//! ```text
//! checker        builds, runs and gathers
//! lesson_result  what was found of a lesson; step_result: of a step, and of a scenario
//! own_programs   what a learner's sources say, and whose step it is that does not pass
//! origin         where a recorded run's difference from the solution's comes from
//! given          commands that are checked in place of the lesson's programs
//! missing        files without which nothing can be checked; loopback: a machine on which
//!                nothing can
//! ```

pub mod checker;
pub mod given;
pub mod lesson_result;
pub mod loopback;
pub mod missing;
pub mod origin;
pub mod own_programs;
pub mod script;
pub mod step_result;
