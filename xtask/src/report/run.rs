//! A recorded run told in a terminal: the learner's, with the place at which it parts from the
//! solution's, or that one alone; and what the peers saw, where nothing could be recorded.

use super::at_fault;
use super::scenario::Telling;
use super::style::Style;
use super::timeline::{from, timeline};
use crate::check::origin::Origin;
use crate::explain::gloss::Glosses;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::runs::compare;
use crate::tr;
use probe::{Report, Verdict};
use recording::Run;
use std::collections::BTreeMap;

/// With `all`, calls that only ask or set something up are among them; with `origin`, what
/// the difference comes from.
pub fn lines(
    lesson: &Lesson,
    own: Option<&Run>,
    right: &Run,
    origin: Option<&Origin>,
    all: bool,
    lang: Lang,
) -> Vec<String> {
    let style = Style::of_stdout();
    let shown = own.unwrap_or(right);
    let parting = own.and_then(|own| compare(own, right));
    let comes_from = origin.map(|origin| style.wrapped(&at_fault::of_a_run(origin, lang)));
    let title = lesson.title_of(&shown.scenario, lang);
    let mut lines = vec![style.bold(&format!("{} · {title}", lesson.short_name()))];
    let place = parting.map(|parting| parting.own.unwrap_or(shown.events.len()));
    lines.extend(timeline(shown, place, all, lang, &style));
    let Some(own) = own else { return lines };
    lines.push(String::new());
    let Some(parting) = parting else {
        lines.push(style.good(&tr!(
            lang,
            "풀이와 같은 호출을 같은 순서로 합니다.",
            "It makes the same calls as the solution, in the same order."
        )));
        lines.extend(comes_from.into_iter().flatten());
        return lines;
    };
    let heading = if parting.own.is_some_and(|at| at < own.events.len()) {
        tr!(
            lang,
            "▸에서 풀이와 갈라집니다. 거기서 풀이는:",
            "At ▸ it parts from the solution, which does there:"
        )
    } else {
        tr!(
            lang,
            "기록은 여기까지입니다. 풀이는 더 합니다:",
            "The recording ends here; the solution goes on:"
        )
    };
    lines.push(style.bold(&heading));
    lines.extend(from(right, parting.other, lang, &style));
    if let Some(sentence) = comes_from {
        lines.push(String::new());
        lines.extend(sentence);
    }
    lines
}

/// The conversation of a scenario whose programs could not be recorded.
pub fn as_the_peers_saw_it(
    workspace: &Workspace,
    lesson: &Lesson,
    report: Report,
    lang: Lang,
) -> Vec<String> {
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
    telling.view(report)
}
