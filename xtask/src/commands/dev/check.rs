//! `cargo xtask dev check`: what a lesson still lacks before it can be proved. It builds and
//! runs nothing.

use crate::arguments;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::workspace::Workspace;
use crate::proofs::lacking;
use crate::status::Status;
use crate::tr;
use clap::ArgMatches;

pub fn line() -> clap::Command {
    clap::Command::new("check")
        .about("레슨에 아직 없는 것을 알려 줍니다 / what a lesson still lacks")
        .arg(arguments::some_lessons())
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let mut status = Status::Passed;
    for lesson in choose::lessons_or_all(workspace, lang, &arguments::lessons_in(words))? {
        let name = &lesson.name;
        let lacking = lacking::of(workspace, lesson, lang);
        if lacking.is_empty() {
            crate::say!(
                "{}",
                tr!(
                    lang,
                    "{name}: 갖출 것은 다 갖췄습니다. 증명: cargo xtask dev prove {name}",
                    "{name}: nothing is missing. To prove it: cargo xtask dev prove {name}"
                )
            );
            continue;
        }
        status = Status::NotYet;
        crate::say!("{name}");
        for sentence in lacking {
            crate::say!("  - {sentence}");
        }
    }
    Ok(status)
}
