//! What a program itself said, as a report shows it: under a heading, and with nothing in
//! it that speaks to a terminal.

use super::style::Style;
use crate::lang::Lang;
use crate::tr;
use probe::{Event, Flow, Happening, Report};

/// What is shown of one line, in characters.
const LONGEST: usize = 500;

/// The last lines of stderr that are shown.
const LAST: usize = 5;

/// What it printed on stdout after the first different line, as which bytes a message came, and
/// what it said on stderr.
pub(super) fn lines(report: &Report, lang: Lang, style: &Style) -> Vec<String> {
    let next = report.printed_next.iter();
    let next = next.filter(|event| !is_shown_already(report, event));
    let next = next.map(|event| event.what.rest());
    let mut lines = block(
        next.collect(),
        &tr!(
            lang,
            "프로그램이 stdout에 더 출력한 것",
            "what else the program printed on stdout"
        ),
        style,
    );
    lines.extend(block(
        as_it_came(report).into_iter().collect(),
        &tr!(lang, "여기서 온 바이트", "the bytes that came here"),
        style,
    ));
    let said = report.stderr.lines().filter(|line| is_worth_showing(line));
    let said: Vec<_> = said.map(shorten).collect();
    let last = said.len().saturating_sub(LAST);
    lines.extend(block(
        said.into_iter().skip(last).collect(),
        &tr!(
            lang,
            "프로그램이 stderr에 남긴 말",
            "the program said on stderr"
        ),
        style,
    ));
    lines
}

/// Does it stand in the first different line? What a program prints by itself while it should
/// wait is told as one.
fn is_shown_already(report: &Report, printed: &Event) -> bool {
    let shown = report.differs_at.and_then(|at| report.actual.get(at));
    let bytes = |event: &Event| event.what.text()?.bytes().map(<[u8]>::to_vec);
    match (shown.and_then(bytes), bytes(printed)) {
        (Some(shown), Some(line)) => {
            let lines = shown.iter().filter(|byte| **byte == b'\n').count();
            lines > 1 && shown.windows(line.len()).any(|part| part == line)
        }
        _ => false,
    }
}

/// The bytes of the first different line, where its two sides are told by their meaning.
fn as_it_came(report: &Report) -> Option<String> {
    let at = report.differs_at?;
    let is_one = |event: &Event| matches!(event.what, Happening::Recv(Flow::Message(_)));
    let differs = report.actual.get(at).is_some_and(is_one);
    report.came_as.clone().filter(|_| differs)
}

/// Nothing where nothing was said.
fn block(said: Vec<String>, heading: &str, style: &Style) -> Vec<String> {
    if said.is_empty() {
        return Vec::new();
    }
    let heading = style.dim(&format!(" │    {heading}"));
    let said = said.iter().flat_map(|line| style.wrapped(line));
    let said = said.map(|line| style.dim(&line));
    [" │".to_owned(), heading].into_iter().chain(said).collect()
}

/// A line of somebody else's, without control characters and not endless. Which number a
/// thread has says nothing.
fn shorten(line: &str) -> String {
    let line = match line.split_once("' (") {
        Some((thread, rest)) if thread.starts_with("thread '") => {
            let after = rest.split_once(')').map_or(rest, |(_, after)| after);
            format!("{thread}'{after}")
        }
        _ => line.to_owned(),
    };
    let visible = line.chars().filter(|c| !c.is_control());
    visible.take(LONGEST).collect()
}

/// An empty line and rustc's advice on backtraces are not.
fn is_worth_showing(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with("note: run with")
}
