//! What can be said of one scenario that does not pass.
//!
//! ```text
//! explanation  what most likely went wrong: a mistake's explanation, or a rule's
//! signature/   which mistake it is
//! trial/       whose step it is
//! difference/  in what the first different line differs
//! encoding     whether it is another encoding that differs
//! waiting      what the program waits in
//! gloss        what the Korean lines of the programs say, in English
//! reason       why it was skipped, or could not be judged
//! ```

pub mod by_hand;
pub mod difference;
pub mod encoding;
pub mod explanation;
pub mod gloss;
pub mod reason;
pub mod signature;
pub mod trial;
pub mod waiting;
