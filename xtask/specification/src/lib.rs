//! What a lesson's programs must do, for whoever writes them in any language: read from
//! `solutions/<lesson>/spec.toml`, and put in the order in which it is shown. Only what can
//! be seen from outside stands in it, and nothing of how a program does it. How a terminal
//! or a page shows it is left to `xtask` and `press`.
//!
//! ```text
//! Spec             one lesson's, read from its file
//! └─ Program         by its role: main, or server and client
//!    └─ Part           what is shown under one heading
//!       └─ Entry         one argument, line, sentence or exit status
//! ```

#![warn(missing_docs, unreachable_pub)]

mod lang;
mod line;
mod part;
mod program;
mod reading;

pub use lang::Lang;
pub use line::{Piece, pieces};
pub use part::{Entry, Part, Subject};
pub use program::{Argument, Exit, Program, Sentence, Spec, Stdout};
