//! `cargo xtask talk`: a peer to play with by hand. It is a program of its own, `xtask/talk`,
//! which this starts.

use crate::arguments::{flag, option, text_in};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::{Context, anyhow};
use clap::{Arg, ArgMatches, value_parser};
use std::path::PathBuf;

pub fn line() -> clap::Command {
    clap::Command::new("talk")
        .about("직접 상대가 되어 프로그램과 이야기합니다 / be the peer, and talk to a program by hand")
        .after_help(
            "치는 것은 그대로 나갑니다. :로 시작하는 줄은 명령입니다: :fin :close :reset :split 2 \
             :wait 300 :hex ec 95 88 :recv 15 :next :help / \
             What you type goes out. A line that begins with : is a command; :help shows them.",
        )
        .args([
            Arg::new("ADDR").help(
                "127.0.0.1:4000, 포트만 써도 됩니다 / 127.0.0.1:4000, or a port alone",
            ),
            flag("listen", "기다립니다, 주소가 없으면 아무 포트에서 / wait for others, at any port if no address is given"),
            flag("udp", "TCP 대신 UDP로 / UDP instead of TCP"),
            flag("hex", "받은 것을 16진수로도 보여 줍니다 / show what comes by its numbers too"),
            option("script", "FILE").help(
                "먼저 이 파일의 줄들을 실행합니다 / first do what the lines of this file say",
            ),
            option("patience", "MS").value_parser(value_parser!(u64)).help(
                ":recv가 기다리는 시간, 기본: 칠 때는 끝없이, 아니면 4000 / how long :recv waits; default: without end where you type, else 4000",
            ),
            flag("no-times", "시각 없이 보여 줍니다 / leave the times out"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let script = text_in(words, "script")
        .map(|script| found(workspace, &script, lang))
        .transpose()?;
    let target = workspace.root.join("target/talk");
    if !target.is_dir() {
        crate::complain!(
            "{}",
            tr!(
                lang,
                "talk을 빌드합니다. 처음 한 번, 10초쯤 걸립니다.",
                "Building talk. This takes about 10 seconds, once."
            )
        );
    }
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--package", "talk", "--target-dir"]);
    // Its own, so that neither a check nor an editor is waited for.
    command.arg(target).args(["--", "--lang", lang.code()]);
    for name in ["listen", "udp", "hex", "no-times"] {
        if words.get_flag(name) {
            command.arg(format!("--{name}"));
        }
    }
    if let Some(patience) = words.get_one::<u64>("patience") {
        command.arg("--patience").arg(patience.to_string());
    }
    if let Some(script) = script {
        command.arg("--script").arg(script);
    }
    command.args(text_in(words, "ADDR"));
    probe::dies_with_us(&mut command);
    let status = command.status().context("cargo could not be started")?;
    match status.code() {
        // Cargo's own: it did not come to talking.
        Some(101) => Err(Failure::Unable(anyhow!(tr!(
            lang,
            "talk을 빌드하지 못했습니다",
            "talk could not be built"
        )))),
        _ => Ok(Status::of(status)),
    }
}

/// From here, or from the workspace's root, as reports write it.
fn found(workspace: &Workspace, script: &str, lang: Lang) -> Result<PathBuf, Failure> {
    let here = std::env::current_dir().unwrap_or_default().join(script);
    let files = [here, workspace.root.join(script)];
    files
        .into_iter()
        .find(|file| file.is_file())
        .ok_or_else(|| {
            Failure::Usage(tr!(
                lang,
                "스크립트 {script}이(가) 없습니다.",
                "There is no script {script}."
            ))
        })
}
