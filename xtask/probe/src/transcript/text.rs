//! Bytes as a transcript tells them: text in quotes with every invisible byte escaped,
//! bytes that are no text in brackets, names where ports stood, and a count. Of a long
//! payload only the beginning is kept, and a digest of the whole.

use std::fmt;

/// Longer payloads are shown by their beginning and a digest of the whole, in bytes.
const SHOWN: usize = 240;

/// How much of a longer payload is shown, in bytes.
const BEGINNING: usize = 12;

/// Bytes in which ports have names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    spans: Vec<Span>,
}

/// A part of a [`Text`]. Two neighbours are never both bytes, and none is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Bytes that were printed or sent.
    Bytes(Vec<u8>),
    /// A name that the check has put in place of a port.
    Name(String),
}

impl Text {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut text = Self::default();
        text.push_bytes(bytes);
        text
    }

    /// Its parts, in their order.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The bytes; `None` where a name stands for some of them.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self.spans.as_slice() {
            [] => Some(&[]),
            [Span::Bytes(bytes)] => Some(bytes),
            _ => None,
        }
    }

    /// The first name in it.
    pub fn name(&self) -> Option<&str> {
        self.spans.iter().find_map(|span| match span {
            Span::Name(name) => Some(name.as_str()),
            Span::Bytes(_) => None,
        })
    }

    pub(crate) fn push_bytes(&mut self, bytes: &[u8]) {
        match self.spans.last_mut() {
            _ if bytes.is_empty() => {}
            Some(Span::Bytes(last)) => last.extend(bytes),
            _ => self.spans.push(Span::Bytes(bytes.to_vec())),
        }
    }

    pub(crate) fn push_name(&mut self, name: &str) {
        self.spans.push(Span::Name(name.to_owned()));
    }

    pub(crate) fn append(&mut self, other: &Self) {
        for span in &other.spans {
            match span {
                Span::Bytes(bytes) => self.push_bytes(bytes),
                Span::Name(name) => self.push_name(name),
            }
        }
    }

    /// The same with everything that is UTF-8 told anew by `tell`.
    pub(crate) fn map_words(&self, tell: impl Fn(&str, &mut Self)) -> Self {
        let mut out = Self::default();
        for span in &self.spans {
            match span {
                Span::Name(name) => out.push_name(name),
                Span::Bytes(bytes) => {
                    for chunk in bytes.utf8_chunks() {
                        tell(chunk.valid(), &mut out);
                        out.push_bytes(chunk.invalid());
                    }
                }
            }
        }
        out
    }
}

/// Bytes in quotes: all of them, or the beginning of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quoted {
    /// `[00 00 00 06] "안녕"`, or `"안" [eb 85]`
    Whole(Text),
    /// `8388608 bytes [digest 90c604558366906d] "the begin" …`
    Long {
        /// How many there are.
        count: usize,
        /// FNV-1a over all of them.
        digest: u64,
        /// The first few.
        beginning: Vec<u8>,
    },
}

impl Quoted {
    /// What was printed or sent, as it was.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        if bytes.len() > SHOWN {
            Self::Long {
                count: bytes.len(),
                digest: fnv1a(bytes),
                beginning: bytes[..BEGINNING].to_vec(),
            }
        } else {
            Self::Whole(Text::of(bytes))
        }
    }

    /// All of it, unless there is too much to quote.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Whole(text) => Some(text),
            Self::Long { .. } => None,
        }
    }

    /// How many bytes there are; `None` where names stand for some of them.
    pub fn count(&self) -> Option<usize> {
        match self {
            Self::Whole(text) => text.bytes().map(<[u8]>::len),
            Self::Long { count, .. } => Some(*count),
        }
    }
}

/// What went over the network, with its count: `"안녕" 6 bytes`. Several pieces were
/// sent each once the one before was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// At least one.
    pub pieces: Vec<Quoted>,
    /// The bytes of all pieces, before names took the place of any.
    pub count: usize,
}

impl Payload {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self::of_pieces(&[bytes])
    }

    pub(crate) fn of_pieces(pieces: &[&[u8]]) -> Self {
        Self {
            pieces: pieces.iter().map(|piece| Quoted::of(piece)).collect(),
            count: pieces.iter().map(|piece| piece.len()).sum(),
        }
    }

    /// How many bytes each piece has; all of them at once where that is not known of each.
    pub fn lengths(&self) -> Vec<usize> {
        let each = self.pieces.iter().map(Quoted::count);
        let each: Option<Vec<_>> = each.collect();
        each.unwrap_or_else(|| vec![self.count])
    }

    /// All of it, unless there is too much to quote.
    pub fn text(&self) -> Option<Text> {
        let mut all = Text::default();
        for piece in &self.pieces {
            all.append(piece.text()?);
        }
        Some(all)
    }
}

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(text) => text.fmt(f),
            Self::Long {
                count,
                digest,
                beginning,
            } => {
                let begin = Text::of(beginning);
                write!(f, "{count} bytes [digest {digest:016x}] {begin} …")
            }
        }
    }
}

impl fmt::Display for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pieces.as_slice() {
            [long @ Quoted::Long { .. }] => long.fmt(f),
            pieces => {
                let told: Vec<_> = pieces.iter().map(Quoted::to_string).collect();
                let told = told.join(BETWEEN_PIECES);
                write!(f, "{told} {}", Count(self.count))
            }
        }
    }
}

pub(crate) const BETWEEN_PIECES: &str = ", then, once read, ";

/// `1 byte`, `6 bytes`.
pub(crate) struct Count(pub(crate) usize);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.0 == 1 { "byte" } else { "bytes" };
        write!(f, "{} {unit}", self.0)
    }
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

    fn quote(bytes: &[u8]) -> String {
        Quoted::of(bytes).to_string()
    }

    fn counted(bytes: &[u8]) -> String {
        Payload::of(bytes).to_string()
    }

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
    fn a_long_payload_stays_short_and_keeps_its_identity() {
        let long = vec![b'a'; 100_000];
        let mut other = long.clone();
        other[99_999] = b'b';
        assert!(counted(&long).len() < 200);
        assert_ne!(counted(&long), counted(&other));
    }

    #[test]
    fn pieces_have_one_count() {
        let pieces: [&[u8]; 2] = [b"a", &[0xff; 300]];
        let told = Payload::of_pieces(&pieces).to_string();
        assert!(told.starts_with("\"a\", then, once read, 300 bytes [digest "));
        assert!(told.ends_with(" … 301 bytes"), "{told}");
    }
}
