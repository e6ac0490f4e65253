//! What of a lesson could not be seen on this system, and why.

use crate::check::lesson_result::LessonResult;
use crate::check::step_result::ScenarioResult;
use crate::explain::reason;
use crate::lang::Lang;
use crate::tr;
use std::collections::BTreeSet;

/// Why a skipped scenario was skipped.
pub fn why(scenario: &ScenarioResult, lang: Lang) -> String {
    let reason = scenario.report.reason.as_ref();
    reason.map_or_else(String::new, |reason| reason::sentence(reason, lang))
}

/// For the end of a lesson's last line: how many scenarios were skipped, and why. Nothing
/// where none was.
pub fn sentence(result: &LessonResult<'_>, lang: Lang) -> String {
    let count = result.skipped().count();
    let reasons: BTreeSet<_> = result.skipped().map(|it| why(it, lang)).collect();
    let why = reasons.into_iter().collect::<Vec<_>>().join("; ");
    match count {
        0 => String::new(),
        1 => tr!(
            lang,
            " — 시나리오 1개를 건너뜀: {why}",
            " — 1 scenario skipped: {why}"
        ),
        _ => tr!(
            lang,
            " — 시나리오 {count}개를 건너뜀: {why}",
            " — {count} scenarios skipped: {why}"
        ),
    }
}
