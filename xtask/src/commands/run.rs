//! `cargo xtask run`: builds one of a lesson's programs, as it is, and runs it by hand; with
//! `--like` as a scenario of the check starts it.

use crate::arguments::{self, flag, option, text_in};
use crate::build::program::{self, Typed};
use crate::check::script;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::scenarios::of_solution;
use crate::scenarios::start::Start;
use crate::status::Status;
use crate::tr;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use probe::{CLIENT, Ending, SERVER};

pub fn line() -> clap::Command {
    clap::Command::new("run")
        .about("내 프로그램을 실행합니다 / run your program by hand")
        .args([
            arguments::one_lesson(),
            flag("server", "프로그램이 둘이면 서버를 / the server, of two").conflicts_with("client"),
            flag("client", "프로그램이 둘이면 클라이언트를 / the client, of two"),
            option("like", "SCENARIO").conflicts_with("ARGS").help(
                "이 시나리오처럼, 같은 인자와 입력으로 / as this scenario does, with its arguments and input",
            ),
            option("port", "PORT")
                .requires("like")
                .action(ArgAction::Append)
                .value_parser(value_parser!(u16))
                .help("시나리오가 준 포트 대신 쓸 포트 / the port to give in place of the scenario's"),
            Arg::new("ARGS")
                .num_args(0..)
                .trailing_var_arg(true)
                .allow_hyphen_values(true)
                .help("프로그램의 인자 / the program's arguments"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, &arguments::lesson_in(words))?;
    let role = [SERVER, CLIENT]
        .into_iter()
        .find(|role| words.get_flag(role));
    let start = match text_in(words, "like") {
        Some(scenario) => like(workspace, lesson, role, &scenario, words, lang)?,
        None => {
            let arguments = words.get_many("ARGS").into_iter().flatten();
            Start {
                role: chosen(lesson, role, lang)?.to_owned(),
                arguments: arguments.cloned().collect(),
                typed: Vec::new(),
                input_ends: false,
                ends: false,
                ports: Vec::new(),
            }
        }
    };
    let program = match program::build(workspace, lesson, &start.role)? {
        Ok(program) => program,
        Err(errors) => {
            for error in errors {
                crate::complain!("{}", error.trim_end());
            }
            return Ok(Status::NotYet);
        }
    };
    let typed = (!start.typed.is_empty() || start.input_ends).then_some(Typed {
        bytes: start.typed,
        ends: start.input_ends,
    });
    let ending = if start.ends || typed.is_some() {
        program::run(&program, &start.arguments, typed)?
    } else {
        program::become_the(&program, &start.arguments)?
    };
    Ok(told(&ending, lang))
}

/// Which of the lesson's programs; its only one needs no name.
fn chosen<'a>(lesson: &'a Lesson, role: Option<&str>, lang: Lang) -> Result<&'a str, Failure> {
    match (lesson.roles.as_slice(), role) {
        ([only], _) => Ok(only),
        (roles, Some(role)) => Ok(roles.iter().find(|own| *own == role).map_or("", |own| own)),
        (_, None) => {
            let name = lesson.short_name();
            Err(Failure::Usage(tr!(
                lang,
                "{name}에는 프로그램이 둘 있습니다. --server나 --client를 쓰세요.",
                "{name} has two programs: give --server or --client."
            )))
        }
    }
}

/// As this scenario starts the program; and how its peer is played by hand.
fn like(
    workspace: &Workspace,
    lesson: &Lesson,
    role: Option<&str>,
    scenario: &str,
    words: &ArgMatches,
    lang: Lang,
) -> Result<Start, Failure> {
    let report = of_solution::run(workspace, lesson, scenario, lang)?;
    let role = role.filter(|_| lesson.roles.len() > 1);
    let mut start = Start::of(&report, role).ok_or_else(|| {
        let role = role.unwrap_or_default();
        Failure::Usage(tr!(
            lang,
            "시나리오 {scenario}은(는) {role} 프로그램을 실행하지 않습니다.",
            "The scenario {scenario} does not start the {role}."
        ))
    })?;
    let peer = script::write(workspace, lesson, "like", &report, lang)?;
    let given: Vec<u16> = words
        .get_many("port")
        .into_iter()
        .flatten()
        .copied()
        .collect();
    if given.len() != start.ports.len() {
        let names: Vec<_> = start.ports.iter().map(|name| format!("<{name}>")).collect();
        let (count, names) = (names.len(), names.join(", "));
        return Err(Failure::Usage(match (count, peer) {
            (0, _) => tr!(
                lang,
                "시나리오 {scenario}은(는) 정해진 포트를 주지 않으니 --port 없이 쓰세요.",
                "The scenario {scenario} gives no port of its own: leave --port out."
            ),
            (_, Some(peer)) => tr!(
                lang,
                "{names}의 포트를 --port로 주세요. 그 포트에서 기다릴 상대: {peer}",
                "Give the port of {names} with --port. A peer that listens there: {peer}"
            ),
            (_, None) => tr!(
                lang,
                "{names}의 포트 {count}개를 --port로 하나씩 주세요.",
                "Give {count} ports, for {names}, each with a --port."
            ),
        }));
    }
    start.fill_in(&given);
    let arguments = shlex::try_join(start.arguments.iter().map(String::as_str));
    let arguments = arguments.unwrap_or_default();
    let program = lesson.program_of(&lesson.name, &start.role);
    crate::complain!(
        "{}",
        tr!(
            lang,
            "실행  {program} {arguments}",
            "run   {program} {arguments}"
        )
    );
    if !start.typed.is_empty() {
        let typed = talk::quoted(&start.typed);
        crate::complain!("{}", tr!(lang, "입력  {typed}", "typed {typed}"));
    }
    if let Some(peer) = peer {
        crate::complain!("{}", tr!(lang, "상대  {peer}", "peer  {peer}"));
    }
    Ok(start)
}

/// A program that ends by itself and says that all is well needs no word.
fn told(ending: &Ending, lang: Lang) -> Status {
    let how = match ending {
        Ending::Exit(0) | Ending::Killed => return Status::Passed,
        Ending::Exit(status) => tr!(lang, "종료 코드 {status}", "exit status {status}"),
        Ending::Signal(name) => name.clone(),
    };
    crate::complain!(
        "{}",
        tr!(
            lang,
            "프로그램이 끝났습니다: {how}",
            "The program ended: {how}"
        )
    );
    Status::NotYet
}
