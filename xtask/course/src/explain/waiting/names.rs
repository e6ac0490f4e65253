//! What threads do and ports belong to, by name.

use probe::Report;
use std::net::SocketAddr;
use tracer::Doing;

/// How rules and mistakes call what a thread does: the call's name, or a word.
pub fn word(doing: &Doing) -> &str {
    match doing {
        Doing::Blocked { call, .. } => call,
        Doing::WaitsForThread => "thread",
        Doing::Sleeps => "sleep",
        Doing::WaitsForChild => "child",
        Doing::Runs { .. } => "busy",
        Doing::Stopped => "stopped",
        Doing::Unknown => "unknown",
    }
}

/// The name that the transcript gives to a port.
pub fn name_of(address: SocketAddr, report: &Report) -> Option<&String> {
    let mut ports = report.ports.iter();
    let found = ports.find(|(port, _)| *port == address.port());
    found.map(|(_, name)| name)
}
