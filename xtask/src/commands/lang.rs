//! `cargo xtask lang`: the language in which the tool answers from now on, or which it is.

use crate::arguments::text_in;
use crate::failure::Failure;
use crate::lang::{AUTO, Lang};
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::Context;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};

pub fn line() -> clap::Command {
    clap::Command::new("lang")
        .about("앞으로 답할 언어를 정합니다 / the language of every answer from now on")
        .arg(
            Arg::new("LANGUAGE")
                .value_parser(PossibleValuesParser::new(["ko", "en", AUTO]))
                .help("auto: 시스템의 언어 / the system's"),
        )
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let wanted = text_in(words, "LANGUAGE");
    let (spoken, chosen) = match wanted.as_deref() {
        None => (lang, Lang::kept()),
        Some(code) => {
            let chosen = (code != AUTO).then(|| Lang::of_code(code));
            Lang::keep(&workspace.root, chosen).context(tr!(
                lang,
                "고른 언어를 적어 두지 못했습니다",
                "the language could not be kept"
            ))?;
            (chosen.unwrap_or_else(Lang::of_environment), chosen)
        }
    };
    let said = match chosen {
        Some(Lang::Ko) => tr!(
            spoken,
            "한국어로 답합니다. cargo xtask lang en: in English.",
            "Korean is chosen. cargo xtask lang en: English from now on."
        ),
        Some(Lang::En) => tr!(
            spoken,
            "영어로 답하도록 정해 두었습니다. cargo xtask lang ko로 되돌립니다.",
            "Answers are in English. cargo xtask lang ko: 한국어로."
        ),
        None => tr!(
            spoken,
            "시스템의 언어를 따릅니다. cargo xtask lang ko 또는 en으로 정합니다.",
            "The system's language is followed; cargo xtask lang ko or en chooses one."
        ),
    };
    crate::say!("{said}");
    Ok(Status::Passed)
}
