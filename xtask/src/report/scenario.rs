//! A scenario that did not pass, told in full: what it asks, the conversation, what the
//! program said, what differs, whose step it is, and what often leads there. Of one that
//! passed, the conversation.

use super::style::Style;
use super::{at_fault, conversation, words};
use crate::check::step_result::ScenarioResult;
use crate::explain::difference;
use crate::explain::gloss::Glosses;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::tr;
use probe::{Report, Verdict};
use std::collections::BTreeMap;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// How a scenario is told.
pub struct Telling<'a> {
    pub lesson: &'a Lesson,
    /// The functions in which the steps stand.
    pub functions: &'a BTreeMap<u32, String>,
    pub lang: Lang,
    pub style: &'a Style,
    pub glosses: &'a Glosses,
    /// With the time after which it ended; what is kept for a book has none.
    pub timed: bool,
}

impl Telling<'_> {
    /// A scenario of which nothing is known but what its peers saw.
    pub fn view(&self, report: Report) -> Vec<String> {
        let scenario = ScenarioResult {
            report,
            finding: None,
            explanation: None,
            waiting: None,
        };
        if scenario.report.verdict == Verdict::Passed {
            self.passed(&scenario)
        } else {
            self.lines(&scenario)
        }
    }

    /// The conversation of one that passed.
    pub fn passed(&self, scenario: &ScenarioResult) -> Vec<String> {
        let title = self.lesson.title_of(&scenario.report.scenario, self.lang);
        let mut lines = vec![format!(" │    {title}")];
        lines.extend(self.conversation(scenario));
        lines
    }

    fn conversation(&self, scenario: &ScenarioResult) -> impl Iterator<Item = String> {
        let table = conversation::table(&scenario.report, self.glosses, self.lang, self.style);
        table.into_iter().map(|line| format!(" │  {line}"))
    }

    /// The lines, in the report's frame.
    pub fn lines(&self, scenario: &ScenarioResult) -> Vec<String> {
        let report = &scenario.report;
        let mut lines = vec![self.heading(report)];
        if let Some(known) = self.lesson.scenarios.get(&report.scenario) {
            lines.extend(self.style.wrapped(known.asks.of(self.lang)));
        }
        lines.push(" │".to_owned());
        lines.extend(self.conversation(scenario));
        lines.extend(words::lines(report, self.lang, self.style));
        let said = self.said_of(scenario);
        if !said.is_empty() {
            lines.push(" │".to_owned());
            lines.extend(said.iter().flat_map(|said| self.style.wrapped(said)));
        }
        lines
    }

    fn heading(&self, report: &Report) -> String {
        let verdict = match report.verdict {
            Verdict::Hung => tr!(self.lang, "응답 없음", "hung"),
            Verdict::Crashed => tr!(self.lang, "비정상 종료", "crashed"),
            _ => tr!(self.lang, "달라짐", "differs"),
        };
        let time = match report.after_ms {
            short @ ..1000 => format!("{short} ms"),
            long => format!("{:.1} s", Duration::from_millis(long).as_secs_f64()),
        };
        let when = match report.verdict {
            _ if !self.timed => verdict,
            Verdict::Hung => tr!(self.lang, "{time} 동안 {verdict}", "{verdict} after {time}"),
            // When the check saw it is not when it happened.
            _ => verdict,
        };
        let title = self.lesson.title_of(&report.scenario, self.lang);
        let columns = self.style.width();
        let gap = columns.saturating_sub(7 + title.width() + when.width());
        let gap = " ".repeat(gap.max(2));
        format!(" │    {}{gap}{when}", self.style.bold(title))
    }

    /// Facts first; then what trials and signatures have shown.
    fn said_of(&self, scenario: &ScenarioResult) -> Vec<String> {
        let (report, lang) = (&scenario.report, self.lang);
        let mut said = Vec::new();
        if let Some(waiting) = &scenario.waiting {
            said.extend(waiting.threads.iter().cloned());
        }
        said.extend(difference::sentences(report, lang));
        if let Some(name) = difference::name_that_was_printed(report) {
            said.push(tr!(
                lang,
                "<{name}>은(는) 주소의 포트 번호를 대신하는 표시입니다. 번호는 실행할 때마다 다르고, 그 자리에는 이 이름이 아니라 번호가 와야 합니다.",
                "<{name}> stands for the port number of an address, which is another one in every run: the number is due there, not this name."
            ));
        }
        let finding = scenario.finding.as_ref();
        said.extend(finding.map(|finding| at_fault::sentence(finding, self.functions, lang)));
        let why = scenario.explanation.as_ref();
        said.extend(why.map(|why| why.text.of(lang).to_owned()));
        // A mistake's own explanation knows better than the general advice.
        if why.is_none_or(|why| why.mistake.is_none()) {
            let waiting = scenario.waiting.as_ref();
            said.extend(waiting.and_then(|waiting| waiting.advice.clone()));
        }
        said
    }
}
