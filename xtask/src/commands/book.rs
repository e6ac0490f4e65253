//! `cargo xtask book`: prints both editions. The printer is a program of its own,
//! `xtask/press`, so that a check never waits for mdBook to compile.

use crate::cli::Book;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use anyhow::Context;

pub fn run(workspace: &Workspace, lang: Option<Lang>, wanted: &Book) -> Result<Status, Failure> {
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--package", "press", "--target-dir"]);
    // Its own, so that no check waits for as long as mdBook is compiled.
    command.arg(workspace.root.join("target/press")).arg("--");
    if let Some(lang) = lang {
        command.args(["--lang", lang.code()]);
    }
    if wanted.open {
        command.arg("--open");
    }
    match &wanted.serve {
        Some(Some(address)) => {
            command.args(["--serve", address]);
        }
        Some(None) => {
            command.arg("--serve");
        }
        None => {}
    }
    let status = command.status().context("cargo could not be started")?;
    Ok(Status::of(status))
}
