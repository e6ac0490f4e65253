//! A lesson's scenarios, run. What they report is explained upstairs.
//!
//! ```text
//! of_lesson    all of a lesson's, and whether what they report is to be relied on
//! binary       the test binary while it runs
//! descriptors  how many run at the same time
//! ```

pub mod binary;
pub mod descriptors;
pub mod of_lesson;
pub mod of_solution;
pub mod start;
