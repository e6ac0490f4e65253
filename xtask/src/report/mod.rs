//! How a check's results are told: to a person in a terminal, or as JSON; and how a
//! lesson's specification is, a step beside the solution's, the list of all lessons, and
//! where a learner is.

mod at_fault;
mod beside;
mod conversation;
mod json;
mod line_diff;
mod overview;
mod run;
mod run_page;
mod scenario;
mod spec;
mod step_line;
mod style;
mod terminal;
mod timeline;
mod unseen;
mod ways_on;
mod whereabouts;
mod words;

pub use beside::beside;
pub use json::print as print_json;
pub use overview::{Entry, lines as overview};
pub use run::{as_the_peers_saw_it, lines as run_lines};
pub use run_page::{Shown, page as run_page};
pub use scenario::Telling;
pub use spec::lines as spec_lines;
pub use style::Style;
pub use terminal::{print, text};
pub use ways_on::run as command;
pub use whereabouts::{Whereabouts, welcome};
