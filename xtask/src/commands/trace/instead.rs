//! Where no program may be watched: why, what the scenario's peers saw of it, and the run of
//! the solution that was recorded elsewhere, if there is one.

use super::{HTML, page, tell as tell_run, write};
use crate::arguments::text_in;
use crate::explain::gloss::Glosses;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::report::{Style, Telling};
use crate::runs::recorder::Unrecorded;
use crate::runs::store;
use crate::status::Status;
use crate::tr;
use clap::ArgMatches;
use probe::{Report, Verdict};
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn tell(
    workspace: &Workspace,
    lesson: &Lesson,
    unrecorded: Unrecorded,
    words: &ArgMatches,
    lang: Lang,
) -> Result<Status, Failure> {
    let why = unrecorded.sentence(lang);
    let recorded = store::read(workspace, lesson, &unrecorded.report.scenario)?;
    if words.get_flag("json") {
        return Err(Failure::Unable(anyhow::Error::msg(why)));
    }
    if let (Some(file), Some(recorded)) = (text_in(words, HTML), &recorded) {
        let page = page(workspace, lesson, None, recorded, lang);
        write(Path::new(&file), &page, lang)?;
        let why = tr!(
            lang,
            "{why}. 페이지에는 기록해 둔 풀이의 실행만 있습니다",
            "{why}; the page has the solution's run alone, as it was recorded"
        );
        return Ok(Failure::Unable(anyhow::Error::msg(why)).tell(lang));
    }
    let why = tr!(
        lang,
        "{why}. 대신 상대가 본 대화를 보여 줍니다",
        "{why}; below is the conversation as the peers saw it"
    );
    let status = Failure::Unable(anyhow::Error::msg(why)).tell(lang);
    conversation(workspace, lesson, unrecorded.report, lang);
    if let Some(recorded) = recorded {
        let heading = tr!(
            lang,
            "기록해 둔 풀이의 실행:",
            "The solution's run, as it was recorded:"
        );
        crate::say!("\n{}", Style::of_stdout().bold(&heading));
        tell_run(lesson, None, &recorded, words, lang);
    }
    Ok(status)
}

fn conversation(workspace: &Workspace, lesson: &Lesson, report: Report, lang: Lang) {
    let glosses = match report.verdict {
        Verdict::Passed => Glosses::default(),
        _ => Glosses::of(&workspace.solution_of(lesson), lang),
    };
    let telling = Telling {
        lesson,
        functions: &BTreeMap::new(),
        lang,
        style: &Style::of_stdout(),
        glosses: &glosses,
        timed: true,
    };
    for line in telling.view(report) {
        crate::say!("{line}");
    }
}
