//! A scenario run with its programs under the recorder, which stands in for them.

use super::merged::merge;
use crate::build::compile::Build;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::scenarios::binary::{self, Scenarios, Told, Until};
use crate::tr;
use anyhow::{Context, Result, bail};
use probe::{Commands, Report, STAND_IN};
use recording::{Event, Raw, Run};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tracer::Refused;

/// A recorded program is several times slower.
const LONGEST: Duration = Duration::from_secs(60);

/// A scenario whose programs ran, and were not recorded.
#[derive(Debug)]
pub struct Unrecorded {
    pub why: Refused,
    /// What its peers saw.
    pub report: Report,
}

impl Unrecorded {
    /// Why, in the reader's language.
    pub fn sentence(&self, lang: Lang) -> String {
        match self.why {
            Refused::Ptrace => tr!(
                lang,
                "이 시스템은 프로그램의 호출을 보는 데 필요한 ptrace를 허락하지 않습니다(컨테이너라면 --cap-add=SYS_PTRACE로 허락합니다)",
                "this system refuses ptrace, without which a program's calls are not to be seen (a container allows it with --cap-add=SYS_PTRACE)"
            ),
            Refused::Seccomp => tr!(
                lang,
                "이 시스템은 프로그램의 호출을 보는 데 필요한 seccomp 필터를 허락하지 않습니다(컨테이너라면 --security-opt seccomp=unconfined으로 허락합니다)",
                "this system refuses filters of seccomp, without which a program's calls are not to be seen (a container allows them with --security-opt seccomp=unconfined)"
            ),
            Refused::NoMeans => tr!(
                lang,
                "프로그램의 호출은 x86-64 Linux에서만 볼 수 있습니다",
                "a program's calls are to be seen on Linux alone, on x86-64"
            ),
        }
    }
}

/// The solution's run of `scenario`.
pub fn of_solution(
    build: &Build,
    lesson: &Lesson,
    scenario: &str,
) -> Result<Result<(Run, Report), Unrecorded>> {
    let package = lesson.solution_package();
    let tests = build.executable(&package, "check")?;
    let programs = build.programs(lesson, &package)?;
    record(
        tests,
        lesson,
        scenario,
        &programs,
        &own_source("solutions", lesson),
    )
}

/// Where the source of a lesson's package lies, in the folder of this name.
pub fn own_source(folder: &str, lesson: &Lesson) -> String {
    format!("{folder}/{}/src/", lesson.name)
}

/// The recorder itself, where this process is one: behind the program's name [`STAND_IN`] stands.
pub fn stand_in() -> Option<ExitCode> {
    let mut words = std::env::args_os().skip(1);
    (words.next()? == STAND_IN).then(|| tracer::recorder::run(words))
}

/// Runs `scenario` by the test binary `tests` with these `programs`, a command line each by
/// role, whose source lies in `own_source`.
pub fn record(
    tests: &Path,
    lesson: &Lesson,
    scenario: &str,
    programs: &Commands,
    own_source: &str,
) -> Result<Result<(Run, Report), Unrecorded>> {
    let folder = tempfile::tempdir().context("no folder for the recording can be made")?;
    let tool = std::env::current_exe().context("the tool cannot be found")?;
    let mut commands = Commands::new();
    for (role, command) in programs {
        let mut words: Vec<OsString> = vec![tool.clone().into(), STAND_IN.into()];
        words.extend(tracer::recorder::before(folder.path(), role, own_source));
        words.extend(command.iter().map(OsString::from));
        let words = words.into_iter().map(OsString::into_string);
        let words: Result<Vec<_>, _> = words.collect();
        let Ok(words) = words else {
            bail!("the path of the tool or of the program is not UTF-8");
        };
        commands.insert(role.clone(), words);
    }
    let told = Told {
        commands: Some(&commands),
        ..Told::default()
    };
    let names = [scenario.to_owned()];
    let (_, reports) = binary::run(
        tests,
        told,
        Scenarios::Only(&names),
        Until::the_end(LONGEST),
    )?;
    let report = reports.into_iter().find(|it| it.scenario == scenario);
    let report = report.with_context(|| format!("{scenario} was not run"))?;
    let events = match recorded_in(folder.path(), report.started.len())? {
        Ok(events) => events,
        Err(why) => return Ok(Err(Unrecorded { why, report })),
    };
    let run = Run {
        lesson: lesson.name.clone(),
        scenario: scenario.to_owned(),
        events: merge(&events, &report),
    };
    Ok(Ok((run, report)))
}

/// All that the recorders of this run have written, in the order in which it happened. What
/// was told before in vain, on a busy machine, has files, too: the youngest are those of the
/// `programs` that were judged.
fn recorded_in(folder: &Path, programs: usize) -> Result<Result<Vec<Event>, Refused>> {
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files: Vec<_> = files.collect::<Result<_>>()?;
    files.sort();
    let before = files.len().saturating_sub(programs.max(1));
    let mut all: Vec<Raw> = Vec::new();
    for (file, program) in files[before..].iter().zip(0..) {
        let text = fs::read_to_string(file)?;
        if let Some(why) = tracer::recorder::refusal_in(&text) {
            return Ok(Err(why));
        }
        // A program that is killed may leave its last line unfinished.
        let whole = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        all.extend(whole.map(|raw: Raw| of_program(program, raw)));
    }
    all.sort_by_key(|raw| raw.at);
    Ok(Ok(all.into_iter().map(|raw| raw.event).collect()))
}

/// With the numbers of its calls apart from those of other programs.
fn of_program(program: u32, mut raw: Raw) -> Raw {
    const MOST_CALLS: u32 = 1 << 24;
    match &mut raw.event {
        Event::Begins { call } | Event::Call { call, .. } => call.id += program * MOST_CALLS,
        Event::Ends { id, .. } => *id += program * MOST_CALLS,
        Event::Peer { .. } | Event::Over { .. } => {}
    }
    raw
}
