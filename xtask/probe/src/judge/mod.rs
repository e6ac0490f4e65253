//! The script as it is written, the snapshot that it is held against, and the verdict.

pub(crate) mod channel;
pub(crate) mod doubt;
pub(crate) mod due;
pub(crate) mod moment;
pub(crate) mod patience;
pub(crate) mod reason;
pub(crate) mod report;
pub(crate) mod script;
pub(crate) mod snapshot;
pub(crate) mod stage;
pub(crate) mod telling;
pub(crate) mod tellings;
pub(crate) mod time;
pub(crate) mod told;
pub(crate) mod unwritten;
pub(crate) mod verdict;
