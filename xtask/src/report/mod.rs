//! How a check's results are told: to a person in a terminal, or as JSON.

mod at_fault;
mod conversation;
mod json;
mod step_line;
mod style;
mod terminal;
mod unseen;
mod words;

pub use json::print as print_json;
pub use style::Style;
pub use terminal::print;

/// The columns that a report is written for.
const WIDTH: usize = 80;
