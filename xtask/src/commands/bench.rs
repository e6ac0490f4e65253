//! `cargo xtask bench`: measures what the book says of speed. The measuring is a program
//! of its own, `xtask/bench`, optimised as no other here is.

use crate::cli::{Bench, UDP_AND_TCP};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::Context;

/// The lesson whose chapter shows the record.
const LESSON: &str = "lesson-15-udp-echo";

pub fn run(workspace: &Workspace, lang: Lang, wanted: &Bench) -> Result<Status, Failure> {
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
    if wanted.record {
        let solution = workspace.root.join("solutions").join(LESSON);
        let record = solution.join("bench").join(UDP_AND_TCP);
        command.arg("--record").arg(record.with_extension("json"));
    }
    let status = command.status().context("cargo could not be started")?;
    Ok(Status::of(status))
}
