//! `cargo xtask completions`: a script with which a shell completes commands, options and
//! the lessons' names.

use crate::arguments::text_in;
use crate::completions::{self, Offers, SHELLS};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};

pub fn line() -> clap::Command {
    clap::Command::new("completions")
        .about("Tab 완성 스크립트를 출력합니다 / a script for completion by Tab")
        .arg(
            Arg::new("SHELL")
                .required(true)
                .value_parser(PossibleValuesParser::new(SHELLS))
                .help("쓰는 셸. 둘 곳은 스크립트의 첫 줄들이 말합니다 / your shell; the script's first lines say where to keep it"),
        )
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let offers = Offers::of(workspace, lang);
    let shell = text_in(words, "SHELL").unwrap_or_default();
    crate::say!("{}", completions::script(&shell, &offers).trim_end());
    Ok(Status::Passed)
}
