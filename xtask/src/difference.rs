//! In what the first different line differs, in one sentence: bytes missing, bytes
//! too many, wrong bytes, the order, the ending, a line too many. What it means is
//! left to the explanations.

use crate::lang::Lang;
use crate::tr;
use probe::{Event, Report, Verdict};

/// How many bytes of a difference are shown.
const SHOWN: usize = 12;

/// The sentence for a scenario that differs; `None` where the two lines say it all.
pub fn sentence(report: &Report, lang: Lang) -> Option<String> {
    let at = report.differs_at?;
    let actual = report.actual.get(at)?;
    // Some of what is due may have come before the silence.
    let unfinished = report.verdict == Verdict::Hung && actual.what == "recv";
    if report.verdict != Verdict::Differs && !unfinished {
        return None;
    }
    let later = &report.expected[at.min(report.expected.len())..];
    let Some(expected) = later.first() else {
        return line_too_many(actual, lang);
    };
    if expected.who == actual.who && expected.what == actual.what {
        if let Some(sentence) = every_address(expected, actual, lang) {
            return Some(sentence);
        }
        if let Some(sentence) = count(expected, actual, report.flooded, lang) {
            return Some(sentence);
        }
        return match (expected.bytes(), actual.bytes()) {
            (Some(expected), Some(_)) if later.get(1) == Some(actual) => {
                out_of_order(&expected, lang)
            }
            (Some(expected), Some(actual)) => bytes(&expected, &actual, lang),
            (None, None) => ending(expected, actual, lang),
            (Some(expected), None) => missing_altogether(&expected, &actual.rest, lang),
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
    match actual.what.as_str() {
        "stdout" => line_too_many(actual, lang),
        "recv" => too_many_at_once(later, actual, report.flooded, lang),
        _ => None,
    }
}

/// More has come than is due at all, while something else was waited for.
fn too_many_at_once(later: &[Event], actual: &Event, flooded: bool, lang: Lang) -> Option<String> {
    let same = |due: &&Event| due.who == actual.who && due.what == actual.what;
    count(later.iter().find(same)?, actual, flooded, lang)
}

/// A server that was given a loopback address, and told that it is bound to all.
fn every_address(expected: &Event, actual: &Event, lang: Lang) -> Option<String> {
    let wide = ["0.0.0.0:<", "[::]:<"]
        .into_iter()
        .find(|wide| actual.rest.contains(wide))?;
    let asked = expected.rest.contains("127.0.0.1:<") && !expected.rest.contains(wide);
    let wide = wide.trim_end_matches(":<");
    (actual.what == "stdout" && asked).then(|| {
        tr!(
            lang,
            "{wide}은 이 컴퓨터의 모든 주소입니다. 바인드할 주소는 127.0.0.1입니다.",
            "{wide} is every address of this machine; the one to bind is 127.0.0.1."
        )
    })
}

/// For payloads that are too long to be quoted; of what `flooded`, no more is known than
/// that it is at least so long.
fn count(expected: &Event, actual: &Event, flooded: bool, lang: Lang) -> Option<String> {
    let length = |event: &Event| match event.bytes() {
        Some(bytes) => Some(bytes.len()),
        None => event.byte_count(),
    };
    let (due, came) = (length(expected)?, length(actual)?);
    let long = expected.bytes().is_none() || actual.bytes().is_none();
    (long && came < due)
        .then(|| {
            tr!(
                lang,
                "{due}바이트 가운데 {came}바이트만 왔습니다.",
                "Only {came} of {due} bytes came."
            )
        })
        .or_else(|| {
            (long && came > due).then(|| {
                // What a program prints is kept up to a limit.
                if flooded && actual.what == "stdout" {
                    return tr!(
                        lang,
                        "{due}바이트면 되는데 적어도 {came}바이트가 왔습니다.",
                        "At least {came} bytes came where {due} are due."
                    );
                }
                tr!(
                    lang,
                    "{due}바이트면 되는데 {came}바이트가 왔습니다.",
                    "{came} bytes came where {due} are due."
                )
            })
        })
}

fn line_too_many(actual: &Event, lang: Lang) -> Option<String> {
    (actual.what == "stdout").then(|| {
        tr!(
            lang,
            "stdout에 한 줄이 더 나왔습니다. 살펴보려고 찍는 줄은 eprintln!이나 dbg!로 찍으세요.",
            "There is a line too many on stdout. Print diagnostics with eprintln! or dbg!."
        )
    })
}

fn out_of_order(expected: &[u8], lang: Lang) -> Option<String> {
    let due = show(expected);
    Some(tr!(
        lang,
        "차례가 다릅니다. 먼저 올 것은 {due}입니다.",
        "The order is different: first {due} is due."
    ))
}

fn missing_altogether(expected: &[u8], ending: &str, lang: Lang) -> Option<String> {
    let (count, due) = (expected.len(), show(expected));
    Some(match ending {
        "too soon" => tr!(
            lang,
            "올 것이 왔지만 너무 일찍 왔습니다. 더 기다린 다음에 와야 합니다.",
            "It is what is due, but it came too soon: it is due after a longer wait."
        ),
        "silence" => tr!(
            lang,
            "아무것도 오지 않았습니다. 와야 할 것은 {due}입니다.",
            "Nothing came; {due} is due."
        ),
        _ => tr!(
            lang,
            "{count}바이트가 하나도 오지 않고 {ending}이(가) 왔습니다: {due}",
            "None of the {count} bytes came, but {ending}: {due}"
        ),
    })
}

fn ending(expected: &Event, actual: &Event, lang: Lang) -> Option<String> {
    let meaning = |rest: &str| match rest {
        "FIN" => Some(tr!(
            lang,
            "FIN(할 말을 다 하고 닫음)",
            "FIN (closed in order)"
        )),
        "RST" => Some(tr!(lang, "RST(끊음)", "RST (broken off)")),
        _ => None,
    };
    let (due, came) = (meaning(&expected.rest)?, meaning(&actual.rest)?);
    Some(tr!(
        lang,
        "연결의 끝이 다릅니다. {due} 대신 {came}이(가) 왔습니다.",
        "The connection ended differently: {came} instead of {due}."
    ))
}

fn bytes(expected: &[u8], actual: &[u8], lang: Lang) -> Option<String> {
    if let Some(missing) = expected.strip_prefix(actual) {
        let (count, shown) = (missing.len(), show(missing));
        let unit = if count == 1 { "byte is" } else { "bytes are" };
        return Some(match missing {
            [] => return None,
            b"\n" => tr!(
                lang,
                "글은 맞지만 마지막 줄바꿈(\\n)이 없습니다.",
                "The text is right, but the final newline (\\n) is missing."
            ),
            _ => tr!(
                lang,
                "끝에서 {count}바이트가 모자랍니다: {shown}",
                "{count} {unit} missing at the end: {shown}"
            ),
        });
    }
    if let Some(extra) = actual.strip_prefix(expected) {
        let (count, shown) = (extra.len(), show(extra));
        let (are, unit) = if count == 1 {
            ("is", "byte")
        } else {
            ("are", "bytes")
        };
        return Some(match extra {
            b"\n" => tr!(
                lang,
                "글은 맞지만 끝에 줄바꿈(\\n) 한 바이트가 더 있습니다.",
                "The text is right, but there is a newline (\\n) too many at the end."
            ),
            _ => tr!(
                lang,
                "끝에 {count}바이트가 더 있습니다: {shown}",
                "There {are} {count} {unit} too many at the end: {shown}"
            ),
        });
    }
    let at = expected
        .iter()
        .zip(actual)
        .take_while(|(one, other)| one == other)
        .count();
    // A name such as <server> stands for a port; its letters were never sent.
    if expected.get(at) == Some(&b'<') || actual.get(at) == Some(&b'<') {
        return None;
    }
    let (due, came) = (
        show(character_at(expected, at)),
        show(character_at(actual, at)),
    );
    let nth = at + 1;
    Some(tr!(
        lang,
        "{nth}번째 바이트에서 달라졌습니다. {due}이(가) 올 자리에 {came}이(가) 왔습니다.",
        "Byte {nth} is the first that differs: {came} came where {due} is due."
    ))
}

/// The whole character that the byte at `at` belongs to; the byte alone where it
/// belongs to none.
fn character_at(bytes: &[u8], at: usize) -> &[u8] {
    let starts = |index: &usize| bytes[*index] & 0b1100_0000 != 0b1000_0000;
    let start = (0..=at).rev().find(starts).unwrap_or(at);
    let ends = (start + 1..bytes.len()).find(starts).unwrap_or(bytes.len());
    let whole = &bytes[start..ends];
    if std::str::from_utf8(whole).is_ok() {
        whole
    } else {
        &bytes[at..=at]
    }
}

/// `'습' [ec 8a b5]`: as text, where it is text, and as bytes.
fn show(bytes: &[u8]) -> String {
    let few = &bytes[..bytes.len().min(SHOWN)];
    let few = match std::str::from_utf8(few) {
        // Not cut within a syllable.
        Err(error) if few.len() < bytes.len() && error.valid_up_to() > 0 => {
            &few[..error.valid_up_to()]
        }
        _ => few,
    };
    let more = if few.len() < bytes.len() { " …" } else { "" };
    let hex: Vec<_> = few.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = match std::str::from_utf8(few) {
        Ok(text) if !text.is_empty() => format!("'{}' ", text.escape_debug()),
        _ => String::new(),
    };
    format!("{text}[{}{more}]", hex.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The English sentence for a scenario that expects `expected` and gets `actual`.
    fn said(expected: &[&str], actual: &str) -> Option<String> {
        let report = Report {
            expected: expected.iter().map(|line| Event::parse(line)).collect(),
            actual: vec![Event::parse(actual)],
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
        let line = |count: usize| format!("a recv {count} bytes [digest 00] \"aa\" …");
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
            "program stdout 1034 bytes [digest 00] \"shor\" …",
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
        let (due, came) = ("a recv \"반갑습니다\"", "a recv \"반갑슴니다\"");
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
            &["a recv \"1\"", "a recv \"2\""],
            "a recv \"2\"",
            "first '1' [31] is due",
        );
        says(
            &["a recv \"1\"", "b recv FIN"],
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
}
