//! A recorded run in a terminal: the program's lane at the left, with the line of the source
//! before each call, and the peers' at the right; below what matters, a sentence on it.

use super::style::Style;
use crate::lang::Lang;
use crate::tr;
use recording::{Event, Line, Run, Step, steps};

/// Columns of the line's place, and of the program's lane.
const PLACE: usize = 18;
const MARGIN: &str = "                    ";

/// How many steps are shown of a run that is only looked into.
const A_FEW: usize = 4;

/// The steps of `run`, with a mark at the event `parts`. Without `all`, calls that only ask or
/// set something up are counted.
pub fn timeline(
    run: &Run,
    parts: Option<usize>,
    all: bool,
    lang: Lang,
    style: &Style,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut left_out = 0;
    for (at, step) in steps(run).iter().enumerate() {
        let is_marked = parts == Some(at);
        if !all && !step.matters && !is_marked {
            left_out += 1;
            continue;
        }
        lines.extend(of_those_left_out(&mut left_out, lang, style));
        lines.extend(of_a_step(step, is_marked, lang, style));
    }
    lines.extend(of_those_left_out(&mut left_out, lang, style));
    lines
}

/// A few steps of `run` from the event `from` on.
pub fn from(run: &Run, from: Option<usize>, lang: Lang, style: &Style) -> Vec<String> {
    let all = steps(run);
    let there = all.iter().skip(from.unwrap_or(all.len())).take(A_FEW);
    there
        .flat_map(|step| of_a_step(step, false, lang, style))
        .collect()
}

fn of_those_left_out(count: &mut usize, lang: Lang, style: &Style) -> Option<String> {
    let number = std::mem::take(count);
    let calls = match number {
        1 => "call that asks or sets",
        _ => "calls that ask or set",
    };
    let said = tr!(
        lang,
        "{MARGIN}… 묻거나 정하는 호출 {number}개",
        "{MARGIN}… {number} {calls} something up"
    );
    (number > 0).then(|| style.dim(&said))
}

fn of_a_step(step: &Step<'_>, is_marked: bool, lang: Lang, style: &Style) -> Vec<String> {
    let mark = if is_marked { "▸" } else { " " };
    let mut lines = Vec::new();
    let line = player::line(step, lang.into());
    let text = match step.event {
        Event::Peer { .. } => format!("{MARGIN}    ◀▶  {line}"),
        Event::Over { .. } => format!("{MARGIN}{line}"),
        Event::Ends { .. } => format!("{MARGIN}  {line}"),
        Event::Call { call, .. } | Event::Begins { call } => {
            let place = call.line.as_ref().map_or_else(String::new, place);
            format!("{place:<PLACE$}  {line}")
        }
    };
    let text = format!("{mark}{text}");
    lines.push(if is_marked { style.bad(&text) } else { text });
    if step.matters && !step.said.ko.is_empty() {
        let said = player::said(&step.said, lang.into());
        let said = style.wrapped_behind(&format!(" {MARGIN}"), said);
        lines.extend(said.iter().map(|line| style.dim(line)));
    }
    lines.extend(step.changes.iter().map(|change| {
        let said = change.said();
        style.dim(&format!(" {MARGIN}{}", player::said(&said, lang.into())))
    }));
    lines
}

fn place(line: &Line) -> String {
    format!("{}:{}", line.file, line.line)
}
