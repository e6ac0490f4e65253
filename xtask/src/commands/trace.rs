//! `cargo xtask trace`: one scenario with its programs recorded, call by call, with the line
//! of the source beside each; the learner's, and where it parts from the solution's.

use crate::arguments::{self, flag, option, text_in};
use crate::build::compile::{self, Build};
use crate::check::given::Given;
use crate::check::origin::Origin;
use crate::check::own_programs::OwnPrograms;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::report::{self, Shown, Style};
use crate::runs::recorder::{self, Unrecorded};
use crate::runs::store;
use crate::runs::{compare, scenario_of};
use crate::status::Status;
use crate::tr;
use anyhow::Context;
use clap::{Arg, ArgMatches};
use probe::{Commands, Report};
use recording::Run;
use std::fs;
use std::path::Path;

pub fn line() -> clap::Command {
    clap::Command::new("trace")
        .about("실행을 호출마다 봅니다: 소스의 줄, 커널이 한 일, 오간 것 / a run call by call: the line, what the kernel did, what went over")
        .args([
            arguments::lesson(),
            Arg::new(WHICH).value_name("STEP|SCENARIO").help(
                "단계(그 첫 시나리오)나 시나리오의 이름 (기본: 레슨의 첫 시나리오) / a step (its first scenario), or a scenario's name (default: the lesson's first)",
            ),
            flag("solution", "내 프로그램 대신 풀이를 / the solution instead"),
            flag("all", "옵션을 묻거나 정하는 호출까지 모두 / every call, with those that ask and set up"),
            option(HTML, "FILE").help(
                "한 단계씩 넘겨 보는 페이지로 (브라우저로 엽니다) / as a page to step through, for a browser",
            ),
            flag("json", "한 줄에 사건 하나인 JSON / JSON, an event a line"),
        ])
        .args(arguments::given())
}

const WHICH: &str = "WHICH";
const HTML: &str = "html";

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let named = arguments::named_lesson_in(words);
    let Some(lesson) = choose::lesson_or_here(workspace, lang, named.as_deref())? else {
        return Err(choose::all_are_passed(lang));
    };
    let scenario = scenario_of(workspace, lesson, text_in(words, WHICH).as_deref(), lang)?;
    let solution = lesson.solution_package();
    let given = Given::of(text_in(words, "server"), text_in(words, "client"), lang)?;
    given.fits(lesson, lang)?;
    let given = given.commands(lesson);
    let of_solution = words.get_flag("solution");
    let mut packages = vec![solution.clone()];
    if !of_solution && given.is_none() {
        packages.push(lesson.name.clone());
    }
    let build = compile::packages(workspace, &packages)?;
    if let Some(errors) = errors_of(&build, &lesson.name) {
        for error in errors {
            crate::complain!("{}", error.trim_end());
        }
        return Ok(Status::NotYet);
    }
    let tests = build.executable(&solution, "check")?;
    let record = |programs: &Commands, source: &str| {
        recorder::record(tests, lesson, &scenario, programs, source)
    };
    // A command's own steps are nowhere to be read.
    let has_steps = given.is_none();
    let own = match given {
        Some(commands) => Some(record(&commands, &format!("{}/", lesson.name))?),
        None if of_solution => None,
        None => {
            let programs = build.programs(lesson, &lesson.name)?;
            let source = recorder::own_source("lessons", lesson);
            Some(record(&programs, &source)?)
        }
    };
    let own = match own.transpose() {
        Ok(own) => own,
        Err(unrecorded) => return instead(workspace, lesson, unrecorded, words, lang),
    };
    let right = match recorder::of_solution(&build, lesson, &scenario)? {
        Ok((right, _)) => right,
        Err(unrecorded) => return instead(workspace, lesson, unrecorded, words, lang),
    };
    if words.get_flag("json") {
        let shown = own.as_ref().map_or(&right, |(own, _)| own);
        crate::say!("{}", shown.to_lines().trim_end());
        return Ok(Status::Passed);
    }
    let origin = match &own {
        Some((own, report)) if has_steps && report.verdict.is_a_failure() => {
            origin(workspace, lesson, &build, report, [own, &right], lang)?
        }
        _ => None,
    };
    let traced = Traced {
        own: own.map(|(run, _)| run),
        right,
        origin,
    };
    match text_in(words, HTML) {
        Some(file) => {
            let page = traced.page(workspace, lesson, lang);
            write(Path::new(&file), &page, lang)?;
        }
        None => traced.tell(lesson, words, lang),
    }
    Ok(Status::Passed)
}

/// What a learner's run, the first, has from which step, where trials show it.
fn origin(
    workspace: &Workspace,
    lesson: &Lesson,
    build: &Build,
    report: &Report,
    runs: [&Run; 2],
    lang: Lang,
) -> Result<Option<Origin>, Failure> {
    let programs = OwnPrograms::read(workspace, lesson)?;
    let tests = build.executable(&lesson.solution_package(), "check")?;
    let mut found = programs.findings(workspace, lesson, build, tests, &[report], lang)?;
    let finding = found.remove(&report.scenario);
    let parting = compare(runs[0], runs[1]);
    let of = |finding| Origin::of(workspace, lesson, &programs, finding, runs, parting);
    Ok(finding.map(of))
}

/// What there is to show.
struct Traced {
    /// The learner's, unless the solution's alone is wanted.
    own: Option<Run>,
    right: Run,
    origin: Option<Origin>,
}

impl Traced {
    /// The solution's run alone.
    fn of_solution(right: Run) -> Self {
        Self {
            own: None,
            right,
            origin: None,
        }
    }

    /// To step through.
    fn page(&self, workspace: &Workspace, lesson: &Lesson, lang: Lang) -> String {
        let folder = workspace.starter_of(lesson);
        let own = self.own.as_ref().map(|run| Shown {
            run,
            folder: &folder,
        });
        let right = Shown {
            run: &self.right,
            folder: &workspace.solution_of(lesson),
        };
        report::run_page(lesson, own, right, self.origin.as_ref(), lang)
    }

    fn tell(&self, lesson: &Lesson, words: &ArgMatches, lang: Lang) {
        let (own, origin) = (self.own.as_ref(), self.origin.as_ref());
        let all = words.get_flag("all");
        for line in report::run_lines(lesson, own, &self.right, origin, all, lang) {
            crate::say!("{line}");
        }
    }
}

/// Nothing is written over but a page that came from here.
fn write(file: &Path, page: &str, lang: Lang) -> Result<(), Failure> {
    let path = file.display();
    let there = fs::read(file);
    if there.is_ok_and(|there| !there.starts_with(player::MARK.as_bytes())) {
        return Err(Failure::Usage(tr!(
            lang,
            "{path} 파일이 이미 있고, trace가 만든 것이 아니라서 덮어쓰지 않습니다. 다른 이름을 주세요.",
            "{path} is there already, and not a page of trace, so it is not written over. Give another name."
        )));
    }
    fs::write(file, page).with_context(|| {
        tr!(
            lang,
            "{path} 파일을 쓸 수 없습니다",
            "{path} cannot be written"
        )
    })?;
    crate::say!("{}", tr!(lang, "썼습니다: {path}", "written: {path}"));
    Ok(())
}

/// Where no program may be watched: why, what the scenario's peers saw of it, and the run of
/// the solution that was recorded elsewhere, if there is one.
fn instead(
    workspace: &Workspace,
    lesson: &Lesson,
    unrecorded: Unrecorded,
    words: &ArgMatches,
    lang: Lang,
) -> Result<Status, Failure> {
    let why = unrecorded.sentence(lang);
    let unable = |why: String| Failure::Unable(anyhow::Error::msg(why));
    if words.get_flag("json") {
        return Err(unable(why));
    }
    let recorded = store::read(workspace, lesson, &unrecorded.report.scenario)?;
    let recorded = recorded.map(Traced::of_solution);
    if let (Some(file), Some(recorded)) = (text_in(words, HTML), &recorded) {
        let page = recorded.page(workspace, lesson, lang);
        write(Path::new(&file), &page, lang)?;
        let why = tr!(
            lang,
            "{why}. 페이지에는 기록해 둔 풀이의 실행만 있습니다",
            "{why}; the page has the solution's run alone, as it was recorded"
        );
        return Ok(unable(why).tell(lang));
    }
    let why = tr!(
        lang,
        "{why}. 대신 상대가 본 대화를 보여 줍니다",
        "{why}; below is the conversation as the peers saw it"
    );
    let status = unable(why).tell(lang);
    for line in report::as_the_peers_saw_it(workspace, lesson, unrecorded.report, lang) {
        crate::say!("{line}");
    }
    if let Some(recorded) = recorded {
        let heading = tr!(
            lang,
            "기록해 둔 풀이의 실행:",
            "The solution's run, as it was recorded:"
        );
        crate::say!("\n{}", Style::of_stdout().bold(&heading));
        recorded.tell(lesson, words, lang);
    }
    Ok(status)
}

fn errors_of<'a>(build: &'a Build, package: &str) -> Option<&'a [String]> {
    let errors = &build.of(package)?.errors;
    (!errors.is_empty()).then_some(errors)
}
