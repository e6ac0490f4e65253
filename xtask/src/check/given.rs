//! `--server` and `--client`: commands to be checked in place of a lesson's programs.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::tr;
use probe::{CLIENT, Commands, ONLY, SERVER};

/// The commands, by the role that the option names.
pub struct Given {
    commands: Commands,
}

impl Given {
    /// Takes each command apart as a shell would: the one to run as the lesson's only
    /// program or its server, and the one to run as its client.
    pub fn of(server: Option<String>, client: Option<String>, lang: Lang) -> Result<Self, Failure> {
        let mut commands = Commands::new();
        for (role, words) in [(SERVER, server), (CLIENT, client)] {
            if let Some(words) = words {
                commands.insert(role.to_owned(), split(&words, lang)?);
            }
        }
        Ok(Self { commands })
    }

    pub fn is_empty(&self) -> bool {
        self.commands.is_empty()
    }

    /// A lesson's only program is given by one option, whichever.
    pub fn fits(&self, lesson: &Lesson, lang: Lang) -> Result<(), Failure> {
        if self.commands.len() <= lesson.roles.len() {
            return Ok(());
        }
        let name = lesson.short_name();
        Err(Failure::Usage(tr!(
            lang,
            "{name}의 프로그램은 하나입니다. --server와 --client 가운데 하나만 쓰세요.",
            "{name} has one program: give either --server or --client."
        )))
    }

    /// Is there a command for the program that the step stands in?
    pub fn fits_step(&self, lesson: &Lesson, step: u32, lang: Lang) -> Result<(), Failure> {
        match self.commands(lesson) {
            Some(commands) if !commands.contains_key(lesson.role_of(step)) => {
                Err(Failure::Usage(about_a_step(step, lang)))
            }
            _ => Ok(()),
        }
    }

    /// By the roles that `lesson` has; `None` where its own programs are checked.
    pub fn commands(&self, lesson: &Lesson) -> Option<Commands> {
        if self.is_empty() {
            return None;
        }
        let only = lesson.roles == [ONLY];
        let role = |role: &String| if only { ONLY.to_owned() } else { role.clone() };
        let commands = self.commands.iter();
        Some(
            commands
                .map(|(named, words)| (role(named), words.clone()))
                .collect(),
        )
    }
}

/// Where the step's scenarios need a program that was not given.
pub fn about_a_step(step: u32, lang: Lang) -> String {
    tr!(
        lang,
        "{step}단계의 시나리오에는 다른 프로그램이 필요합니다. --server와 --client를 모두 쓰세요.",
        "The scenarios of step {step} need the other program: give --server and --client."
    )
}

fn split(words: &str, lang: Lang) -> Result<Vec<String>, Failure> {
    let split = shlex::split(words).filter(|words| !words.is_empty());
    split.ok_or_else(|| {
        Failure::Usage(tr!(
            lang,
            "'{words}'은(는) 실행할 수 있는 명령이 아닙니다.",
            "'{words}' is not a command that could be run."
        ))
    })
}
