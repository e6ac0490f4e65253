//! The scenario's names for ports, which are others in every run.

use probe::Report;
use recording::{Argument, Event, Outcome, Socket};
use std::net::SocketAddr;

/// The names of a report's ports; and those that are given here to ports which the scenario
/// has no name for, because the program asked the system for one.
pub(super) struct Names {
    known: Vec<(u16, String)>,
    others: usize,
}

impl Names {
    pub(super) fn of(report: &Report) -> Self {
        Self {
            known: report.ports.clone(),
            others: 0,
        }
    }

    /// Every `:43211` that is not the beginning of a longer number, by its name.
    pub(super) fn put_in(&self, text: &str) -> String {
        // Of stderr, which has no buffer, each part of a sentence is a call.
        let alone = |port: &u16| text == format!("\"{port}\"");
        if let Some((_, name)) = self.known.iter().find(|(port, _)| alone(port)) {
            return format!("\"<{name}>\"");
        }
        let mut named = text.to_owned();
        for (port, name) in &self.known {
            named = replaced(&named, &format!(":{port}"), &format!(":<{name}>"));
        }
        named
    }

    pub(super) fn name(&mut self, event: &mut Event) {
        match event {
            Event::Call { call, outcome } => {
                self.in_all(&mut call.arguments);
                self.in_outcome(outcome);
            }
            Event::Begins { call } => {
                self.in_all(&mut call.arguments);
                leave_times_out(&mut call.arguments);
            }
            Event::Ends { outcome, .. } => self.in_outcome(outcome),
            Event::Peer { .. } | Event::Over { .. } => {}
        }
    }

    fn in_outcome(&mut self, outcome: &mut Outcome) {
        for socket in &outcome.sockets {
            self.knows(&socket.local);
        }
        self.in_all(&mut outcome.wrote);
        for Socket { local, peer, .. } in &mut outcome.sockets {
            *local = self.put_in(local);
            *peer = self.put_in(peer);
        }
    }

    /// A port of the program's own that has no name yet.
    fn knows(&mut self, address: &str) {
        let port = address
            .parse::<SocketAddr>()
            .map_or(0, |address| address.port());
        if port != 0 && self.known.iter().all(|(known, _)| *known != port) {
            self.others += 1;
            self.known.push((port, format!("port-{}", self.others)));
        }
    }

    fn in_all(&self, arguments: &mut [Argument]) {
        for argument in arguments {
            argument.value = self.put_in(&argument.value);
        }
    }
}

/// Times are apart: what is left of one is another in every run.
fn leave_times_out(arguments: &mut [Argument]) {
    for argument in arguments {
        let is_a_limit = argument.name == "timeout" && argument.value != "-1";
        if is_a_limit || argument.value.ends_with(" ms") && argument.name == "optval" {
            "…".clone_into(&mut argument.value);
        }
    }
}

fn replaced(text: &str, port: &str, name: &str) -> String {
    let mut pieces = text.split(port).peekable();
    let mut named = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let longer = piece.starts_with(|c: char| c.is_ascii_digit());
        named += if longer { port } else { name };
        named += piece;
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use probe::Verdict;

    #[test]
    fn a_port_is_a_whole_number() {
        let mut report = Report::new("a", 1, Verdict::Passed);
        report.ports = vec![(4000, "server".to_owned()), (40, "client-a".to_owned())];
        let names = Names::of(&report);
        let text = "127.0.0.1:4000 ↔ [::1]:40, 127.0.0.1:40001";
        let named = "127.0.0.1:<server> ↔ [::1]:<client-a>, 127.0.0.1:40001";
        assert_eq!(names.put_in(text), named);
    }
}
