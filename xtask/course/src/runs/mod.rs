//! Runs of programs, recorded: every call with its line, and between the calls what the peers
//! did, in one order.
//!
//! ```text
//! chosen     which scenario
//! recorder   a scenario run with its programs under the recorder
//! merged     what was recorded and what the check wrote down, in one order
//! ├─ needs     which of the two has to come first
//! └─ reactors  where a thread waits for many sockets at once
//! settled    what is another thing in every run, and means nothing
//! ├─ threads   which of two comes to its wait first
//! └─ handing   how much the kernel takes at a time
//! sockets    how each socket is after each step
//! named      the scenario's names for ports
//! compared   where two runs part
//! store      those that stand beside a solution
//! ```

mod chosen;
mod compared;
mod handing;
mod merged;
mod named;
mod needs;
mod reactors;
pub mod recorder;
mod settled;
mod sockets;
pub mod store;
mod threads;

pub use chosen::scenario_of;
pub use compared::{Parting, compare};
