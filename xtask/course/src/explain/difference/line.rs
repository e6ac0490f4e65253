//! A line on stdout that is not the one that is due there.

use super::bytes::{self, Unit, letters, units};
use super::order;
use crate::lang::Lang;
use crate::tr;
use probe::{Event, Happening, Output, Report, Span, Text};
use recording::particle::subject;

/// `None` where the first different line, at `at`, is none of stdout, or where the two lines
/// say it all.
pub(super) fn sentence(report: &Report, at: usize, lang: Lang) -> Option<String> {
    let actual = report.actual.get(at)?;
    let due = report.expected.get(at);
    let due = due.filter(|due| due.who == actual.who && is_a_line(due));
    let another = due.is_some();
    let Some(came) = text_of(actual) else {
        let long = (!another && is_a_line(actual)).then(|| actual.what.byte_count())?;
        return long.map(|count| too_long_to_be_quoted(count, lang));
    };
    let due = due.and_then(text_of);
    if came.bytes() == Some(b"\n") && due.as_ref() != Some(&came) {
        return Some(tr!(
            lang,
            "stdout에 빈 줄이 나왔습니다: 줄바꿈(\\n) 한 바이트뿐입니다. 읽은 줄의 줄바꿈을 떼지 않고 출력하면 흔히 이렇게 됩니다.",
            "An empty line came on stdout, a newline (\\n) and nothing else. That often is the newline of a line that was read, and not taken off."
        ));
    }
    if !ends_a_line(&came) && due.as_ref().is_none_or(ends_a_line) {
        let rest_is_missing = |due: &&Text| units(due).strip_prefix(&*units(&came)).is_some();
        return match due.as_ref().filter(rest_is_missing) {
            Some(due) => bytes::sentence(due, &came, lang),
            None => Some(unfinished(lang)),
        };
    }
    if let Some(due) = &due
        && let Some(sentence) = every_address(due, &came, lang)
    {
        return Some(sentence);
    }
    let later = report.expected.get(at + 1..).unwrap_or_default();
    if later.contains(actual) {
        return match due {
            Some(due) if later.first() == Some(actual) => Some(out_of_order(report, &due, lang)),
            _ => Some(order::due_later(lang)),
        };
    }
    if report.actual[..at].contains(actual) {
        return Some(tr!(
            lang,
            "같은 줄이 앞에서 이미 나왔습니다.",
            "The same line came already, further up."
        ));
    }
    match due {
        Some(due) if resembles(&due, &came) => {
            value(&due, &came, lang).or_else(|| bytes::sentence(&due, &came, lang))
        }
        _ => Some(not_due(report, actual, &came, another, lang)),
    }
}

/// The line that is due after the one that is due here. What the program printed next tells
/// whether it changed places with that, or is one too many, or whether that is missing.
fn out_of_order(report: &Report, due: &Text, lang: Lang) -> String {
    let came = report.differs_at.and_then(|at| report.actual.get(at));
    let again = report
        .printed_next
        .iter()
        .skip(1)
        .any(|next| Some(next) == came);
    match (due_comes_next(report), again) {
        (true, true) => order::one_too_many(lang),
        (true, false) => order::changed_places(due, lang),
        (false, _) => order::due_first(due, lang),
    }
}

fn ends_a_line(text: &Text) -> bool {
    units(text).last() == Some(&Unit::Byte(b'\n'))
}

fn unfinished(lang: Lang) -> String {
    tr!(
        lang,
        "이 줄은 아직 끝나지 않았습니다: 줄바꿈(\\n)이 오지 않았습니다.",
        "This line is not finished: no newline (\\n) has come."
    )
}

/// No line is due, and a long one came.
fn too_long_to_be_quoted(count: usize, lang: Lang) -> String {
    tr!(
        lang,
        "여기서는 stdout에 줄이 나올 차례가 아닌데 {count}바이트의 줄이 나왔습니다.",
        "No line is due on stdout here, but one of {count} bytes came."
    )
}

/// Did the program print next what is due here? Then the line before it is one too many.
fn due_comes_next(report: &Report) -> bool {
    let due = report.differs_at.and_then(|at| report.expected.get(at));
    due.is_some_and(|due| is_a_line(due) && report.printed_next.first() == Some(due))
}

fn is_a_line(event: &Event) -> bool {
    matches!(event.what, Happening::Stdout(Output::Line(_)))
}

fn text_of(event: &Event) -> Option<Text> {
    match &event.what {
        Happening::Stdout(Output::Line(line)) => line.text().cloned(),
        _ => None,
    }
}

/// No line is due here, or another one altogether. What resembles none that is due anywhere
/// may be printed to look at something, where the line that is due comes next.
fn not_due(report: &Report, actual: &Event, came: &Text, another: bool, lang: Lang) -> String {
    let said = if another {
        tr!(
            lang,
            "여기서 나와야 할 줄이 아니라 다른 줄이 나왔습니다.",
            "It is another line than the one that is due here."
        )
    } else {
        tr!(
            lang,
            "여기서는 stdout에 줄이 나올 차례가 아닙니다.",
            "No line is due on stdout here."
        )
    };
    let own = report.expected.iter().filter(|due| due.who == actual.who);
    let mut due = own.filter_map(text_of);
    if due.any(|due| resembles(&due, came)) || !due_comes_next(report) {
        return said;
    }
    tr!(
        lang,
        "{said} 살펴보려고 찍은 줄이라면 eprintln!이나 dbg!로 stderr에 출력하세요.",
        "{said} If it is there to look at something, print it to stderr with eprintln! or dbg!."
    )
}

/// Is half of the longer one the same, from the front or from the back?
fn resembles(one: &Text, other: &Text) -> bool {
    let (one, other) = (units(one), units(other));
    let front = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one_rest, other_rest) = (&one[front..], &other[front..]);
    let pairs = one_rest.iter().rev().zip(other_rest.iter().rev());
    let back = pairs.take_while(|(a, b)| a == b).count();
    2 * (front + back) >= one.len().max(other.len())
}

/// The lines are the same but for one value, a number or an address. What differs within a
/// word is told by its bytes.
fn value(due: &Text, came: &Text, lang: Lang) -> Option<String> {
    let words = |text: &Text| {
        let line = String::from_utf8_lossy(&letters(&units(text))).into_owned();
        line.split(' ').map(str::to_owned).collect::<Vec<_>>()
    };
    let (due, came) = (words(due), words(came));
    if due.len() != came.len() {
        return None;
    }
    let mut pairs = due.iter().zip(&came).filter(|(due, came)| due != came);
    let (due, came) = pairs.next().filter(|_| pairs.next().is_none())?;
    let (due, came) = without_what_is_the_same(due.trim_end(), came.trim_end())?;
    let (it_is_due, it_came) = (subject(due), subject(came));
    Some(tr!(
        lang,
        "값 하나가 다릅니다. {it_is_due} 올 자리에 {it_came} 왔습니다.",
        "One value differs: {came} came where {due} is due."
    ))
}

/// The two values, without the letters around them; `None` where they are no numbers and no
/// addresses.
fn without_what_is_the_same<'a>(due: &'a str, came: &'a str) -> Option<(&'a str, &'a str)> {
    let (due_number, came_number) = (number_in(due)?, number_in(came)?);
    let around = |text: &str, number: &str| text.replacen(number, "", 1);
    if due.contains('<') || came.contains('<') {
        return Some((due, came));
    }
    (around(due, due_number) == around(came, came_number)).then_some((due_number, came_number))
}

/// The first number in it.
fn number_in(text: &str) -> Option<&str> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[from..];
    let to = rest.find(|c: char| !c.is_ascii_digit());
    Some(&rest[..to.unwrap_or(rest.len())])
}

/// A server that was given a loopback address, and told that it is bound to all.
fn every_address(due: &Text, came: &Text, lang: Lang) -> Option<String> {
    let wide = ["0.0.0.0", "[::]"]
        .into_iter()
        .find(|wide| tells(came, wide) && !tells(due, wide))?;
    tells(due, "127.0.0.1").then(|| {
        tr!(
            lang,
            "{wide}은 이 컴퓨터의 모든 주소입니다. 바인드할 주소는 127.0.0.1입니다.",
            "{wide} is every address of this machine; the one to bind is 127.0.0.1."
        )
    })
}

/// Is there a port of `host` that has a name?
fn tells(text: &Text, host: &str) -> bool {
    let before = format!("{host}:");
    text.spans().windows(2).any(|pair| match pair {
        [Span::Bytes(bytes), Span::Name(_)] => bytes.ends_with(before.as_bytes()),
        _ => false,
    })
}
