//! The command line: what can be said, and one sentence for what cannot.

use crate::commands::bench::UDP_AND_TCP;
use crate::lang::Lang;
use crate::tr;
use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use std::process::ExitCode;

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
    Reset {
        lesson: String,
    },
    Book(Book),
    Bench(Bench),
    Stub {
        lessons: Vec<String>,
        check: bool,
    },
    Bless {
        lessons: Vec<String>,
    },
    Prove {
        lessons: Vec<String>,
        complete: bool,
    },
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

/// The whole command line. Its help is in both languages, for it is shown before
/// one is chosen.
fn line() -> clap::Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(help)
    };
    let lessons = || {
        Arg::new("LESSON")
            .num_args(0..)
            .help("lesson-04, lesson-04-accept, 04, 4, accept")
    };
    let lesson = || Arg::new("LESSON").required(true);
    let command = |name: &'static str, about: &'static str| clap::Command::new(name).about(about);
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
        .subcommand(
            command("check", "레슨을 검사합니다 / check what you wrote")
                .arg(lessons())
                .arg(flag("all", "모든 레슨 / all lessons"))
                .arg(flag("solution", "내 프로그램 대신 풀이를 / the solution instead").conflicts_with_all(["server", "client"]))
                .arg(
                    Arg::new("server")
                        .long("server")
                        .visible_alias("program")
                        .value_name("COMMAND")
                        .help("레슨의 프로그램(서버) 대신 실행할 명령 / run this instead of the lesson's program (server)"),
                )
                .arg(
                    Arg::new("client")
                        .long("client")
                        .value_name("COMMAND")
                        .help("레슨의 클라이언트 대신 실행할 명령 / run this instead of the lesson's client"),
                )
                .arg(flag("json", "채점 도구를 위한 JSON / JSON for graders"))
                .arg(flag("verbose", "통과한 대화와 컴파일러의 경고도 / passed conversations and warnings too").short('v')),
        )
        .subcommand(command("list", "레슨과 단계를 보여 줍니다 / show the lessons and their steps"))
        .subcommand(
            command("hint", "한 단계의 다음 힌트를 봅니다 / the next hint of a step").arg(lesson()).arg(
                Arg::new("STEP")
                    .value_parser(value_parser!(u32))
                    .help("기본: 아직 통과하지 못한 첫 단계 / default: the first step not passed"),
            ),
        )
        .subcommand(
            command("reset", "시작 코드로 되돌립니다 (먼저 백업합니다) / back to the starter, after a backup").arg(lesson()),
        )
        .subcommand(
            command("book", "책을 HTML로 만듭니다 / print the book")
                .arg(flag("open", "만든 다음 브라우저로 엽니다 / open it in the browser"))
                .arg(
                    Arg::new("serve")
                        .long("serve")
                        .value_name("ADDR")
                        .num_args(0..=1)
                        .help("이 컴퓨터에서 보여 주고, 바뀌면 새로 고칩니다 / serve it here, reload on change"),
                ),
        )
        .subcommand(
            command("bench", "책에 나오는 속도를 이 컴퓨터에서 잽니다 / measure here what the book says of speed")
                .arg(
                    Arg::new("BENCH")
                        .value_name(UDP_AND_TCP)
                        .required(true)
                        .value_parser(PossibleValuesParser::new([UDP_AND_TCP])),
                )
                .arg(flag("record", "책의 그림으로 남깁니다 (관리자용) / keep it as the book's figures (maintainers)")),
        )
        .subcommand(
            command("stub", "시작 코드를 풀이에서 만듭니다 (관리자용) / generate the starters (maintainers)")
                .arg(lessons())
                .arg(flag("check", "쓰지 않고 비교만 합니다 / compare, write nothing")),
        )
        .subcommand(command("bless", "스냅샷을 기록합니다 (관리자용) / record the snapshots (maintainers)").arg(lessons()))
        .subcommand(
            command("prove", "레슨이 옳은지 증명합니다 (관리자용) / prove the lessons (maintainers)")
                .arg(lessons())
                .arg(flag("complete", "건너뛴 증명을 실패로 셉니다 / a skipped proof counts as failed")),
        )
}

impl Command {
    fn of(name: &str, found: &ArgMatches) -> Self {
        let text = |name: &str| found.get_one::<String>(name).cloned();
        let lessons = || {
            found
                .get_many("LESSON")
                .into_iter()
                .flatten()
                .cloned()
                .collect()
        };
        let lesson = || text("LESSON").unwrap_or_default();
        match name {
            "check" => Self::Check(Check {
                lessons: lessons(),
                all: found.get_flag("all"),
                solution: found.get_flag("solution"),
                server: text("server"),
                client: text("client"),
                json: found.get_flag("json"),
                verbose: found.get_flag("verbose"),
            }),
            "hint" => Self::Hint(Hint {
                lesson: lesson(),
                step: found.get_one("STEP").copied(),
            }),
            "reset" => Self::Reset { lesson: lesson() },
            "book" => {
                let serve = found.contains_id("serve").then(|| text("serve"));
                Self::Book(Book {
                    open: found.get_flag("open"),
                    serve,
                })
            }
            "bench" => Self::Bench(Bench {
                record: found.get_flag("record"),
            }),
            "stub" => Self::Stub {
                lessons: lessons(),
                check: found.get_flag("check"),
            },
            "bless" => Self::Bless { lessons: lessons() },
            "prove" => Self::Prove {
                lessons: lessons(),
                complete: found.get_flag("complete"),
            },
            _ => Self::List,
        }
    }
}

/// A command line that clap did not take: help that was asked for, or an error.
pub struct Parsing(clap::Error);

pub fn parse() -> Result<Cli, Parsing> {
    let found = line().try_get_matches().map_err(Parsing)?;
    let lang_given = found
        .get_one::<String>("lang")
        .map(|code| Lang::of_code(code));
    let lang = lang_given.unwrap_or_else(Lang::of_environment);
    let command = found
        .subcommand()
        .map_or(Command::List, |(name, found)| Command::of(name, found));
    Ok(Cli {
        command,
        lang,
        lang_given,
    })
}

impl Parsing {
    pub fn tell(&self) -> ExitCode {
        let asked_for = [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion];
        if asked_for.contains(&self.0.kind()) {
            // Help that cannot be printed has nobody to read it.
            let _ = self.0.print();
            return ExitCode::SUCCESS;
        }
        if self.0.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            let _ = self.0.print();
        } else {
            crate::complain!("{}", self.sentence(Lang::of_environment()));
        }
        ExitCode::from(2)
    }

    fn sentence(&self, lang: Lang) -> String {
        let word = self.context(&[ContextKind::InvalidSubcommand, ContextKind::InvalidArg]);
        let value = self.context(&[ContextKind::InvalidValue]);
        let near = self.context(&[
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedArg,
            ContextKind::SuggestedValue,
        ]);
        let tip = match &near {
            Some(near) => tr!(lang, "혹시 {near}인가요?", "Did you mean {near}?"),
            None => tr!(
                lang,
                "cargo xtask --help가 쓸 수 있는 말을 보여 줍니다.",
                "cargo xtask --help shows what there is."
            ),
        };
        let word = word.unwrap_or_default();
        let problem = match (self.0.kind(), value) {
            (ErrorKind::InvalidSubcommand, _) => tr!(
                lang,
                "{word}(이)라는 명령은 없습니다.",
                "There is no command {word}."
            ),
            (ErrorKind::UnknownArgument, _) => tr!(
                lang,
                "{word}(이)라는 옵션은 없습니다.",
                "There is no option {word}."
            ),
            (ErrorKind::MissingRequiredArgument, _) => {
                tr!(lang, "{word}이(가) 빠졌습니다.", "{word} is missing.")
            }
            (ErrorKind::ArgumentConflict, _) => {
                let other = self.context(&[ContextKind::PriorArg]).unwrap_or_default();
                tr!(
                    lang,
                    "{word}은(는) {other}와(과) 함께 쓸 수 없습니다.",
                    "{word} cannot be used with {other}."
                )
            }
            (_, Some(value)) => tr!(
                lang,
                "{word}에 {value}은(는) 쓸 수 없습니다.",
                "{value} is no value for {word}."
            ),
            _ => tr!(
                lang,
                "명령을 이해하지 못했습니다.",
                "The command was not understood."
            ),
        };
        format!("{problem} {tip}")
    }

    fn context(&self, kinds: &[ContextKind]) -> Option<String> {
        let found = kinds.iter().find_map(|kind| self.0.get(*kind))?;
        match found {
            ContextValue::String(text) => Some(text.clone()),
            ContextValue::Strings(texts) => Some(texts.join(", ")),
            _ => None,
        }
    }
}
