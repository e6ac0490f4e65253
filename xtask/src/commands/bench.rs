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

/// One thing that can be measured.
struct Bench {
    name: &'static str,
    /// Whose chapter shows the record.
    lesson: &'static str,
    /// How long it takes, about.
    seconds: u32,
}

const BENCHES: [Bench; 2] = [
    Bench {
        name: "udp-and-tcp",
        lesson: "lesson-15-udp-echo",
        seconds: 20,
    },
    Bench {
        name: "small-writes",
        lesson: "lesson-16-framing",
        seconds: 10,
    },
];

pub fn line() -> clap::Command {
    let names = BENCHES.map(|bench| bench.name);
    clap::Command::new("bench")
        .about("책에 나오는 속도를 이 컴퓨터에서 잽니다 / measure here what the book says of speed")
        .args([
            Arg::new("BENCH")
                .value_name("udp-and-tcp|small-writes")
                .required(true)
                .value_parser(PossibleValuesParser::new(names)),
            flag(
                "record",
                "책의 그림으로 남깁니다 (레슨을 만드는 사람용) / keep it as the book's figures (authors)",
            ),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let named = words.get_one::<String>("BENCH");
    let bench = BENCHES
        .iter()
        .find(|bench| named.is_some_and(|name| name == bench.name))
        .context("there is no such bench")?;
    let seconds = bench.seconds;
    let takes = tr!(
        lang,
        "재고 있습니다. {seconds}초쯤 걸립니다.",
        "Measuring. This takes about {seconds} seconds."
    );
    crate::complain!("{takes}");
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--release", "--package", "bench", "--"]);
    command.args(["--bench", bench.name, "--lang", lang.code()]);
    if words.get_flag("record") {
        let solution = workspace.root.join("solutions").join(bench.lesson);
        let record = solution.join("bench").join(bench.name);
        command.arg("--record").arg(record.with_extension("json"));
    }
    let status = command.status().context("cargo could not be started")?;
    Ok(Status::of(status))
}
