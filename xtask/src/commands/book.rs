//! `cargo xtask book`: prints both editions. The printer is a program of its own,
//! `xtask/press`, so that a check never waits for mdBook to compile.

use crate::arguments::{self, flag, option, text_in};
use crate::build::companion::Companion;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use clap::ArgMatches;
use std::process::Command;

pub fn line() -> clap::Command {
    clap::Command::new("book")
        .about("책을 HTML로 만듭니다 / print the book")
        .args([
            flag(
                "open",
                "만든 다음 브라우저로 엽니다 / open it in the browser",
            ),
            option("serve", "ADDR").num_args(0..=1).help(
                "이 컴퓨터에서 보여 주고, 바뀌면 새로 고칩니다 / serve it here, reload on change",
            ),
        ])
}

/// In one language where one is asked for, else in both.
pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let serves = words.contains_id("serve");
    let press = Companion {
        name: "press",
        // Its server is for `--serve` alone.
        whole: serves,
        seconds: 45,
    };
    let mut command = Command::new(press.program(workspace, lang)?);
    if let Some(lang) = arguments::lang_in(words) {
        command.args(["--lang", lang.code()]);
    }
    if words.get_flag("open") {
        command.arg("--open");
    }
    if serves {
        // At this address, or at the default one.
        command.arg("--serve").args(text_in(words, "serve"));
    }
    press.become_it(command)
}
