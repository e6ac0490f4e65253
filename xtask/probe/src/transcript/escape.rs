//! How a [`Text`] is quoted, and read back. insta folds CR LF and trailing white space,
//! so nothing may depend on either; and what a program says must never read as a name
//! that the check has put there, so a `<` that would begin one is written `\<`.

use crate::transcript::address::name_at_start;
use crate::transcript::text::{Span, Text};
use std::fmt::{self, Write};
use std::ops::Range;

/// `"안" [eb 85]`
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quote(self))
    }
}

fn quote(text: &Text) -> String {
    let mut parts = Vec::new();
    let binary = is_binary(text);
    for span in text.spans() {
        match span {
            Span::Name(name) => add(&mut parts, Part::Words(format!("<{name}>"))),
            Span::Bytes(bytes) => {
                for chunk in bytes.utf8_chunks() {
                    if binary {
                        add_words_and_numbers(&mut parts, chunk.valid());
                    } else {
                        add(&mut parts, Part::Words(escaped(chunk.valid())));
                    }
                    add(&mut parts, Part::Broken(chunk.invalid().to_vec()));
                }
            }
        }
    }
    if parts.is_empty() {
        return "\"\"".to_owned();
    }
    let told: Vec<_> = parts.iter().map(Part::told).collect();
    told.join(" ")
}

/// As `Display`, without the quotes, for text that ends a line. What is no UTF-8 is
/// replaced.
pub(crate) fn unquoted(text: &Text) -> String {
    let told = text.spans().iter().map(|span| match span {
        Span::Name(name) => format!("<{name}>"),
        Span::Bytes(bytes) => escaped(&String::from_utf8_lossy(bytes)),
    });
    told.collect()
}

/// What stands in one pair of quotes or brackets.
enum Part {
    /// Escaped already.
    Words(String),
    Broken(Vec<u8>),
}

impl Part {
    fn told(&self) -> String {
        match self {
            Self::Words(words) => format!("\"{words}\""),
            Self::Broken(bytes) => {
                let hex: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("[{}]", hex.join(" "))
            }
        }
    }
}

/// The longest run of control characters that is told as numbers, in bytes; of more, most
/// fill up a buffer.
const TWO_NUMBERS: usize = 8;

/// Does it begin with a number of several bytes, such as the length before a message? Then it
/// is bytes, among which there is text, and not text.
fn is_binary(text: &Text) -> bool {
    let Some(Span::Bytes(bytes)) = text.spans().first() else {
        return false;
    };
    if is_part_of_a_number(bytes) && text.spans().len() == 1 {
        return true;
    }
    let first = bytes.utf8_chunks().next();
    first.is_some_and(|chunk| number_in(chunk.valid()).is_some_and(|number| number.start == 0))
}

/// A piece of such a number: control characters alone, none that text has, and not NUL alone.
fn is_part_of_a_number(bytes: &[u8]) -> bool {
    let no_text = |byte: &u8| byte.is_ascii_control() && !b"\n\r\t\x1b".contains(byte);
    let counts = bytes.iter().any(|byte| *byte > 0);
    counts && bytes.len() <= TWO_NUMBERS && bytes.iter().all(no_text)
}

/// Words, and the numbers between them as bytes.
fn add_words_and_numbers(parts: &mut Vec<Part>, words: &str) {
    let mut rest = words;
    while let Some(number) = number_in(rest) {
        add(parts, Part::Words(escaped(&rest[..number.start])));
        add(parts, Part::Broken(rest[number.clone()].into()));
        rest = &rest[number.end..];
    }
    add(parts, Part::Words(escaped(rest)));
}

/// Where `text` has its first run of control characters with more than one NUL among them. No
/// text has that; a number of several bytes has. Its last bytes may be those of letters, so that
/// a run goes on up to four bytes with what is ASCII.
fn number_in(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    loop {
        start += bytes[start..].iter().position(u8::is_ascii_control)?;
        let length =
            |of: fn(&u8) -> bool| bytes[start..].iter().take_while(|byte| of(byte)).count();
        let run = length(u8::is_ascii_control);
        let nuls = bytes[start..start + run].iter().filter(|byte| **byte == 0);
        if (nuls.count() > 1 && run <= TWO_NUMBERS) || is_part_of_a_number(bytes) {
            return Some(start..start + length(u8::is_ascii).min(4).max(run));
        }
        start += run;
    }
}

/// Neighbours of one kind are one part.
fn add(parts: &mut Vec<Part>, part: Part) {
    match (parts.last_mut(), part) {
        (Some(Part::Words(last)), Part::Words(words)) => last.push_str(&words),
        (Some(Part::Broken(last)), Part::Broken(bytes)) => last.extend(bytes),
        (_, Part::Words(words)) if words.is_empty() => {}
        (_, Part::Broken(bytes)) if bytes.is_empty() => {}
        (_, part) => parts.push(part),
    }
}

/// `text` with everything that cannot be seen, and everything that could be taken for
/// something else, escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (index, character) in text.char_indices() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '<' if name_at_start(&text[index..]).is_some() => out.push_str("\\<"),
            c if speaks_to_a_terminal(c) => {
                write!(out, "\\u{{{:x}}}", u32::from(c)).unwrap_or_default()
            }
            c => out.push(c),
        }
    }
    out
}

/// Would a terminal obey it rather than show it? Control characters, and those that turn
/// the direction of text (Unicode Standard Annex 9) or end a line for some and not for others.
pub fn speaks_to_a_terminal(character: char) -> bool {
    let turns = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let breaks = matches!(character, '\u{2028}' | '\u{2029}');
    turns || breaks || character.is_control()
}

/// Takes what `Display` has written from the beginning of `told`; the text, and what
/// follows it.
pub(crate) fn take_quoted(told: &str) -> Option<(Text, &str)> {
    let mut text = Text::default();
    let mut rest = told;
    loop {
        if let Some(inside) = rest.strip_prefix('"') {
            rest = take_words(inside, &mut text)?.strip_prefix('"')?;
        } else {
            let (hex, after) = rest.strip_prefix('[')?.split_once(']')?;
            for byte in hex.split(' ') {
                text.push_bytes(&[u8::from_str_radix(byte, 16).ok()?]);
            }
            rest = after;
        }
        match rest.strip_prefix(' ') {
            Some(next) if next.starts_with(['"', '[']) => rest = next,
            _ => return Some((text, rest)),
        }
    }
}

/// The text that [`unquoted`] has written.
pub(crate) fn read_unquoted(told: &str) -> Option<Text> {
    let mut text = Text::default();
    take_words(told, &mut text)?.is_empty().then_some(text)
}

/// Takes escaped words up to a quote, or to the end.
fn take_words<'a>(escaped: &'a str, text: &mut Text) -> Option<&'a str> {
    let mut rest = escaped;
    while let Some(character) = rest.chars().next().filter(|c| *c != '"') {
        let mut length = character.len_utf8();
        if let Some(name) = name_at_start(rest) {
            text.push_name(&rest[1..name - 1]);
            length = name;
        } else if character == '\\' {
            let (meant, taken) = unescaped(&rest[1..])?;
            text.push_bytes(meant.encode_utf8(&mut [0; 4]).as_bytes());
            length += taken;
        } else {
            text.push_bytes(&rest.as_bytes()[..length]);
        }
        rest = &rest[length..];
    }
    Some(rest)
}

/// What stands for the escape that `rest` begins with, behind the backslash, and its
/// length in bytes.
fn unescaped(rest: &str) -> Option<(char, usize)> {
    match rest.chars().next()? {
        'n' => Some(('\n', 1)),
        'r' => Some(('\r', 1)),
        't' => Some(('\t', 1)),
        'u' => {
            let (hex, _) = rest.strip_prefix("u{")?.split_once('}')?;
            let meant = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
            Some((meant, hex.len() + 3))
        }
        other => Some((other, other.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_quoted_can_be_read_back() {
        for bytes in [
            "안녕\r\n\t\"\\\u{1b}\u{202e}\u{2028}".as_bytes(),
            &"안녕!".as_bytes()[1..5],
            b"",
            &[0xff, b'a', 0xfe],
            b"[61] \" \\<server> <a> <A> <",
            b"127.0.0.1:<server-a>\n",
            b"\0\0\0\x05hello\0\0\0\0",
        ] {
            let text = Text::of(bytes);
            let quoted = quote(&text) + " 1 byte";
            assert_eq!(take_quoted(&quoted), Some((text, " 1 byte")), "{quoted}");
        }
        assert_eq!(take_quoted("FIN"), None);
        assert_eq!(take_quoted("\"without end"), None);
    }

    #[test]
    fn the_length_before_a_message_is_shown_as_bytes() {
        let quoted = |bytes: &[u8]| quote(&Text::of(bytes));
        assert_eq!(
            quoted("\0\0\0\u{f}반갑습니다".as_bytes()),
            "[00 00 00 0f] \"반갑습니다\""
        );
        assert_eq!(quoted(b"\0\0\0\nabc"), "[00 00 00 0a] \"abc\"");
        assert_eq!(quoted(b"\0\0\x001abc"), "[00 00 00 31] \"abc\"");
        assert_eq!(quoted(b"\0\0\x01\xffabc"), "[00 00 01 ff] \"abc\"");
        assert_eq!(quoted(b"\0\x01\0\0b"), "[00 01 00 00] \"b\"");
        assert_eq!(
            quoted("\0\0\0\u{3}가\0\0\0\u{3}나".as_bytes()),
            "[00 00 00 03] \"가\" [00 00 00 03] \"나\""
        );
        assert_eq!(quoted(b"\0\0"), "[00 00]");
        assert_eq!(quoted(b"\x01"), "[01]");
        assert_eq!(quoted(b"\x01\x02"), "[01 02]");
        assert_eq!(quoted(b"\x01\n"), r#""\u{1}\n""#);
        assert_eq!(quoted(b"a\0\0\n"), r#""a\u{0}\u{0}\n""#);
        assert_eq!(quoted(&[0; 9]), format!("\"{}\"", r"\u{0}".repeat(9)));
        assert_eq!(quoted(b"\x1b[1m\0\x01\r\n"), r#""\u{1b}[1m\u{0}\u{1}\r\n""#);
    }

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        let turned = "\u{1b}\u{9b}\u{202e}\u{2066}\u{2028}";
        let quoted = quote(&Text::of(turned.as_bytes()));
        assert_eq!(quoted, r#""\u{1b}\u{9b}\u{202e}\u{2066}\u{2028}""#);
    }

    #[test]
    fn a_name_stays_a_name_and_an_escaped_one_does_not_become_one() {
        let mut text = Text::of(b"at 127.0.0.1:");
        text.push_name("client-a");
        text.push_bytes(b", not <client-a>");
        let quoted = quote(&text);
        assert_eq!(quoted, "\"at 127.0.0.1:<client-a>, not \\<client-a>\"");
        assert_eq!(take_quoted(&quoted), Some((text.clone(), "")));
        assert_eq!(read_unquoted(&unquoted(&text)), Some(text));
    }
}
