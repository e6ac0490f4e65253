//! Every scenario of a check: how its programs were started, what was due, what happened, and
//! how they ended.

use super::fence;
use crate::check::lesson_result::LessonResult;
use crate::lang::Lang;
use crate::report;
use crate::tr;
use probe::{Ending, Report};

pub fn section(result: &LessonResult<'_>, lang: Lang) -> String {
    let scenarios = result.steps.iter().flat_map(|step| &step.scenarios);
    let told: String = scenarios
        .map(|scenario| of_one(result, &scenario.report))
        .collect();
    if told.is_empty() {
        return String::new();
    }
    let heading = tr!(lang, "## 대화 기록", "## Transcripts");
    let key = tr!(
        lang,
        "`>`는 달라진 줄입니다. `due`는 스냅샷, `happened`는 일어난 일입니다.",
        "`>` marks the line that differs. `due` is the snapshot, `happened` what came."
    );
    format!("\n{heading}\n\n{key}\n\n{told}")
}

fn of_one(result: &LessonResult<'_>, report: &Report) -> String {
    let mut lines = Vec::new();
    let started = report.started.iter().filter(|_| !result.of_commands);
    lines.extend(started.map(|started| format!("$ {}", report::command(result.lesson, started))));
    lines.push("due".to_owned());
    lines.extend(report.expected.iter().map(|event| format!("    {event}")));
    lines.push("happened".to_owned());
    for (index, event) in report.actual.iter().enumerate() {
        let mark = if report.differs_at == Some(index) {
            ">"
        } else {
            " "
        };
        lines.push(format!("  {mark} {event}"));
    }
    let next = report.printed_next.iter();
    lines.extend(next.map(|event| format!("    (then) {event}")));
    lines.extend(report.endings.iter().map(ending));
    lines.extend(
        report
            .waiting
            .iter()
            .map(|thread| format!("waiting {thread:?}")),
    );
    lines.extend(
        report
            .reason
            .iter()
            .map(|reason| format!("reason {reason}")),
    );
    if !report.stderr.trim().is_empty() {
        lines.push("stderr".to_owned());
        lines.extend(report.stderr.lines().map(|line| format!("    {line}")));
    }
    let (name, step, verdict) = (&report.scenario, report.step, report.verdict.name());
    let text = fence::around("text", &lines.join("\n"));
    format!(
        "### {name} (step {step}): {verdict}, {} ms\n\n{text}\n",
        report.after_ms
    )
}

fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Exit(status) => format!("ended with exit status {status}"),
        Ending::Signal(name) => format!("ended by {name}"),
        Ending::Killed => "ended by the check".to_owned(),
    }
}
