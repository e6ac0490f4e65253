//! A program that belongs to the tool and is built only when it is asked for, so that no check
//! waits for it: `watch`, and `press`, which prints the book. It is built of what the tool is
//! built of, as far as both need the same.

use crate::build::compile;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::anyhow;
use std::path::PathBuf;
use std::process::Command;

/// Does it lie beside the tool, where cargo puts both?
fn is_built(name: &str) -> bool {
    let program = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::current_exe().is_ok_and(|tool| tool.with_file_name(program).is_file())
}

/// One of them.
pub struct Companion {
    /// The package's, and the program's.
    pub name: &'static str,
    /// Built with its features, or with as little as possible.
    pub whole: bool,
    /// About how many seconds it takes to build it for the first time.
    pub seconds: u32,
}

impl Companion {
    /// The program, built where it is not as new as its sources.
    pub fn program(&self, workspace: &Workspace, lang: Lang) -> Result<PathBuf, Failure> {
        let Self { name, seconds, .. } = self;
        if !is_built(name) {
            crate::complain!(
                "{}",
                tr!(
                    lang,
                    "{name} 프로그램을 빌드합니다. 처음 한 번만, {seconds}초쯤 걸립니다.",
                    "building {name}: about {seconds} seconds, this once"
                )
            );
        }
        let mut command = workspace.cargo();
        command.args(["build", "--package", name, "--bin", name]);
        if !self.whole {
            command.arg("--no-default-features");
        }
        let build = compile::run(command)?;
        if let Some(refused) = build.refused {
            return Err(Failure::Unable(anyhow!(refused)));
        }
        Ok(build.executable(name, name)?.to_owned())
    }

    /// Nothing of this program is left: what is typed and signalled reaches the companion.
    #[cfg(unix)]
    pub fn become_it(&self, mut command: Command) -> Result<Status, Failure> {
        let error = std::os::unix::process::CommandExt::exec(&mut command);
        let context = format!("{} could not be started", self.name);
        Err(anyhow::Error::new(error).context(context).into())
    }

    /// Other systems have no `exec`: this waits for the companion and ends as it did.
    #[cfg(not(unix))]
    pub fn become_it(&self, mut command: Command) -> Result<Status, Failure> {
        let status = command.status().map_err(|error| {
            anyhow::Error::new(error).context(format!("{} could not be started", self.name))
        })?;
        Ok(Status::of(status))
    }
}
