//! `cargo xtask watch`: checks a lesson on every save. What watches is a program of its own,
//! `xtask/watch`, so that a check never waits for it to compile; it calls this tool to check.

use crate::arguments::{flag, option, text_in};
use crate::build::companion::Companion;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::Context;
use clap::{Arg, ArgMatches};
use std::io::IsTerminal;
use std::process::Command;

const WATCH: Companion = Companion {
    name: "watch",
    whole: true,
    seconds: 10,
};

pub fn line() -> clap::Command {
    clap::Command::new("watch")
        .about("저장할 때마다 레슨을 검사합니다 / check a lesson on every save")
        .args([
            Arg::new("LESSON").help("기본: 아직 통과하지 못한 첫 레슨 / default: the first one not passed"),
            flag("poll", "파일을 직접 살핍니다. 저장해도 검사하지 않을 때(WSL, 네트워크 드라이브) / look at the files; for WSL and network drives"),
            option("edit-cmd", "COMMAND")
                .help("e 키로 열 편집기 (기본: VISUAL, VS Code 안에서는 code, EDITOR) / the editor that the key e opens"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let word = text_in(words, "LESSON");
    let here = choose::lesson_or_here(workspace, lang, word.as_deref())?;
    let first = here
        .or(workspace.lessons.last())
        .context("there are no lessons in solutions/")?;
    let editor = editor_in(words, lang)?;
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let name = first.short_name();
        return Err(Failure::Usage(tr!(
            lang,
            "watch는 터미널에서만 쓸 수 있습니다. 한 번만 검사하려면 cargo xtask check {name}.",
            "watch needs a terminal. To check once: cargo xtask check {name}."
        )));
    }
    let mut command = Command::new(WATCH.program(workspace, lang)?);
    let tool = std::env::current_exe().context("the tool cannot find itself")?;
    command.arg("--tool").arg(tool);
    command.arg("--root").arg(&workspace.root);
    command.args(["--lang", lang.code(), "--first", &first.name]);
    if words.get_flag("poll") {
        command.arg("--poll");
    }
    for word in editor {
        command.args(["--edit", &word]);
    }
    command.args(workspace.lessons.iter().map(|lesson| &lesson.name));
    WATCH.become_it(command)
}

/// The words of `--edit-cmd`; none where it was not given.
fn editor_in(words: &ArgMatches, lang: Lang) -> Result<Vec<String>, Failure> {
    let Some(line) = text_in(words, "edit-cmd") else {
        return Ok(Vec::new());
    };
    let split = shlex::split(&line).filter(|words| words.iter().any(|word| !word.is_empty()));
    split.ok_or_else(|| {
        Failure::Usage(tr!(
            lang,
            "'{line}'은(는) 실행할 수 있는 명령이 아닙니다.",
            "'{line}' is not a command that could be run."
        ))
    })
}
