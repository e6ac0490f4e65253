//! `cargo xtask bench`: measures what the book says of speed. The measuring is a program
//! of its own, `xtask/bench`, optimised as no other here is.

use crate::arguments::flag;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::Context;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};

/// The only bench there is.
const UDP_AND_TCP: &str = "udp-and-tcp";

/// The lesson whose chapter shows the record.
const LESSON: &str = "lesson-15-udp-echo";

pub fn line() -> clap::Command {
    clap::Command::new("bench")
        .about("책에 나오는 속도를 이 컴퓨터에서 잽니다 / measure here what the book says of speed")
        .args([
            Arg::new("BENCH")
                .value_name(UDP_AND_TCP)
                .required(true)
                .value_parser(PossibleValuesParser::new([UDP_AND_TCP])),
            flag(
                "record",
                "책의 그림으로 남깁니다 (레슨을 만드는 사람용) / keep it as the book's figures (authors)",
            ),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    crate::complain!(
        "{}",
        tr!(
            lang,
            "TCP와 UDP를 재고 있습니다. 20초쯤 걸립니다.",
            "Measuring TCP and UDP. This takes about 20 seconds."
        )
    );
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--release", "--package", "bench", "--"]);
    command.args(["--lang", lang.code()]);
    if words.get_flag("record") {
        let solution = workspace.root.join("solutions").join(LESSON);
        let record = solution.join("bench").join(UDP_AND_TCP);
        command.arg("--record").arg(record.with_extension("json"));
    }
    let status = command.status().context("cargo could not be started")?;
    Ok(Status::of(status))
}
