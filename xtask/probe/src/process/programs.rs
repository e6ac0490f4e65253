//! Which programs a scenario starts: the lesson's own, or commands given in their
//! place.

use crate::environment::PROGRAMS_VARIABLE;
use crate::process::python::python;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

/// The role of a lesson's only program.
pub const ONLY: &str = "program";

/// The roles where a lesson has two.
pub const SERVER: &str = "server";
/// See [`SERVER`].
pub const CLIENT: &str = "client";

/// Commands to run instead of the lesson's programs, by role; each is a program and
/// its first arguments.
pub type Commands = BTreeMap<String, Vec<String>>;

/// The package whose test runs; named by the `scene!` macro.
#[derive(Clone)]
pub struct Lesson {
    /// `lesson-04-accept`, or `solution-04-accept`.
    pub package: &'static str,
    /// The package's folder.
    pub folder: &'static str,
    /// The programs that the package builds, by role.
    pub programs: Vec<(&'static str, &'static str)>,
}

/// What is to be run for a role.
pub(crate) enum Choice {
    Command(Vec<OsString>),
    /// Others are being checked.
    NotGiven,
}

/// The commands given in place of the lesson's programs, if any are.
pub(crate) fn given() -> Option<Commands> {
    let json = std::env::var(PROGRAMS_VARIABLE).ok()?;
    Some(serde_json::from_str(&json).unwrap_or_default())
}

impl Lesson {
    /// The role, of those wanted, that this lesson has.
    pub(crate) fn role(&self, wanted: &str) -> &'static str {
        let known = self.programs.iter().map(|(role, _)| *role);
        known
            .clone()
            .find(|role| *role == wanted)
            .or_else(|| known.into_iter().next())
            .unwrap_or(ONLY)
    }

    /// What to run for `role`. With `in_company` a program that was not given is the
    /// lesson's own, since the other one is being checked.
    pub(crate) fn command(&self, role: &str, in_company: bool) -> Choice {
        let given = given();
        let words = given.as_ref().and_then(|commands| commands.get(role));
        match words {
            Some(words) => Choice::Command(words.iter().map(OsString::from).collect()),
            None if given.is_some() && !in_company => Choice::NotGiven,
            None => {
                let own = self.programs.iter().find(|(own, _)| *own == role);
                Choice::Command(own.map_or_else(Vec::new, |(_, program)| self.own(program)))
            }
        }
    }

    /// Are programs run that are not compiled, or may not be?
    pub(crate) fn is_interpreted(&self) -> bool {
        let mut own = self.programs.iter();
        given().is_some() || own.any(|(_, program)| program.ends_with(".py"))
    }

    /// A Python program stands in the package's folder `python`.
    fn own(&self, program: &str) -> Vec<OsString> {
        // To look for Python is to start it, and few programs need it.
        let is_python = program.ends_with(".py");
        match is_python.then(python).flatten() {
            Some(python) => {
                let file = Path::new(self.folder).join("python").join(program);
                vec![python.into(), file.into()]
            }
            None => vec![program.into()],
        }
    }
}
