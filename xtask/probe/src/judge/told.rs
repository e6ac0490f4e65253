//! What a report tells of the programs beside the transcript: how they were started, and
//! what they printed beyond the difference.

use crate::process::running::{Running, Started};
use crate::transcript::event::Event;
use crate::transcript::happening::Happening;
use crate::transcript::names::Names;
use crate::transcript::saying::Output;
use crate::transcript::text::Quoted;
use std::rc::Rc;

/// How many lines of a program's stdout a report carries beyond the difference.
const LINES_SHOWN: usize = 4;

/// In their order, with the names that stand for the ports.
pub(super) fn started(programs: &[Rc<Running>], names: &Names) -> Vec<Started> {
    let ports = names.ports();
    let named = |argument: &String| {
        let known = |(port, _): &&(u16, String)| argument.ends_with(&format!(":{port}"));
        match (argument.rsplit_once(':'), ports.iter().find(known)) {
            (Some((host, _)), Some((_, name))) => format!("{host}:<{name}>"),
            _ => argument.clone(),
        }
    };
    let started = programs.iter().map(|program| Started {
        role: program.started.role.clone(),
        arguments: program.started.arguments.iter().map(named).collect(),
    });
    started.collect()
}

/// What programs have said.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) stderr: String,
    /// On stdout, and nobody has read it.
    pub(super) printed_next: Vec<Event>,
}

impl Said {
    pub(super) fn by(programs: &[Rc<Running>], names: &Names) -> Self {
        Self {
            stderr: stderr(programs),
            printed_next: printed_next(programs, names),
        }
    }
}

pub(super) fn stderr(programs: &[Rc<Running>]) -> String {
    programs
        .iter()
        .map(|program| program.stderr.text())
        .collect()
}

fn printed_next(programs: &[Rc<Running>], names: &Names) -> Vec<Event> {
    let of = |program: &Rc<Running>| {
        let lines = program.stdout.unread_lines(LINES_SHOWN).into_iter();
        let event = |line: Vec<u8>| {
            let line = Happening::Stdout(Output::Line(Quoted::of(&line)));
            Event::new(&program.who, line.named(names))
        };
        lines.map(event).collect::<Vec<_>>()
    };
    programs.iter().flat_map(of).collect()
}
