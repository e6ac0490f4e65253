//! How a check's results are told: to a person in a terminal, or as JSON.

mod at_fault;
mod conversation;
mod json;
mod scenario;
mod step_line;
mod style;
mod terminal;
mod unseen;
mod ways_on;
mod words;

pub use json::print as print_json;
pub use scenario::Telling;
pub use style::Style;
pub use terminal::print;
