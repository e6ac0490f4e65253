//! `cargo xtask dev …`: what authors of lessons need, and learners do not. None of these
//! commands writes over a learner's program.

pub mod bless;
pub mod check;
pub mod new;
pub mod prove;
pub mod record;
pub mod stub;
