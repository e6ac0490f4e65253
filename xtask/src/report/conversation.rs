//! A failing scenario's conversation as a table: the program on the left, the
//! peers on the right, and what was expected where the two part.

use super::style::{Style, with_blanks_again, with_blanks_kept};
use crate::explain::gloss::Glosses;
use crate::lang::Lang;
use crate::tr;
use probe::{Datagram, Event, Flow, Happening, Report};
use std::collections::BTreeSet;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns of the program's side. A line of its own may go beyond, for then the
/// other side is empty.
const LEFT: usize = 24;

/// What the report puts before each line.
const FRAME: usize = 4;

/// A program that says the same thing for ever is shown from where it matters.
const LINES_BEFORE: usize = 20;

/// The table's lines, without the frame.
pub fn table(report: &Report, glosses: &Glosses, lang: Lang, style: &Style) -> Vec<String> {
    let mut known = Known::of(glosses);
    let heading = row(
        &tr!(lang, "내 프로그램", "your program"),
        "   ",
        &tr!(lang, "상대", "peers"),
        style.width(),
    );
    let mut lines: Vec<_> = heading.iter().map(|line| style.dim(line)).collect();
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
        let sides = sides(event, lang, style.width());
        if index == at {
            let marked = sides.iter().enumerate().map(|(number, line)| {
                let mark = if number == 0 { "▸" } else { " " };
                style.bad(&format!("{mark}{}", &line[1..]))
            });
            lines.extend(marked);
            lines.extend(known.gloss(event, "", style));
            let expected = report.expected.get(index);
            lines.extend(difference(expected, event, lang, style));
            let whose = tr!(lang, "기대: ", "expected: ");
            lines.extend(expected.and_then(|due| known.gloss(due, &whose, style)));
        } else {
            lines.extend(sides);
            lines.extend(known.gloss(event, "", style));
        }
    }
    if at >= report.actual.len()
        && let Some(missing) = report.expected.get(report.actual.len())
    {
        let missing = spoken::line(missing, lang.into());
        lines.push(style.bad(&tr!(
            lang,
            "▸ 여기서 끝났습니다. 기대: {missing}",
            "▸ It ended here. Expected: {missing}"
        )));
    }
    lines
}

/// The lines whose gloss was told further up: once is enough.
struct Known<'a> {
    glosses: &'a Glosses,
    told: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(glosses: &'a Glosses) -> Self {
        Self {
            glosses,
            told: BTreeSet::new(),
        }
    }

    /// What the line says, where it is the first of its kind; `whose` comes before it.
    fn gloss(&mut self, event: &Event, whose: &str, style: &Style) -> Option<String> {
        let (line, meaning) = self.glosses.of_event(event)?;
        let columns = style.width() - FRAME - 4;
        let meaning = clip(&format!("= {whose}{meaning}"), columns);
        self.told
            .insert(line)
            .then(|| style.dim(&format!("    {meaning}")))
    }
}

/// An event on its side of the table; what is too long goes on below.
fn sides(event: &Event, lang: Lang, width: usize) -> Vec<String> {
    let told = spoken::line(event, lang.into());
    if event.is_of_a_program() {
        row(&told, "", "", width)
    } else {
        row("", arrow(&event.what), &told, width)
    }
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

fn row(left: &str, arrow: &str, right: &str, width: usize) -> Vec<String> {
    let (first, text, indent) = if arrow.is_empty() {
        ("  ".to_owned(), left, 4)
    } else {
        let pad = " ".repeat(LEFT.saturating_sub(left.width()));
        let before = format!("  {left}{pad}  {arrow}  ");
        let columns = before.width();
        (before, right, columns)
    };
    let wrapped = wrap(
        &with_blanks_kept(text),
        (width - FRAME).saturating_sub(indent),
    );
    let mut wrapped = wrapped.into_iter();
    let head = format!("{first}{}", wrapped.next().unwrap_or_default());
    let more = wrapped.map(|line| format!("{}{line}", " ".repeat(indent)));
    std::iter::once(head)
        .chain(more)
        .map(|line| with_blanks_again(line.trim_end()))
        .collect()
}

/// At blanks, as far as there are some; what has none is broken where it has to be.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let used = lines.last().map_or(0, |line| line.width());
        if used > 0 && used + word.trim_end().width() > columns {
            lines.push(String::new());
        }
        for character in word.chars() {
            let wide = character.width().unwrap_or(0);
            if let Some(last) = lines.last_mut() {
                if last.width() + wide > columns && character != ' ' {
                    lines.push(character.to_string());
                } else {
                    last.push(character);
                }
            }
        }
    }
    lines
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
    let room = style.width() - 8 - label - 6;
    let alike = expected.who == actual.who && expected.what.is_like(&actual.what);
    let told = |event: &Event, whole: bool| {
        let (word, rest) = spoken::words(&event.what, lang.into());
        if whole {
            format!("{}  {word}  {rest}", event.who)
                .trim_end()
                .to_owned()
        } else {
            rest
        }
    };
    let both = |whole| (told(expected, whole), told(actual, whole));
    let (whole, other) = both(true);
    let wide = whole.width().max(other.width()) > room;
    let (expected, actual) = if wide && alike {
        both(false)
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
    let mut lines = vec![
        style.good(&format!("{}{}", margin(&want), from(&expected))),
        style.bad(&format!("{}{}", margin(&have), from(&actual))),
    ];
    // Of two lines of different kinds nothing is to be compared letter by letter.
    if alike {
        let indent: String = same.chars().skip(skipped).collect();
        let indent = indent.width() + usize::from(skipped > 0);
        lines.push(style.bad(&format!("{}{}^", margin(""), " ".repeat(indent))));
    }
    lines
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
        assert_eq!(wrap("반갑 습니다", 6), ["반갑 ", "습니다"]);
        assert_eq!(wrap("반갑습니다", 6), ["반갑습", "니다"]);
    }

    #[test]
    fn nothing_of_a_long_line_is_cut() {
        let line = r#"client-a send "안녕, " [ec], then, once read, [86 8c] "켓" [eb], then, once read, [8b 98] 20 bytes"#;
        let event = Event::parse(line).unwrap();
        for width in [60, 80, 180] {
            let lines = sides(&event, Lang::En, width);
            assert!(
                lines.iter().all(|line| line.width() <= width - 4),
                "{lines:?}"
            );
            let words = |text: &str| {
                text.split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            let told = words(&lines.join(" "));
            assert_eq!(told[1..], words(line), "{width}");
        }
    }

    #[test]
    fn several_blanks_of_a_quotation_stay_together() {
        let line = r#"server-a sendto 127.0.0.1:<program> "1  둘  셋 " 12 bytes, and what follows"#;
        for width in 60..100 {
            let lines = row("", "──▶", line, width);
            let told = lines.iter().map(|line| line.trim());
            let told = told.collect::<Vec<_>>().join(" ");
            assert!(told.contains(r#""1  둘  셋 ""#), "{width}: {told}");
        }
    }

    #[test]
    fn the_caret_stands_under_the_first_difference() {
        let event = |rest| Event::parse(&format!("client-a recv \"{rest}\" 15 bytes")).unwrap();
        let lines = difference(
            Some(&event("반갑습니다")),
            &event("반갑슴니다"),
            Lang::En,
            &Style::plain(80),
        );
        let column = lines[1].split('슴').next().unwrap().width();
        assert_eq!(lines[2].find('^'), Some(column));
    }

    #[test]
    fn a_difference_far_right_is_still_shown() {
        let line = |end| format!("program stdout \"{}{end}", "가".repeat(300));
        let event = |end| Event::parse(&(line(end) + "\"")).unwrap();
        let style = Style::plain(80);
        let lines = difference(Some(&event("x")), &event("y"), Lang::Ko, &style);
        assert!(
            lines[0].ends_with("x\"") && lines[1].ends_with("y\""),
            "{lines:?}"
        );
        assert!(lines.iter().all(|line| line.width() <= 80));
    }
}
