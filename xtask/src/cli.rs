//! The command line: what can be said, and one sentence for what cannot.

use crate::lang::Lang;
use crate::tr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand};
use std::process::ExitCode;

/// What was asked for, and in which language to answer.
pub struct Cli {
    pub command: Command,
    pub lang: Lang,
    /// `--lang` as it was given, for a command that else does both editions.
    pub lang_given: Option<Lang>,
}

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "소켓 프로그래밍 레슨의 도구 / the tool of the socket lessons"
)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
struct Line {
    #[command(subcommand)]
    command: Command,
    /// 답하는 언어 (기본: 시스템의 언어, 아니면 ko) / the language of the answer
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
}

#[derive(Subcommand)]
pub enum Command {
    /// 레슨을 검사합니다 / check what you wrote
    Check(Check),
    /// 레슨과 단계를 보여 줍니다 / show the lessons and their steps
    List,
    /// 한 단계의 다음 힌트를 봅니다 / the next hint of a step
    Hint(Hint),
    /// 레슨을 시작 코드로 되돌립니다 (먼저 백업합니다) / back to the starter, after a backup
    Reset(OneLesson),
    /// 책을 HTML로 만듭니다 / print the book
    Book(Book),
    /// 시작 코드를 풀이에서 만듭니다 (관리자용) / generate the starters (maintainers)
    Stub(Stub),
    /// 풀이의 대화 기록을 스냅샷으로 남깁니다 (관리자용) / record the snapshots (maintainers)
    Bless(SomeLessons),
    /// 레슨이 옳게 만들어졌는지 증명합니다 (관리자용) / prove the lessons (maintainers)
    Prove(Prove),
}

#[derive(Args)]
pub struct Check {
    /// lesson-04, lesson-04-accept, 04, 4, accept
    #[arg(value_name = "LESSON")]
    pub lessons: Vec<String>,
    /// 모든 레슨 / all lessons
    #[arg(long)]
    pub all: bool,
    /// 내 프로그램 대신 풀이를 검사합니다 / check the solution instead
    #[arg(long, conflicts_with = "server")]
    pub solution: bool,
    /// 레슨의 프로그램 대신 실행할 명령 / run this command instead of the lesson's program
    #[arg(long, visible_alias = "program", value_name = "COMMAND")]
    pub server: Option<String>,
    /// 채점 도구를 위한 JSON / JSON for graders
    #[arg(long)]
    pub json: bool,
    /// 통과한 대화와 컴파일러의 경고도 / passed conversations and warnings as well
    #[arg(long, short)]
    pub verbose: bool,
}

#[derive(Args)]
pub struct Hint {
    pub lesson: String,
    /// 단계 번호 (기본: 아직 통과하지 못한 첫 단계) / default: the first step not passed
    pub step: Option<u32>,
}

#[derive(Args)]
pub struct OneLesson {
    pub lesson: String,
}

#[derive(Args)]
pub struct SomeLessons {
    /// (기본: 모든 레슨) / default: all
    #[arg(value_name = "LESSON")]
    pub lessons: Vec<String>,
}

#[derive(Args)]
pub struct Stub {
    #[command(flatten)]
    pub some: SomeLessons,
    /// 쓰지 않고 비교만 합니다 / compare, write nothing
    #[arg(long)]
    pub check: bool,
}

#[derive(Args)]
pub struct Prove {
    #[command(flatten)]
    pub some: SomeLessons,
    /// 건너뛴 증명을 실패로 셉니다 / a skipped proof counts as failed
    #[arg(long)]
    pub complete: bool,
}

#[derive(Args)]
pub struct Book {
    /// 만든 다음 브라우저로 엽니다 / open it in the browser
    #[arg(long)]
    pub open: bool,
    /// 이 컴퓨터에서 보여 주고, 바뀌면 새로 고칩니다 / serve it here, reload on change
    #[arg(long, value_name = "ADDR", num_args = 0..=1)]
    pub serve: Option<Option<String>>,
}

/// A command line that clap did not take: help that was asked for, or an error.
pub struct Parsing(clap::Error);

pub fn parse() -> Result<Cli, Parsing> {
    let line = Line::try_parse().map_err(Parsing)?;
    let lang = line.lang.unwrap_or_else(Lang::of_environment);
    Ok(Cli {
        command: line.command,
        lang,
        lang_given: line.lang,
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
            eprintln!("{}", self.sentence(Lang::of_environment()));
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
