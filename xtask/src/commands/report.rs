//! `cargo xtask report`: for whoever thinks that a verdict is wrong, one file with all that
//! somebody else needs to see why. It is sent to nobody, and takes no other file's place.

use crate::arguments::{self, text_in};
use crate::check::checker::Checker;
use crate::check::given::Given;
use crate::check::loopback;
use crate::evidence;
use crate::explain::explanation::Rules;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::{Context, anyhow};
use clap::ArgMatches;
use std::borrow::Cow;
use std::fs::File;
use std::io::{ErrorKind, Write};

pub fn line() -> clap::Command {
    clap::Command::new("report")
        .about("이슈에 붙일 파일을 만듭니다 / a file for an issue about a verdict")
        .arg(arguments::one_lesson())
        .args(arguments::given())
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, &arguments::lesson_in(words))?;
    let given = Given::of(text_in(words, "server"), text_in(words, "client"), lang)?;
    given.fits(lesson, lang)?;
    let checker = Checker {
        workspace,
        lang,
        solution: false,
        given,
        step: None,
        rules: Rules::read()?,
    };
    let checked = match loopback::trouble(lang) {
        Some(trouble) => Err(anyhow!(trouble)),
        None => checker.check(&[lesson]),
    };
    let why = checked.as_ref().err().map(|error| format!("{error:#}"));
    let result = match checked.as_ref().ok().and_then(|results| results.first()) {
        Some(result) => Ok(result),
        None => Err(why.as_deref().unwrap_or_default()),
    };
    let text = evidence::file(workspace, lesson, result, &options(words), lang);
    let name = write(workspace, lesson, &text)?;
    let folder = &lesson.name;
    crate::say!(
        "{}",
        tr!(
            lang,
            "{name} 파일을 만들었습니다. 어디로도 보내지 않았습니다.\n\
             lessons/{folder}의 프로그램, 대화 기록,\n\
             이 컴퓨터의 버전과 상태가 들어 있습니다.\n\
             읽어 보고, 무엇이 틀렸다고 생각하는지 쓴 다음 이슈에 붙이세요.",
            "{name} was written, and sent to nobody.\n\
             In it are the programs of lessons/{folder},\n\
             the transcripts, and this machine's versions and state.\n\
             Read it, write down what you think is wrong, and attach it to an issue."
        )
    );
    Ok(Status::Passed)
}

/// The commands that were given, as they may be typed again.
fn options(words: &ArgMatches) -> String {
    let of_one = |name: &str| {
        let command = text_in(words, name)?;
        let quoted = shlex::try_quote(&command).map_or_else(|_| command.clone(), Cow::into_owned);
        Some(format!(" --{name} {quoted}"))
    };
    ["server", "client"]
        .into_iter()
        .filter_map(of_one)
        .collect()
}

/// Into a new file at the workspace's root, whose name is returned.
fn write(workspace: &Workspace, lesson: &Lesson, text: &str) -> Result<String, Failure> {
    for count in 1.. {
        let name = format!("report-{}-{count}.md", lesson.short_name());
        let path = workspace.root.join(&name);
        match File::create_new(&path) {
            Ok(mut file) => {
                let written = file
                    .write_all(text.as_bytes())
                    .and_then(|()| file.sync_all());
                if written.is_err() {
                    // Half of it is of no use to anybody.
                    let _ = std::fs::remove_file(&path);
                }
                written.with_context(|| format!("{name} cannot be written"))?;
                return Ok(name);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(anyhow!(error)
                    .context(format!("{name} cannot be written"))
                    .into());
            }
        }
    }
    Err(anyhow!("no name is left for a report").into())
}
