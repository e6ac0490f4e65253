//! In what the first different line differs, in one sentence: bytes missing, bytes
//! too many, wrong bytes, the order, the ending, a line too many. What it means is
//! left to the explanations.

mod bytes;
mod count;

use crate::encoding;
use crate::lang::Lang;
use crate::tr;
use bytes::{letters, show, units};
use probe::{Datagram, Event, Flow, Happening, Output, Report, Span, Text, Verdict};

/// The sentence for a scenario that differs; `None` where the two lines say it all, or
/// what came is no text that could be compared.
pub fn sentence(report: &Report, lang: Lang) -> Option<String> {
    if encoding::is_another(report) {
        return None;
    }
    if report.verdict != Verdict::Differs && !is_unfinished(report) {
        return None;
    }
    let at = report.differs_at?;
    let actual = report.actual.get(at)?;
    if let Happening::Untimely { late, .. } = actual.what {
        return Some(untimely(late, lang));
    }
    let later = &report.expected[at.min(report.expected.len())..];
    let Some(expected) = later.first() else {
        return line_too_many(&actual.what, lang);
    };
    if expected.who == actual.who && expected.what.is_like(&actual.what) {
        let (due, came) = (&expected.what, &actual.what);
        if let Some(sentence) = every_address(due, came, lang) {
            return Some(sentence);
        }
        if let Some(sentence) = count::sentence(due, came, report.flooded, lang) {
            return Some(sentence);
        }
        return match (due.text(), came.text()) {
            (Some(due), Some(_)) if later.get(1) == Some(actual) => out_of_order(&due, lang),
            (Some(due), Some(came)) => bytes::sentence(&due, &came, lang),
            (None, None) => ending(due, came, lang),
            (Some(due), None) => missing_altogether(&due, came, lang),
            (None, Some(_)) => None,
        };
    }
    if later.get(1) == Some(actual) {
        return Some(tr!(
            lang,
            "차례가 다릅니다. 이 줄은 맞지만, 여기가 아니라 뒤에 와야 합니다.",
            "The order is different: this line is right, but it is due later."
        ));
    }
    line_too_many(&actual.what, lang)
        .or_else(|| count::too_many_at_once(later, actual, report.flooded, lang))
}

/// Did a peer of a program that hangs receive a part of what is due?
pub fn is_unfinished(report: &Report) -> bool {
    let seen = report.differs_at.and_then(|at| report.actual.get(at));
    let part = seen.is_some_and(
        |event| matches!(&event.what, Happening::Recv(flow) if *flow != Flow::Silence),
    );
    report.verdict == Verdict::Hung && part
}

fn untimely(late: bool, lang: Lang) -> String {
    if late {
        tr!(
            lang,
            "올 것이 왔지만 너무 늦게 왔습니다. 덜 기다린 다음에 와야 합니다.",
            "It is what is due, but it came too late: it is due after a shorter wait."
        )
    } else {
        tr!(
            lang,
            "올 것이 왔지만 너무 일찍 왔습니다. 더 기다린 다음에 와야 합니다.",
            "It is what is due, but it came too soon: it is due after a longer wait."
        )
    }
}

/// The name that stands for a port in the text of the first different line, or of the one
/// that is due there.
pub fn port_name(report: &Report) -> Option<String> {
    if encoding::is_another(report) {
        return None;
    }
    let at = report.differs_at?;
    let lines = [report.expected.get(at), report.actual.get(at)];
    lines
        .into_iter()
        .flatten()
        .find_map(|event: &Event| event.what.port_name())
}

/// A server that was given a loopback address, and told that it is bound to all.
fn every_address(expected: &Happening, actual: &Happening, lang: Lang) -> Option<String> {
    if !matches!(actual, Happening::Stdout(_)) {
        return None;
    }
    let (due, came) = (expected.text()?, actual.text()?);
    let wide = ["0.0.0.0", "[::]"]
        .into_iter()
        .find(|wide| tells(&came, wide) && !tells(&due, wide))?;
    tells(&due, "127.0.0.1").then(|| {
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

fn line_too_many(actual: &Happening, lang: Lang) -> Option<String> {
    matches!(actual, Happening::Stdout(_)).then(|| {
        tr!(
            lang,
            "stdout에 한 줄이 더 나왔습니다. 살펴보려고 찍는 줄은 eprintln!이나 dbg!로 찍으세요.",
            "There is a line too many on stdout. Print diagnostics with eprintln! or dbg!."
        )
    })
}

fn out_of_order(expected: &Text, lang: Lang) -> Option<String> {
    let due = show(&letters(&units(expected)));
    Some(tr!(
        lang,
        "차례가 다릅니다. 먼저 올 것은 {due}입니다.",
        "The order is different: first {due} is due."
    ))
}

/// Something was due, and what came has no bytes at all.
fn missing_altogether(expected: &Text, actual: &Happening, lang: Lang) -> Option<String> {
    let due = show(&letters(&units(expected)));
    if is_silence(actual) {
        return Some(tr!(
            lang,
            "아무것도 오지 않았습니다. 와야 할 것은 {due}입니다.",
            "Nothing came; {due} is due."
        ));
    }
    let ending = match actual.flow()? {
        Flow::Fin => "FIN",
        Flow::Rst => "RST",
        _ => return None,
    };
    let count = letters(&units(expected)).len();
    Some(tr!(
        lang,
        "{count}바이트가 하나도 오지 않고 {ending}이(가) 왔습니다: {due}",
        "None of the {count} bytes came, but {ending}: {due}"
    ))
}

fn is_silence(what: &Happening) -> bool {
    matches!(
        what,
        Happening::Stdout(Output::Silence) | Happening::RecvFrom(Datagram::Silence)
    ) || what.flow() == Some(&Flow::Silence)
}

fn ending(expected: &Happening, actual: &Happening, lang: Lang) -> Option<String> {
    let meaning = |flow: &Flow| match flow {
        Flow::Fin => Some(tr!(
            lang,
            "FIN(할 말을 다 하고 닫음)",
            "FIN (closed in order)"
        )),
        Flow::Rst => Some(tr!(lang, "RST(끊음)", "RST (broken off)")),
        _ => None,
    };
    let (due, came) = (meaning(expected.flow()?)?, meaning(actual.flow()?)?);
    Some(tr!(
        lang,
        "연결의 끝이 다릅니다. {due} 대신 {came}이(가) 왔습니다.",
        "The connection ended differently: {came} instead of {due}."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(line: &str) -> Event {
        Event::parse(line).unwrap()
    }

    /// The English sentence for a scenario that expects `expected` and gets `actual`.
    fn said(expected: &[&str], actual: &str) -> Option<String> {
        let report = Report {
            expected: expected.iter().map(|line| event(line)).collect(),
            actual: vec![event(actual)],
            differs_at: Some(0),
            ..Report::new("", 1, Verdict::Differs)
        };
        sentence(&report, Lang::En)
    }

    fn says(expected: &[&str], actual: &str, words: &str) {
        let said = said(expected, actual).unwrap_or_default();
        assert!(said.contains(words), "{said:?} does not say {words:?}");
    }

    #[test]
    fn bytes_that_are_missing_or_too_many() {
        let greeting = "a recv \"안녕\" 6 bytes";
        says(
            &[greeting],
            "a recv \"안\" 3 bytes",
            "3 bytes are missing at the end: '녕' [eb 85 95]",
        );
        says(
            &[greeting],
            "a recv \"안\" [eb 85] 5 bytes",
            "1 byte is missing at the end: [95]",
        );
        says(
            &[greeting],
            "a recv \"안녕!\" 7 bytes",
            "There is 1 byte too many at the end: '!' [21]",
        );
        says(
            &[greeting],
            "a recv FIN",
            "None of the 6 bytes came, but FIN",
        );
    }

    #[test]
    fn a_server_on_every_address_is_told_so() {
        says(
            &["program stdout \"at 127.0.0.1:<server>\\n\""],
            "program stdout \"at 0.0.0.0:<server>\\n\"",
            "0.0.0.0 is every address of this machine",
        );
    }

    #[test]
    fn what_comes_too_soon_or_not_at_all() {
        let due = "a recvfrom \"1\" 1 bytes from 127.0.0.1:<program>";
        says(&[due], "a recvfrom too soon", "due after a longer wait");
        says(
            &[due],
            "a recvfrom silence",
            "Nothing came; '1' [31] is due",
        );
    }

    #[test]
    fn long_payloads_are_compared_by_their_length() {
        let line =
            |count: usize| format!("a recv {count} bytes [digest 0000000000000000] \"aa\" …");
        says(&[&line(1000)], &line(900), "Only 900 of 1000 bytes came");
        says(
            &[&line(1000)],
            "a recv \"a\" 1 bytes",
            "Only 1 of 1000 bytes came",
        );
        says(
            &[&line(1000)],
            &line(1001),
            "1001 bytes came where 1000 are due",
        );
        says(
            &["program stdout \"short\\n\""],
            "program stdout 1034 bytes [digest 0000000000000000] \"shor\" …",
            "1034 bytes came where 6 are due",
        );
    }

    #[test]
    fn a_newline_is_called_by_its_name() {
        says(
            &["program stdout \"a\\n\""],
            "program stdout \"a\"",
            "final newline (\\n) is missing",
        );
        says(
            &["a recv \"a\" 1 byte"],
            "a recv \"a\\n\" 2 bytes",
            "newline (\\n) too many",
        );
    }

    #[test]
    fn a_wrong_syllable_is_shown_as_a_syllable_and_as_bytes() {
        let (due, came) = (
            "a recv \"반갑습니다\" 15 bytes",
            "a recv \"반갑슴니다\" 15 bytes",
        );
        says(&[due], came, "Byte 9 is the first that differs");
        says(
            &[due],
            came,
            "'슴' [ec 8a b4] came where '습' [ec 8a b5] is due",
        );
    }

    #[test]
    fn the_order_the_ending_and_a_line_too_many() {
        says(
            &["a recv \"1\" 1 byte", "a recv \"2\" 1 byte"],
            "a recv \"2\" 1 byte",
            "first '1' [31] is due",
        );
        says(
            &["a recv \"1\" 1 byte", "b recv FIN"],
            "b recv FIN",
            "it is due later",
        );
        says(
            &["a recv FIN"],
            "a recv RST",
            "RST (broken off) instead of FIN",
        );
        says(&["a recv FIN"], "program stdout \"here\\n\"", "eprintln!");
        says(&[], "program stdout \"here\\n\"", "eprintln!");
        assert_eq!(said(&["program exit 0"], "program exit 1"), None);
    }

    #[test]
    fn a_name_is_no_text() {
        let due = "program stdout \"at 127.0.0.1:<server>, 반\\n\"";
        let typed = "program stdout \"at 127.0.0.1:\\<server>, 반\\n\"";
        assert_eq!(said(&[due], typed), None);
        assert_eq!(said(&[due], &due.replace("<server>", "80")), None);
        says(
            &[due],
            &due.replace('반', "밤"),
            "'밤' [eb b0 a4] came instead of '반' [eb b0 98]",
        );
        says(&[due], &due.replace("\\n", ""), "final newline (\\n)");
    }
}
