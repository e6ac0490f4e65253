//! A step in one line: a sign, its number, its title, and what there is to say of it.

use super::at_fault;
use super::style::Style;
use crate::check::step_result::StepResult;
use crate::lang::Lang;
use crate::lesson::bodies::What;
use crate::lesson::written::LeftOver;
use crate::tr;
use probe::Verdict;

pub fn line(title: &str, found: &StepResult, lang: Lang, style: &Style) -> String {
    let said = said(found, lang).map_or_else(String::new, |said| format!(" — {said}"));
    let line = format!("{}  {title}{said}", found.number);
    let painted = match found.verdict {
        _ if found.left_over.is_some() => style.bad(&format!("✘ {line}")),
        _ if found.held_up_by.is_some() && !found.fails() => style.dim(&format!("◌ {line}")),
        Verdict::Passed => style.good(&format!("✔ {line}")),
        Verdict::NotWrittenYet => style.dim(&format!("○ {line}")),
        Verdict::Skipped | Verdict::Broken if !found.fails_for_certain() => {
            style.dim(&format!("◌ {line}"))
        }
        _ => style.bad(&format!("✘ {line}")),
    };
    format!(" {painted}")
}

fn said(found: &StepResult, lang: Lang) -> Option<String> {
    if let Some(LeftOver { what, place }) = &found.left_over {
        return Some(match what {
            What::Todo => tr!(lang, "{place}에 todo!가 남음", "todo! left at {place}"),
            What::Stub => tr!(
                lang,
                "{place}에 시작 코드의 줄이 남음",
                "a line of the starter left at {place}"
            ),
        });
    }
    if let Some(other) = found.waits_for {
        return Some(tr!(
            lang,
            "{other}단계를 작성해야 볼 수 있음",
            "to be seen once step {other} is written"
        ));
    }
    if let Some(finding) = found.held_up_by.as_ref().filter(|_| !found.fails()) {
        return at_fault::to_mend_first(finding, lang);
    }
    if found.fails_for_what_was_given() {
        return Some(tr!(
            lang,
            "주어진 코드 때문에 통과하지 못함",
            "does not pass because of the code that was given"
        ));
    }
    Some(match found.verdict {
        Verdict::NotWrittenYet => tr!(lang, "아직 작성하지 않음", "not written yet"),
        Verdict::Skipped if found.is_seen_in_part() => tr!(
            lang,
            "핵심을 여기서는 볼 수 없었음",
            "what matters could not be seen here"
        ),
        Verdict::Skipped => tr!(lang, "여기서는 볼 수 없었음", "could not be seen here"),
        Verdict::DidNotCompile => tr!(lang, "컴파일되지 않음", "did not compile"),
        Verdict::Broken if !found.fails_for_certain() => {
            tr!(lang, "검사할 수 없음", "could not be checked")
        }
        _ => return None,
    })
}

/// What to do about a line that was left; `None` where none was, or the scenario that is
/// shown says it already.
pub fn about_the_left_over(found: &StepResult, lang: Lang) -> Option<String> {
    let (step, left_over) = (found.number, found.left_over.as_ref()?);
    let place = &left_over.place;
    let explanation = found
        .telling_scenario()
        .and_then(|scenario| scenario.explanation.as_ref());
    if explanation.is_some_and(|explanation| explanation.text.en.contains(place)) {
        return None;
    }
    Some(match left_over.what {
        What::Todo => tr!(
            lang,
            "{step}단계의 todo!가 남아 있습니다 ({place}). 다 작성했다면 그 줄을 지우세요.",
            "The todo! of step {step} is left at {place}. If the step is written, take that line out."
        ),
        What::Stub => tr!(
            lang,
            "{step}단계를 아직 작성하지 않았다고 알리는 줄이 남아 있습니다 ({place}). 다 작성했다면 그 줄과, 시작 코드에서 남은 줄을 지우세요.",
            "The line that says that step {step} is not written is left at {place}. If the step is written, take it out, with what else is left of the starter there."
        ),
    })
}
