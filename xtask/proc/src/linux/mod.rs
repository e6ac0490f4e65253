//! Linux alone has it.

mod maps;
mod net;
mod process;
mod stat;
mod syscall;

pub use maps::{Mapping, Origin};
pub use net::{Entry, State, Tables, tcp_of_both_families, udp_of_both_families};
pub use process::{Descriptor, Process, Target, Task};
pub use stat::{Schedule, Stat, Status, TICK, idle, own_schedule};
pub use syscall::Syscall;

use std::io::{Error, ErrorKind};

fn not_understood() -> Error {
    Error::from(ErrorKind::InvalidData)
}
