//! In what two texts differ: bytes missing, bytes too many, or the first one that is
//! another.

use crate::lang::Lang;
use crate::tr;
use probe::{Span, Text};
use recording::particle::subject;

/// How many bytes of a difference are shown.
const SHOWN: usize = 24;

/// What two texts are compared by: a byte, or a name that stands for a port. The name's
/// letters were never sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit<'a> {
    Byte(u8),
    Name(&'a str),
}

pub(super) fn units(text: &Text) -> Vec<Unit<'_>> {
    let units = text.spans().iter().flat_map(|span| match span {
        Span::Bytes(bytes) => bytes.iter().copied().map(Unit::Byte).collect(),
        Span::Name(name) => vec![Unit::Name(name)],
    });
    units.collect()
}

/// The bytes, with each name as a reader sees it.
pub(super) fn letters(units: &[Unit<'_>]) -> Vec<u8> {
    let letters = units.iter().flat_map(|unit| match unit {
        Unit::Byte(byte) => vec![*byte],
        Unit::Name(name) => format!("<{name}>").into_bytes(),
    });
    letters.collect()
}

/// `None` where a name is among them.
fn only_bytes(units: &[Unit<'_>]) -> Option<Vec<u8>> {
    let byte = |unit: &Unit<'_>| match unit {
        Unit::Byte(byte) => Some(*byte),
        Unit::Name(_) => None,
    };
    units.iter().map(byte).collect()
}

/// In what two texts differ; `None` where names do.
pub(super) fn sentence(expected: &Text, actual: &Text, lang: Lang) -> Option<String> {
    let (expected, actual) = (&*units(expected), &*units(actual));
    if let Some(missing) = expected.strip_prefix(actual) {
        let missing = only_bytes(missing)?;
        let (count, shown) = (missing.len(), show(&missing));
        let unit = if count == 1 { "byte is" } else { "bytes are" };
        return Some(match missing.as_slice() {
            [] => return None,
            b"\n" => tr!(
                lang,
                "문자열은 맞지만 마지막 줄바꿈(\\n)이 없습니다.",
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
        let extra = only_bytes(extra)?;
        let (count, shown) = (extra.len(), show(&extra));
        let (are, unit) = if count == 1 {
            ("is", "byte")
        } else {
            ("are", "bytes")
        };
        return Some(match extra.as_slice() {
            b"\n" => tr!(
                lang,
                "문자열은 맞지만 끝에 줄바꿈(\\n) 한 바이트가 더 있습니다.",
                "The text is right, but there is a newline (\\n) too many at the end."
            ),
            _ => tr!(
                lang,
                "끝에 {count}바이트가 더 있습니다: {shown}",
                "There {are} {count} {unit} too many at the end: {shown}"
            ),
        });
    }
    first_different_byte(expected, actual, lang)
}

fn first_different_byte(expected: &[Unit<'_>], actual: &[Unit<'_>], lang: Lang) -> Option<String> {
    let both = expected.iter().zip(actual);
    let at = both.take_while(|(one, other)| one == other).count();
    let character = |units: &[Unit<'_>]| {
        // What stands on either side of a name is no part of a character.
        let from = units[..at]
            .iter()
            .rposition(|unit| matches!(unit, Unit::Name(_)));
        let from = from.map_or(0, |name| name + 1);
        let rest = &units[from..];
        let to = rest.iter().position(|unit| matches!(unit, Unit::Name(_)));
        let bytes = only_bytes(&rest[..to.unwrap_or(rest.len())])?;
        Character::of(&bytes, at - from)
    };
    let (due, came) = (character(expected)?, character(actual)?);
    // Where one begins before the other, its first bytes are as they should be.
    let both_whole = due.before == came.before;
    let (due, came) = (due.shown(both_whole, lang), came.shown(both_whole, lang));
    let it_came = subject(&came);
    if only_bytes(&expected[..at]).is_none() {
        return Some(tr!(
            lang,
            "처음 달라진 자리에 {due} 대신 {it_came} 왔습니다.",
            "Where they first differ, {came} came instead of {due}."
        ));
    }
    let (nth, it_is_due) = (at + 1, subject(&due));
    Some(tr!(
        lang,
        "{nth}번째 바이트에서 달라졌습니다. {it_is_due} 올 자리에 {it_came} 왔습니다.",
        "Byte {nth} is the first that differs: {came} came where {due} is due."
    ))
}

/// The whole character that a byte belongs to; the byte alone where it belongs to none.
struct Character {
    whole: Vec<u8>,
    /// How many of its bytes stand before that one.
    before: usize,
}

impl Character {
    /// `None` where there is no byte at `at`.
    fn of(bytes: &[u8], at: usize) -> Option<Self> {
        bytes.get(at)?;
        let starts = |index: &usize| bytes[*index] & 0b1100_0000 != 0b1000_0000;
        let start = (0..=at).rev().find(starts).unwrap_or(at);
        let ends = (start + 1..bytes.len()).find(starts).unwrap_or(bytes.len());
        let whole = &bytes[start..ends];
        let (whole, before) = if std::str::from_utf8(whole).is_ok() {
            (whole, at - start)
        } else {
            (&bytes[at..=at], 0)
        };
        Some(Self {
            whole: whole.to_vec(),
            before,
        })
    }

    /// All of it, or what of it has not come.
    fn shown(&self, whole: bool, lang: Lang) -> String {
        let all = show(&self.whole);
        if whole || self.before == 0 {
            return all;
        }
        let rest = show(&self.whole[self.before..]);
        tr!(lang, "{rest}({all}의 나머지)", "{rest} (the rest of {all})")
    }
}

/// `'습' [ec 8a b5]`: as text, where it is text, and as bytes. Control characters that no text
/// has, such as the bytes of a number, are bytes alone: `[00 0f]`.
pub(super) fn show(bytes: &[u8]) -> String {
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
        Ok(text) if text.chars().all(is_never_text) => String::new(),
        Ok(text) => format!("'{}' ", text.escape_debug()),
        Err(_) => String::new(),
    };
    format!("{text}[{}{more}]", hex.join(" "))
}

fn is_never_text(character: char) -> bool {
    character.is_ascii_control() && !matches!(character, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_text_has_is_shown_as_bytes_alone() {
        assert_eq!(show("습".as_bytes()), "'습' [ec 8a b5]");
        assert_eq!(show(b"\n"), "'\\n' [0a]");
        assert_eq!(show(b"\0\x0f"), "[00 0f]");
        assert_eq!(show(b"\x0fa"), "'\\u{f}a' [0f 61]");
        assert_eq!(show(&[0xff]), "[ff]");
        assert_eq!(show(b""), "[]");
    }
}
