//! The command line: what can be said. What cannot is answered in `sentence.rs`.

mod sentence;

use crate::lang::Lang;
use crate::status::Status;
use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

/// The only bench there is.
pub const UDP_AND_TCP: &str = "udp-and-tcp";

/// What was asked for, and in which language to answer.
pub struct Cli {
    pub command: Command,
    pub lang: Lang,
    /// `--lang` as it was given, for a command that else does both editions.
    pub lang_given: Option<Lang>,
}

pub enum Command {
    Check(Check),
    List,
    Hint(Hint),
    Reset { lesson: String },
    Spec { lesson: String },
    Book(Book),
    Bench(Bench),
    Stub { lessons: Vec<String>, check: bool },
    Bless { lessons: Vec<String> },
    Prove(Prove),
}

pub struct Check {
    pub lessons: Vec<String>,
    pub all: bool,
    pub solution: bool,
    /// The command to run instead of the lesson's program, or its server.
    pub server: Option<String>,
    /// The command to run instead of its client.
    pub client: Option<String>,
    pub json: bool,
    pub verbose: bool,
}

pub struct Prove {
    pub lessons: Vec<String>,
    /// A skipped proof counts as failed.
    pub complete: bool,
    /// The step of every mistake is found, and not only of the first of each step.
    pub trials: bool,
    /// What is seen of the mistakes is recorded.
    pub record: bool,
}

pub struct Hint {
    pub lesson: String,
    pub step: Option<u32>,
}

pub struct Book {
    pub open: bool,
    /// Serve it, at this address or at the default one.
    pub serve: Option<Option<String>>,
}

pub struct Bench {
    /// Keep the figures as those that the book shows.
    pub record: bool,
}

/// The commands that change what belongs to the repository. Whoever learns has no use for
/// them, so that `--help` leaves them out; `cargo xtask help` names them.
const OF_MAINTAINERS: [&str; 3] = ["stub", "bless", "prove"];

/// The command that shows all commands; clap's own would leave out the maintainers' too.
const HELP: &str = "help";

/// The whole command line. Its help is in both languages, for it is shown before
/// one is chosen.
fn line() -> clap::Command {
    clap::Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("소켓 프로그래밍 레슨의 도구 / the tool of the socket lessons")
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_parser(PossibleValuesParser::new(["ko", "en"]))
                .help("답하는 언어 (기본: 시스템의 언어, 아니면 ko) / the language of the answer"),
        )
        .subcommands(commands().map(|one| one.line))
        .subcommand(
            clap::Command::new(HELP)
                .about("관리자용까지 모든 명령을 봅니다 / all commands, with the maintainers'"),
        )
}

/// [`line()`], with those commands left out of its help that change the repository.
fn learners_line() -> clap::Command {
    let hide = |line: clap::Command, name| line.mut_subcommand(name, |command| command.hide(true));
    OF_MAINTAINERS.into_iter().fold(line(), hide)
}

/// How a command is written, and what is read of it.
struct OneCommand {
    line: clap::Command,
    read: fn(&ArgMatches) -> Command,
}

fn commands() -> [OneCommand; 10] {
    let command = |name, about, arguments: Vec<Arg>, read| OneCommand {
        line: clap::Command::new(name).about(about).args(arguments),
        read,
    };
    [
        command(
            "check",
            "레슨을 검사합니다 / check what you wrote",
            vec![
                some_lessons(),
                flag("all", "모든 레슨 / all lessons"),
                flag("solution", "내 프로그램 대신 풀이를 / the solution instead")
                    .conflicts_with_all(["server", "client"]),
                option("server", "COMMAND")
                    .visible_alias("program")
                    .help("레슨의 프로그램(서버) 대신 실행할 명령 / run this instead of the lesson's program (server)"),
                option("client", "COMMAND")
                    .help("레슨의 클라이언트 대신 실행할 명령 / run this instead of the lesson's client"),
                flag("json", "채점 도구를 위한 JSON / JSON for graders"),
                flag("verbose", "통과한 대화와 컴파일러의 경고도 / passed conversations and warnings too")
                    .short('v'),
            ],
            |found| {
                Command::Check(Check {
                    lessons: lessons(found),
                    all: found.get_flag("all"),
                    solution: found.get_flag("solution"),
                    server: text(found, "server"),
                    client: text(found, "client"),
                    json: found.get_flag("json"),
                    verbose: found.get_flag("verbose"),
                })
            },
        ),
        command(
            "list",
            "레슨과 단계를 보여 줍니다 / show the lessons and their steps",
            vec![],
            |_| Command::List,
        ),
        command(
            "hint",
            "한 단계의 다음 힌트를 봅니다 / the next hint of a step",
            vec![
                one_lesson(),
                Arg::new("STEP")
                    .value_parser(value_parser!(u32))
                    .help("기본: 아직 통과하지 못한 첫 단계 / default: the first step not passed"),
            ],
            |found| {
                Command::Hint(Hint {
                    lesson: lesson(found),
                    step: found.get_one("STEP").copied(),
                })
            },
        ),
        command(
            "reset",
            "시작 코드로 되돌립니다 (먼저 백업합니다) / back to the starter, after a backup",
            vec![one_lesson()],
            |found| Command::Reset {
                lesson: lesson(found),
            },
        ),
        command(
            "spec",
            "레슨의 규약, 어느 언어로 쓰든 프로그램이 지켜야 할 것을 봅니다 / what a lesson's programs must do, in any language",
            vec![one_lesson()],
            |found| Command::Spec {
                lesson: lesson(found),
            },
        ),
        command(
            "book",
            "책을 HTML로 만듭니다 / print the book",
            vec![
                flag("open", "만든 다음 브라우저로 엽니다 / open it in the browser"),
                option("serve", "ADDR")
                    .num_args(0..=1)
                    .help("이 컴퓨터에서 보여 주고, 바뀌면 새로 고칩니다 / serve it here, reload on change"),
            ],
            |found| {
                Command::Book(Book {
                    open: found.get_flag("open"),
                    serve: found.contains_id("serve").then(|| text(found, "serve")),
                })
            },
        ),
        command(
            "bench",
            "책에 나오는 속도를 이 컴퓨터에서 잽니다 / measure here what the book says of speed",
            vec![
                Arg::new("BENCH")
                    .value_name(UDP_AND_TCP)
                    .required(true)
                    .value_parser(PossibleValuesParser::new([UDP_AND_TCP])),
                flag("record", "책의 그림으로 남깁니다 (관리자용) / keep it as the book's figures (maintainers)"),
            ],
            |found| {
                Command::Bench(Bench {
                    record: found.get_flag("record"),
                })
            },
        ),
        command(
            "stub",
            "시작 코드를 풀이에서 만듭니다 (관리자용) / generate the starters (maintainers)",
            vec![
                some_lessons(),
                flag("check", "쓰지 않고 비교만 합니다 / compare, write nothing"),
            ],
            |found| Command::Stub {
                lessons: lessons(found),
                check: found.get_flag("check"),
            },
        ),
        command(
            "bless",
            "스냅샷을 기록합니다 (관리자용) / record the snapshots (maintainers)",
            vec![some_lessons()],
            |found| Command::Bless {
                lessons: lessons(found),
            },
        ),
        command(
            "prove",
            "레슨이 옳은지 증명합니다 (관리자용) / prove the lessons (maintainers)",
            vec![
                some_lessons(),
                flag("complete", "건너뛴 증명을 실패로 셉니다 / a skipped proof counts as failed"),
                flag("trials", "단계마다 첫 실수만이 아니라 모든 실수의 단계를 찾습니다 / find the step of every mistake, not only of the first of each step"),
                flag("record", "실수마다 시나리오가 어떻게 끝나는지 덧붙여 기록합니다 / add to what is recorded of how the scenarios end with each mistake"),
            ],
            |found| {
                Command::Prove(Prove {
                    lessons: lessons(found),
                    complete: found.get_flag("complete"),
                    trials: found.get_flag("trials"),
                    record: found.get_flag("record"),
                })
            },
        ),
    ]
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    let flag = Arg::new(name).long(name).action(ArgAction::SetTrue);
    flag.help(help)
}

fn option(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value)
}

fn some_lessons() -> Arg {
    let lessons = Arg::new("LESSON").num_args(0..);
    lessons.help("lesson-04, lesson-04-accept, 04, 4, accept")
}

fn one_lesson() -> Arg {
    Arg::new("LESSON").required(true)
}

fn text(found: &ArgMatches, name: &str) -> Option<String> {
    found.get_one::<String>(name).cloned()
}

fn lesson(found: &ArgMatches) -> String {
    text(found, "LESSON").unwrap_or_default()
}

fn lessons(found: &ArgMatches) -> Vec<String> {
    let lessons = found.get_many("LESSON").into_iter().flatten();
    lessons.cloned().collect()
}

/// A command line that names nothing to do.
pub enum Parsing {
    /// All commands were asked for.
    Help,
    /// clap did not take it: help that was asked for, or an error.
    Refused(clap::Error),
}

pub fn parse() -> Result<Cli, Parsing> {
    let found = learners_line()
        .try_get_matches()
        .map_err(Parsing::Refused)?;
    if found.subcommand_name() == Some(HELP) {
        return Err(Parsing::Help);
    }
    let lang_given = found
        .get_one::<String>("lang")
        .map(|code| Lang::of_code(code));
    let lang = lang_given.unwrap_or_else(Lang::of_environment);
    let named = |one: &OneCommand| Some(one.line.get_name()) == found.subcommand_name();
    // clap has seen to it that there is one.
    let (Some(command), Some((_, words))) =
        (commands().into_iter().find(named), found.subcommand())
    else {
        let missing = line().error(ErrorKind::MissingSubcommand, "");
        return Err(Parsing::Refused(missing));
    };
    Ok(Cli {
        command: (command.read)(words),
        lang,
        lang_given,
    })
}

impl Parsing {
    pub fn tell(&self) -> Status {
        // Help that cannot be printed has nobody to read it.
        match self {
            Self::Help => {
                let _ = line().print_help();
                Status::Passed
            }
            Self::Refused(error) => match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                    let _ = error.print();
                    Status::Passed
                }
                ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                    let _ = error.print();
                    Status::Usage
                }
                _ => {
                    crate::complain!("{}", sentence::of(error, Lang::of_environment()));
                    Status::Usage
                }
            },
        }
    }
}
