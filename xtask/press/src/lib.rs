//! Prints the book. mdBook does the printing; this crate decides what goes in
//! (two editions that must agree, includes that must exist), adds what mdBook
//! has no word for (figures and boxes), and shows the result.
//!
//! ```text
//! Press                 where the book is read and where it is printed
//! ├─ Edition            the book in one language
//! ├─ includes           every directive names something that exists
//! ├─ editions           both editions say the same in the same order
//! ├─ figures            what was recorded becomes a figure, or a box
//! │  ├─ records         what figures are drawn from, read once
//! │  ├─ conversation    a transcript becomes a sequence diagram
//! │  ├─ chart           a bench's record becomes a chart
//! │  ├─ specification_box  a lesson's specification becomes a box
//! │  ├─ quiz            a lesson's questions
//! │  ├─ steps           a recorded run to step through
//! │  └─ choice          the choices of a question
//! ├─ listing            included code: named, dedented, in one language
//! ├─ cover              the first page's head
//! ├─ finish             what is done to a printed page
//! ├─ search             what its search looks through, and by which words
//! ├─ complaints         what mdBook warns of, made an error
//! ├─ landing            the page that leads to the reader's edition
//! └─ publish            the new book in the place of the old, one printer at a time
//! serve, watch, address the book while it is being written
//! ```

#[cfg(feature = "serve")]
pub mod address;
pub mod chart;
pub mod choice;
pub mod complaints;
pub mod conversation;
pub mod cover;
pub mod directive;
pub mod edition;
pub mod editions;
pub mod figures;
pub mod finish;
pub mod includes;
pub mod landing;
pub mod listing;
pub mod print;
pub mod publish;
pub mod quiz;
pub mod records;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod specification_box;
pub mod steps;
#[cfg(feature = "serve")]
pub mod watch;

pub use edition::Edition;
pub use print::Press;
