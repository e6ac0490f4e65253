//! How bytes stand in a transcript: text in quotes with every invisible byte
//! escaped, bytes that are no UTF-8 in brackets, and always a count. insta folds
//! CR LF and trailing white space, so nothing may depend on either.

use std::fmt::Write;

/// Longer payloads are shown by their beginning and a digest of the whole.
const SHOWN: usize = 240;

/// How much of a longer payload is shown.
const BEGINNING: usize = 12;

/// `"안" [eb 85]`: the bytes alone, without a count, unless there are many.
pub(crate) fn quote(bytes: &[u8]) -> String {
    if bytes.len() > SHOWN {
        summary(bytes)
    } else {
        quote_all(bytes)
    }
}

/// `"안녕" 6 bytes`.
pub(crate) fn counted(bytes: &[u8]) -> String {
    if bytes.len() > SHOWN {
        summary(bytes)
    } else {
        quote_all(bytes) + &count(bytes.len())
    }
}

/// What is sent in pieces, each once the one before was read: a piece alone is told as
/// [`counted`] does.
pub(crate) fn counted_pieces(pieces: &[&[u8]]) -> String {
    match pieces {
        [whole] => counted(whole),
        pieces => {
            let told: Vec<_> = pieces.iter().map(|piece| quote(piece)).collect();
            told.join(", then, once read, ") + &count(pieces.concat().len())
        }
    }
}

/// `8388608 bytes [digest 90c604558366906d] "the begin" …`
fn summary(bytes: &[u8]) -> String {
    let (digest, begin) = (fnv1a(bytes), quote_all(&bytes[..BEGINNING]));
    format!("{} bytes [digest {digest:016x}] {begin} …", bytes.len())
}

/// ` 6 bytes`, with the space before it.
pub(crate) fn count(bytes: usize) -> String {
    let unit = if bytes == 1 { "byte" } else { "bytes" };
    format!(" {bytes} {unit}")
}

fn quote_all(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "\"\"".to_owned();
    }
    let mut parts = Vec::new();
    // Neighbouring runs of broken bytes read as one.
    let mut broken: Vec<String> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_empty() {
            parts.extend(bracketed(std::mem::take(&mut broken)));
            parts.push(format!("\"{}\"", escape(chunk.valid())));
        }
        broken.extend(chunk.invalid().iter().map(|byte| format!("{byte:02x}")));
    }
    parts.extend(bracketed(broken));
    parts.join(" ")
}

fn bracketed(hex: Vec<String>) -> Option<String> {
    (!hex.is_empty()).then(|| format!("[{}]", hex.join(" ")))
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => write!(out, "\\u{{{:x}}}", u32::from(c)).unwrap_or_default(),
            c => out.push(c),
        }
    }
    out
}

/// The bytes that `told`, a line's rest, quotes; `None` where it quotes none, or not
/// all of them.
pub(crate) fn unquote(told: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = told;
    let mut any = false;
    loop {
        if let Some(inside) = rest.strip_prefix('"') {
            rest = unescape(inside, &mut bytes)?;
        } else if let Some(inside) = rest.strip_prefix('[') {
            let (hex, after) = inside.split_once(']')?;
            for byte in hex.split(' ') {
                bytes.push(u8::from_str_radix(byte, 16).ok()?);
            }
            rest = after;
        } else {
            return any.then_some(bytes);
        }
        any = true;
        rest = rest.trim_start();
    }
}

/// Takes a quoted text up to its closing quote, and returns what follows that.
fn unescape<'a>(quoted: &'a str, bytes: &mut Vec<u8>) -> Option<&'a str> {
    let mut characters = quoted.char_indices();
    let mut push = |c: char| bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some(&quoted[index + 1..]),
            '\\' => match characters.next()?.1 {
                'n' => push('\n'),
                'r' => push('\r'),
                't' => push('\t'),
                'u' => {
                    let hex: String = characters
                        .by_ref()
                        .map(|(_, c)| c)
                        .skip(1)
                        .take_while(|c| *c != '}')
                        .collect();
                    push(char::from_u32(u32::from_str_radix(&hex, 16).ok()?)?);
                }
                other => push(other),
            },
            other => push(other),
        }
    }
    None
}

/// FNV-1a, 64 bits: tells two payloads apart; not meant to withstand an attacker.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_and_broken_text_is_shown_as_bytes() {
        assert_eq!(quote("안녕".as_bytes()), "\"안녕\"");
        assert_eq!(quote(&"안녕".as_bytes()[..5]), "\"안\" [eb 85]");
        assert_eq!(quote(&"녕!".as_bytes()[2..]), "[95] \"!\"");
        assert_eq!(quote(&[0xff, 0xfe, 0xfd]), "[ff fe fd]");
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(counted(b"a\r\n"), "\"a\\r\\n\" 3 bytes");
        assert_eq!(counted(b"a\n"), "\"a\\n\" 2 bytes");
        assert_eq!(counted(b"\x1b[2J"), "\"\\u{1b}[2J\" 4 bytes");
        assert_eq!(counted(b""), "\"\" 0 bytes");
    }

    #[test]
    fn what_was_quoted_can_be_read_back() {
        for bytes in [
            "안녕\r\n\t\"\\\u{1b}".as_bytes(),
            &"안녕!".as_bytes()[1..5],
            b"",
            &[0xff, b'a', 0xfe],
        ] {
            assert_eq!(unquote(&counted(bytes)).as_deref(), Some(bytes));
        }
        assert_eq!(unquote("FIN"), None);
        assert_eq!(unquote(&counted(&[b'a'; 1000])), None);
    }

    #[test]
    fn a_long_payload_stays_short_and_keeps_its_identity() {
        let long = vec![b'a'; 100_000];
        let mut other = long.clone();
        other[99_999] = b'b';
        assert!(counted(&long).len() < 200);
        assert_ne!(counted(&long), counted(&other));
    }
}
