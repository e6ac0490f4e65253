//! `cargo xtask bench`: measures what the book says of speed. The measuring is a program
//! of its own, `xtask/bench`, optimised as no other here is.

use crate::arguments::flag;
use crate::build::compile;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::Context;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};
use std::ffi::OsString;

/// One thing that can be measured.
struct Bench {
    name: &'static str,
    /// Whose chapter shows the record.
    lesson: &'static str,
    /// How long it takes, about.
    seconds: u32,
    /// The lessons whose servers are measured, by the argument that names their programs.
    servers: &'static [(&'static str, &'static str)],
}

const BENCHES: [Bench; 4] = [
    Bench {
        name: "udp-and-tcp",
        lesson: "lesson-15-udp-echo",
        seconds: 20,
        servers: &[],
    },
    Bench {
        name: "small-writes",
        lesson: "lesson-16-framing",
        seconds: 10,
        servers: &[],
    },
    Bench {
        name: "chat",
        lesson: "lesson-20-async",
        seconds: 120,
        servers: &[
            ("--threads", "lesson-17-threads"),
            ("--poll", "lesson-19-poll"),
            ("--async", "lesson-20-async"),
        ],
    },
    Bench {
        name: "remote",
        lesson: "lesson-22-remote-control",
        seconds: 60,
        servers: &[("--remote", "lesson-22-remote-control")],
    },
];

pub fn line() -> clap::Command {
    let names = BENCHES.map(|bench| bench.name);
    clap::Command::new("bench")
        .about("책에 나오는 속도를 이 컴퓨터에서 잽니다 / measure here what the book says of speed")
        .args([
            Arg::new("BENCH")
                .value_name("udp-and-tcp|small-writes|chat|remote")
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
    let servers = servers(workspace, bench)?;
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--release", "--package", "bench", "--"]);
    command.args(servers);
    command.args(["--bench", bench.name, "--lang", lang.code()]);
    if words.get_flag("record") {
        let solution = workspace.root.join("solutions").join(bench.lesson);
        let record = solution.join("bench").join(bench.name);
        command.arg("--record").arg(record.with_extension("json"));
    }
    let status = command.status().context("cargo could not be started")?;
    Ok(Status::of(status))
}

/// The servers that `bench` measures, built as they would be used: the arguments that name them.
fn servers(workspace: &Workspace, bench: &Bench) -> Result<Vec<OsString>, Failure> {
    let lessons = bench.servers.iter().map(|(argument, name)| {
        let all = &workspace.lessons;
        let lesson = all.iter().find(|lesson| lesson.name == *name);
        Ok((
            argument,
            lesson.with_context(|| format!("there is no {name}"))?,
        ))
    });
    let lessons = lessons.collect::<anyhow::Result<Vec<_>>>()?;
    if lessons.is_empty() {
        return Ok(Vec::new());
    }
    let mut command = workspace.cargo();
    command.args(["build", "--release", "--bins"]);
    for (_, lesson) in &lessons {
        command.args(["--package", &lesson.solution_package()]);
    }
    let build = compile::run(command)?;
    let mut arguments = Vec::new();
    for (argument, lesson) in lessons {
        let role = lesson.roles.first().context("it has no program")?;
        let package = lesson.solution_package();
        let program = build.executable(&package, &lesson.program_of(&package, role))?;
        arguments.extend([OsString::from(argument), program.into()]);
    }
    Ok(arguments)
}
