//! Asks cargo for programs and test binaries, and reads its JSON messages.

use crate::build::refused;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::machine::Lack;
use crate::tr;
use crate::visible;
use anyhow::{Context, Result};
use probe::{Commands, household};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// What cargo made of one package.
#[derive(Debug, Default)]
pub struct Built {
    /// Programs and test binaries, by target name.
    pub executables: BTreeMap<String, PathBuf>,
    /// The compiler's errors and warnings, as rustc prints them.
    pub errors: Vec<String>,
    pub warnings: Vec<String>,
}

/// What cargo made, by package name.
#[derive(Debug, Default)]
pub struct Build {
    packages: BTreeMap<String, Built>,
    /// The libraries that other packages may use, by the name of their crate.
    libraries: BTreeMap<String, PathBuf>,
    /// Cargo's own words where it could not even begin: a broken manifest.
    pub refused: Option<String>,
    /// What the machine ran out of, as cargo, the compiler or the linker said.
    pub lack: Option<Lack>,
}

impl Build {
    /// What was made of `package`; nothing, where cargo said nothing of it.
    pub fn of(&self, package: &str) -> Option<&Built> {
        self.packages.get(package)
    }

    /// A program or test binary of `package`.
    ///
    /// # Errors
    /// It was not built, or does not compile.
    pub fn executable(&self, package: &str, target: &str) -> Result<&Path> {
        let built = self
            .of(package)
            .with_context(|| format!("{package} was not built"))?;
        let errors = || format!("{package} does not compile:\n{}", built.errors.join("\n"));
        Ok(built.executables.get(target).with_context(errors)?)
    }

    /// The programs of one of the lesson's packages, by role.
    ///
    /// # Errors
    /// As [`Build::executable`].
    pub fn programs(&self, lesson: &Lesson, package: &str) -> Result<Commands> {
        let program = |role: &String| {
            let program = self.executable(package, &lesson.program_of(package, role))?;
            Ok((role.clone(), vec![program.display().to_string()]))
        };
        lesson.roles.iter().map(program).collect()
    }

    /// The libraries that were there or built, by the name of their crate.
    pub fn library(&self, name: &str) -> Option<&Path> {
        self.libraries.get(name).map(PathBuf::as_path)
    }
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<PathBuf>,
    executable: Option<PathBuf>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    target: Option<Target>,
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
}

/// Builds the programs and the test binaries of `packages`.
pub fn packages(workspace: &Workspace, packages: &[String]) -> Result<Build> {
    let mut command = workspace.cargo();
    command.args(["build", "--bins", "--test", "check", "--keep-going"]);
    for package in packages {
        command.args(["--package", package]);
    }
    run(command)
}

/// Runs a `cargo build` and sorts its messages by package.
pub fn run(mut command: Command) -> Result<Build> {
    let _patience = Patience::begin();
    let ansi = std::io::stderr().is_terminal();
    let format = if ansi {
        "json-diagnostic-rendered-ansi"
    } else {
        "json"
    };
    command
        .arg("--quiet")
        .arg(format!("--message-format={format}"));
    // Cargo's own environment for the tool must not become the build's.
    command.env_remove("CARGO_MANIFEST_DIR");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // A build script that does not end must not outlive the tool.
    probe::dies_with_us(&mut command);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let started = household::start(|| command.spawn(), Child::id);
    let mut child = started.context("cargo could not be started")?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // cargo --quiet prints a few lines at most, so they are read on a second thread.
    let words = std::thread::spawn(move || {
        let mut words = String::new();
        if let Some(mut pipe) = stderr {
            let _ = pipe.read_to_string(&mut words);
        }
        words
    });
    let mut build = Build::default();
    for line in BufReader::new(stdout.context("cargo has no output")?).lines() {
        let line = line.context("cargo's output cannot be read")?;
        // A build script may print lines of its own.
        if let Ok(message) = serde_json::from_str::<Message>(&line) {
            build.take(message);
        }
    }
    let status = child.wait();
    household::forget(child.id());
    let succeeded = status.context("cargo could not be waited for")?.success();
    let words = words.join().unwrap_or_default();
    let any_error = build
        .packages
        .values()
        .any(|built| !built.errors.is_empty());
    if !succeeded {
        build.lack = build.lack_of_the_machine(&words);
    }
    if !succeeded && !any_error {
        build.failed(words.trim());
    }
    Ok(build)
}

/// Says once that cargo takes its time, as long as it is there: an editor's cargo may have
/// the lock, and a build script need not end.
struct Patience(Option<(Sender<()>, JoinHandle<()>)>);

/// How long nothing is said.
const SILENT: Duration = Duration::from_secs(5);

impl Patience {
    fn begin() -> Self {
        let (done, is_done) = channel();
        let watch = std::thread::spawn(move || {
            if is_done.recv_timeout(SILENT) == Err(RecvTimeoutError::Timeout) {
                crate::complain!(
                    "{}",
                    tr!(
                        Lang::spoken(),
                        "cargo가 아직 빌드하고 있거나, 다른 cargo(편집기 등)가 끝나기를 기다립니다…",
                        "cargo is still building, or waits for another cargo (an editor's) to end …"
                    )
                );
            }
        });
        Self(Some((done, watch)))
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        if let Some((done, watch)) = self.0.take() {
            drop(done);
            let _ = watch.join();
        }
    }
}

impl Build {
    /// A build script's own end is told as the script's.
    fn lack_of_the_machine(&self, words: &str) -> Option<Lack> {
        let errors = self.packages.values().flat_map(|built| &built.errors);
        let of_cargo = refused::failed_build_script(words).is_none();
        let mut said = errors.map(String::as_str).chain(of_cargo.then_some(words));
        said.find_map(Lack::in_words)
    }

    /// Cargo did not succeed, for a reason that is not the compiler's.
    fn failed(&mut self, words: &str) {
        match refused::failed_build_script(words) {
            Some(package) => {
                let built = self.packages.entry(package.to_owned()).or_default();
                built.errors.push(visible::escaped(words));
            }
            None => self.refused = Some(words.to_owned()),
        }
    }

    fn take(&mut self, message: Message) {
        let Some(manifest) = message.manifest_path else {
            return;
        };
        let Some(name) = package_name(&manifest) else {
            return;
        };
        let built = self.packages.entry(name).or_default();
        match (message.reason.as_str(), message.target, message.message) {
            ("compiler-artifact", Some(target), _) => {
                let mut files = message.filenames.into_iter();
                if let Some(executable) = message.executable {
                    built.executables.insert(target.name, executable);
                } else if let Some(library) = files.find(|file| is_library(file)) {
                    self.libraries.insert(target.name, library);
                }
            }
            ("compiler-message", _, Some(diagnostic)) => {
                let rendered = diagnostic.rendered.unwrap_or_default();
                match diagnostic.level.as_str() {
                    "error" => built.errors.push(rendered),
                    "warning" => built.warnings.push(rendered),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn is_library(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "rlib")
}

/// The workspace's packages are named after their folders; lessons/lesson-04-accept
/// and solutions/lesson-04-accept share a folder name and not a package name.
fn package_name(manifest: &Path) -> Option<String> {
    let folder = manifest.parent()?;
    let name = folder.file_name()?.to_str()?;
    let solution = folder.parent()?.file_name()? == "solutions";
    Some(if solution {
        name.replacen("lesson-", "solution-", 1)
    } else {
        name.to_owned()
    })
}
