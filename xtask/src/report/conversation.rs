//! A failing scenario's conversation as a table: the program on the left, the
//! peers on the right, and what was expected where the two part.

use super::WIDTH;
use super::style::Style;
use crate::lang::Lang;
use crate::tr;
use probe::{Datagram, Event, Flow, Happening, Report};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns of the program's side. A line of its own may go beyond, for then the
/// other side is empty.
const LEFT: usize = 24;

/// The columns of the peers' side: what frame, mark, program and arrow leave.
const RIGHT: usize = WIDTH - 4 - 2 - LEFT - 7;

/// A program that says the same thing for ever is shown from where it matters.
const LINES_BEFORE: usize = 20;

/// The table's lines, without the frame.
pub fn table(report: &Report, lang: Lang, style: &Style) -> Vec<String> {
    let mut lines = vec![style.dim(&row(
        &tr!(lang, "내 프로그램", "your program"),
        "   ",
        &tr!(lang, "상대", "peers"),
    ))];
    let at = report.differs_at.unwrap_or(usize::MAX);
    let first = at.min(report.actual.len()).saturating_sub(LINES_BEFORE);
    if first > 0 {
        lines.push(style.dim(&tr!(
            lang,
            "  … 앞의 {first}줄은 같습니다",
            "  … {first} lines before are the same"
        )));
    }
    for (index, event) in report.actual.iter().enumerate().skip(first) {
        if index == at {
            lines.push(style.bad(&format!("▸{}", &sides(event)[1..])));
            lines.extend(difference(report.expected.get(index), event, lang, style));
        } else {
            lines.push(sides(event));
        }
    }
    if at >= report.actual.len()
        && let Some(missing) = report.expected.get(report.actual.len())
    {
        lines.push(style.bad(&tr!(
            lang,
            "▸ 여기서 끝났습니다. 기대: {missing}",
            "▸ It ended here. Expected: {missing}"
        )));
    }
    lines
}

/// An event on its side of the table.
fn sides(event: &Event) -> String {
    let (word, rest) = (event.what.word(), event.what.rest());
    if event.is_of_a_program() {
        let who = match event.who.as_str() {
            probe::ONLY => String::new(),
            other => format!("{other}  "),
        };
        return row(&format!("{who}{word}  {rest}"), "", "");
    }
    let told = format!("{}  {word}  {rest}", event.who);
    row("", arrow(&event.what), &told)
}

/// Who a peer's line goes to: the program, the peer, or neither.
fn arrow(what: &Happening) -> &'static str {
    match what {
        Happening::Recv(Flow::Silence)
        | Happening::From(_, Flow::Silence)
        | Happening::RecvFrom(Datagram::Silence) => "   ",
        Happening::Recv(_) | Happening::From(..) | Happening::RecvFrom(_) => "──▶",
        Happening::Connect(_)
        | Happening::Send(_)
        | Happening::To(..)
        | Happening::SendTo { .. }
        | Happening::NotSentTo { .. }
        | Happening::Shutdown
        | Happening::Close
        | Happening::Reset => "◀──",
        _ => "   ",
    }
}

fn row(left: &str, arrow: &str, right: &str) -> String {
    if arrow.is_empty() {
        return format!("  {}", clip(left, WIDTH - 6));
    }
    let pad = " ".repeat(LEFT.saturating_sub(left.width()));
    let text = format!("  {left}{pad}  {arrow}  {}", clip(right, RIGHT));
    text.trim_end().to_owned()
}

/// `text` in at most `columns`, its end replaced by an ellipsis if need be.
fn clip(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used < columns
    };
    text.chars().take_while(fits).collect::<String>() + "…"
}

/// Expected and actual under one another, with a caret at the first difference.
fn difference(expected: Option<&Event>, actual: &Event, lang: Lang, style: &Style) -> Vec<String> {
    let (want, have) = (tr!(lang, "기대", "expected"), tr!(lang, "실제", "actual"));
    let Some(expected) = expected else {
        let nothing = tr!(
            lang,
            "여기서는 더 일어날 일이 없습니다",
            "nothing more was due here"
        );
        return vec![style.good(&format!("    {want}  {nothing}"))];
    };
    let label = want.width().max(have.width());
    let room = WIDTH - 8 - label - 6;
    let (whole, other) = (expected.to_string(), actual.to_string());
    let wide = whole.width().max(other.width()) > room;
    let (expected, actual) =
        if wide && expected.who == actual.who && expected.what.is_like(&actual.what) {
            (expected.what.rest(), actual.what.rest())
        } else {
            (whole, other)
        };
    let margin = |name: &str| format!("    {name}{}  ", " ".repeat(label - name.width()));
    let same: String = expected
        .chars()
        .zip(actual.chars())
        .take_while(|(one, other)| one == other)
        .map(|(c, _)| c)
        .collect();
    // A long line is shown from shortly before the place where it differs.
    let fits = expected.width().max(actual.width()) <= room;
    let skipped = if fits {
        0
    } else {
        skip_columns(&same, room / 2)
    };
    let from = |line: &str| {
        let rest: String = line.chars().skip(skipped).collect();
        clip(
            &format!("{}{rest}", if skipped > 0 { "…" } else { "" }),
            room,
        )
    };
    let indent: String = same.chars().skip(skipped).collect();
    let indent = indent.width() + usize::from(skipped > 0);
    vec![
        style.good(&format!("{}{}", margin(&want), from(&expected))),
        style.bad(&format!("{}{}", margin(&have), from(&actual))),
        style.bad(&format!("{}{}^", margin(""), " ".repeat(indent))),
    ]
}

/// How many characters of `same` to leave out, so that at most `columns` stay.
fn skip_columns(same: &str, columns: usize) -> usize {
    let mut skipped = 0;
    let mut left = same.width();
    for character in same.chars() {
        if left <= columns {
            break;
        }
        left -= character.width().unwrap_or(0);
        skipped += 1;
    }
    skipped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_counts_two_columns() {
        assert_eq!(clip("반갑습니다", 10), "반갑습니다");
        assert_eq!(clip("반갑습니다", 9), "반갑습니…");
        assert!(row("가", "──▶", "나").starts_with("  가"));
    }

    #[test]
    fn the_caret_stands_under_the_first_difference() {
        let event = |rest| Event::parse(&format!("client-a recv \"{rest}\" 15 bytes")).unwrap();
        let lines = difference(
            Some(&event("반갑습니다")),
            &event("반갑슴니다"),
            Lang::En,
            &Style::plain(),
        );
        let column = lines[1].split('슴').next().unwrap().width();
        assert_eq!(lines[2].find('^'), Some(column));
    }

    #[test]
    fn a_difference_far_right_is_still_shown() {
        let line = |end| format!("program stdout \"{}{end}", "가".repeat(300));
        let event = |end| Event::parse(&(line(end) + "\"")).unwrap();
        let lines = difference(Some(&event("x")), &event("y"), Lang::Ko, &Style::plain());
        assert!(
            lines[0].ends_with("x\"") && lines[1].ends_with("y\""),
            "{lines:?}"
        );
        assert!(lines.iter().all(|line| line.width() <= WIDTH));
    }
}
