//! How a program is started by hand as a scenario starts it: its arguments, with the ports
//! that are another one in every run filled in, and what is typed into it.

use probe::{Event, Happening, Input, ONLY, Report, Span};

/// One start of one program.
#[derive(Debug, PartialEq, Eq)]
pub struct Start {
    pub role: String,
    pub arguments: Vec<String>,
    /// What is typed, with its line breaks.
    pub typed: Vec<u8>,
    /// Then the input ends.
    pub input_ends: bool,
    /// The program ends by itself.
    pub ends: bool,
    /// The ports that have a name in the arguments, in their order.
    pub ports: Vec<String>,
}

impl Start {
    /// The first start of a program in `role`, or of any where none is asked for.
    pub fn of(report: &Report, role: Option<&str>) -> Option<Self> {
        let wanted = |own: &str| role.is_none_or(|role| role == own);
        let started = report.started.iter().find(|it| wanted(&it.role))?;
        let mut start = Self {
            role: started.role.clone(),
            arguments: started.arguments.clone(),
            typed: Vec::new(),
            input_ends: false,
            ends: false,
            ports: Vec::new(),
        };
        for argument in &started.arguments {
            for name in names_in(argument, report) {
                if !start.ports.contains(&name) {
                    start.ports.push(name);
                }
            }
        }
        let who = |event: &&Event| event.who == ONLY || event.who == started.role;
        for event in report.expected.iter().filter(who) {
            match &event.what {
                Happening::Stdin(Input::Line(line)) => {
                    let text = line.text();
                    for span in text.iter().flat_map(|text| text.spans()) {
                        match span {
                            Span::Bytes(bytes) => start.typed.extend(bytes),
                            Span::Name(name) => start.typed.extend(format!("<{name}>").bytes()),
                        }
                    }
                }
                Happening::Stdin(Input::End) => start.input_ends = true,
                Happening::End(_) => start.ends = true,
                // Then somebody ends it, at the terminal.
                Happening::CtrlC | Happening::Sigterm => {
                    return Some(Self {
                        ends: false,
                        ..start
                    });
                }
                _ => {}
            }
        }
        Some(start)
    }

    /// Fills the ports in; there is one for each name.
    pub fn fill_in(&mut self, ports: &[u16]) {
        for (name, port) in self.ports.drain(..).zip(ports) {
            for argument in &mut self.arguments {
                *argument = argument.replace(&format!("<{name}>"), &port.to_string());
            }
        }
    }
}

/// The names of ports that stand in an argument, in their order.
fn names_in(argument: &str, report: &Report) -> Vec<String> {
    let names = report.ports.iter().map(|(_, name)| name);
    let mut found: Vec<_> = names
        .filter_map(|name| Some((argument.find(&format!("<{name}>"))?, name.clone())))
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use probe::{Started, Verdict};

    fn report() -> Report {
        let due = [
            r#"program stdin "하나\n""#,
            r#"server-a recv "하나\n" 7 bytes"#,
            r#"program stdin "둘""#,
            "program stdin end",
        ];
        Report {
            expected: due.iter().map(|line| Event::parse(line).unwrap()).collect(),
            started: vec![Started {
                role: ONLY.to_owned(),
                arguments: vec!["<x>".to_owned(), "127.0.0.1:<server-a>".to_owned()],
            }],
            ports: vec![(4000, "server-a".to_owned())],
            ..Report::new("a_scenario", 1, Verdict::Passed)
        }
    }

    #[test]
    fn a_start_has_its_arguments_and_all_that_is_typed() {
        let mut start = Start::of(&report(), None).unwrap();
        assert_eq!(start.ports, ["server-a"]);
        assert_eq!(start.typed, "하나\n둘".as_bytes());
        assert!(start.input_ends);
        start.fill_in(&[5000]);
        assert_eq!(start.arguments, ["<x>", "127.0.0.1:5000"]);
    }

    #[test]
    fn a_program_that_does_not_take_part_has_no_start() {
        assert_eq!(Start::of(&report(), Some("client")), None);
    }
}
