//! Bytes as the transcripts write them: text in quotes with every invisible byte escaped,
//! and what is no UTF-8 as numbers in brackets, `"안" [eb 85]`.

use std::fmt::Write;

/// How many bytes a line of a dump has.
const IN_A_LINE: usize = 16;

/// `"안" [eb 85]`; of no bytes `""`.
pub fn quoted(bytes: &[u8]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut broken: Vec<u8> = Vec::new();
    let end = |broken: &mut Vec<u8>, parts: &mut Vec<String>| {
        if !broken.is_empty() {
            let numbers: Vec<_> = broken.iter().map(|byte| format!("{byte:02x}")).collect();
            parts.push(format!("[{}]", numbers.join(" ")));
            broken.clear();
        }
    };
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_empty() {
            end(&mut broken, &mut parts);
            parts.push(format!("\"{}\"", escaped(chunk.valid())));
        }
        broken.extend(chunk.invalid());
    }
    end(&mut broken, &mut parts);
    if parts.is_empty() {
        parts.push("\"\"".to_owned());
    }
    parts.join(" ")
}

/// Sixteen bytes a line: where they stand, their numbers, and what of them is ASCII.
pub fn hex_dump(bytes: &[u8]) -> Vec<String> {
    let lines = bytes.chunks(IN_A_LINE).enumerate();
    let line = |(index, chunk): (usize, &[u8])| {
        let numbers: Vec<_> = chunk.iter().map(|byte| format!("{byte:02x}")).collect();
        let letter = |byte: &u8| match byte {
            0x20..0x7f => char::from(*byte),
            _ => '.',
        };
        let letters: String = chunk.iter().map(letter).collect();
        let at = index * IN_A_LINE;
        format!("{at:04x}  {:<47}  {letters}", numbers.join(" "))
    };
    lines.map(line).collect()
}

/// Reads what [`quoted`] has written, or a person in its manner.
pub(crate) fn read_quoted(told: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = told.trim();
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('"') {
            rest = take_words(inside, &mut bytes)?;
        } else {
            let (numbers, after) = rest.strip_prefix('[')?.split_once(']')?;
            bytes.extend(read_hex(numbers)?);
            rest = after;
        }
        rest = rest.trim_start();
    }
    Some(bytes)
}

/// Bytes by their numbers, `ec 95 88` or `ec9588`; at least one.
pub(crate) fn read_hex(numbers: &str) -> Option<Vec<u8>> {
    let digits: Vec<_> = numbers.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() || digits.len() % 2 == 1 {
        return None;
    }
    let byte = |pair: &[char]| {
        let high = pair[0].to_digit(16)?;
        let low = pair[1].to_digit(16)?;
        u8::try_from(high * 16 + low).ok()
    };
    digits.chunks(2).map(byte).collect()
}

/// `text` with everything that cannot be seen escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if speaks_to_a_terminal(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Would a terminal obey it rather than show it? Control characters, and those that turn
/// the direction of text (Unicode Standard Annex 9) or end a line for some and not for others.
pub(crate) fn speaks_to_a_terminal(character: char) -> bool {
    let turns = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let breaks = matches!(character, '\u{2028}' | '\u{2029}');
    turns || breaks || character.is_control()
}

/// Takes escaped words up to their quote; what follows it.
fn take_words<'a>(told: &'a str, bytes: &mut Vec<u8>) -> Option<&'a str> {
    let mut rest = told;
    loop {
        let character = rest.chars().next()?;
        rest = &rest[character.len_utf8()..];
        match character {
            '"' => return Some(rest),
            '\\' => rest = take_escape(rest, bytes)?,
            c => bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// Takes what stands behind a backslash.
fn take_escape<'a>(rest: &'a str, bytes: &mut Vec<u8>) -> Option<&'a str> {
    let character = rest.chars().next()?;
    let mut after = &rest[character.len_utf8()..];
    let meant = match character {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let (number, behind) = after.strip_prefix('{')?.split_once('}')?;
            after = behind;
            char::from_u32(u32::from_str_radix(number, 16).ok()?)?
        }
        other => other,
    };
    bytes.extend(meant.encode_utf8(&mut [0; 4]).as_bytes());
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_quoted_is_read_as_it_was() {
        let all: [&[u8]; 7] = [
            b"",
            "안녕\n".as_bytes(),
            &"안녕".as_bytes()[..4],
            &[0xff, 0xfe, b'"', b'\\', b'\t'],
            "\u{1b}[2J\u{202e}\u{2028}\0".as_bytes(),
            b"[61] <a>",
            b" ",
        ];
        for bytes in all {
            let told = quoted(bytes);
            assert_eq!(read_quoted(&told).as_deref(), Some(bytes), "{told}");
            assert!(!told.chars().any(speaks_to_a_terminal), "{told:?}");
        }
    }

    #[test]
    fn what_is_not_in_that_manner_is_not_read() {
        for told in [
            "a",
            "\"a",
            "[6]",
            "[zz]",
            "[61",
            "\"a\" b",
            "\"\\",
            "\"\\u{110000}\"",
        ] {
            assert_eq!(read_quoted(told), None, "{told}");
        }
        assert_eq!(read_hex("ec 9588"), Some(vec![0xec, 0x95, 0x88]));
        for numbers in ["", " ", "e", "0x12", "안"] {
            assert_eq!(read_hex(numbers), None, "{numbers}");
        }
    }

    #[test]
    fn a_dump_has_sixteen_bytes_a_line() {
        let lines = hex_dump(&(b'a'..b'a' + 18).collect::<Vec<_>>());
        assert_eq!(
            lines,
            [
                "0000  61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70  abcdefghijklmnop",
                "0010  71 72                                            qr",
            ]
        );
        assert_eq!(
            hex_dump("안\n".as_bytes())[0]
                .trim_end()
                .rsplit("  ")
                .next(),
            Some("....")
        );
    }
}
