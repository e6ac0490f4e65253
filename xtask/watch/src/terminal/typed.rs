//! Keys, of the bytes that a terminal sends for them. The keys of cursors and functions come
//! as an escape sequence each, whose letters are not what was typed.

use crate::key::Key;

/// What has come of a character or a sequence that is not whole yet.
#[derive(Default)]
pub struct Typed {
    rest: Vec<u8>,
}

const ESCAPE: u8 = 0x1b;

impl Typed {
    /// The keys that `bytes` complete.
    pub fn keys_of(&mut self, bytes: &[u8]) -> Vec<Key> {
        self.rest.extend(bytes);
        let mut keys = Vec::new();
        let mut at = 0;
        while let Some(length) = length_of_first(&self.rest[at..]) {
            let piece = std::str::from_utf8(&self.rest[at..at + length]);
            let mut characters = piece.unwrap_or_default().chars();
            if let (Some(character), None) = (characters.next(), characters.next()) {
                keys.extend(Key::of(character));
            }
            at += length;
        }
        self.rest.drain(..at);
        keys
    }
}

/// In bytes; `None` where the first character or sequence is not whole.
fn length_of_first(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [] => None,
        // A control sequence ends with its first byte from 0x40 on (ECMA-48, 5.4).
        [ESCAPE, b'[', rest @ ..] => {
            let last = rest.iter().position(|byte| (0x40..=0x7e).contains(byte));
            last.map(|last| last + 3)
        }
        [ESCAPE, b'O', rest @ ..] => (!rest.is_empty()).then_some(3),
        // The Alt key is an escape before its letter.
        [ESCAPE, _, ..] => Some(2),
        // The Escape key alone: nothing of it stays.
        [ESCAPE] => Some(1),
        [first, rest @ ..] => {
            let length = match first {
                0xc0..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf7 => 4,
                _ => 1,
            };
            (rest.len() + 1 >= length).then_some(length)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_both_alphabets_are_keys() {
        let mut typed = Typed::default();
        assert_eq!(typed.keys_of(b"h?Q"), [Key::Hint, Key::Quit]);
        assert_eq!(typed.keys_of("ㅗx😀ㅂ".as_bytes()), [Key::Hint, Key::Quit]);
    }

    #[test]
    fn a_character_in_two_pieces_is_one_key() {
        let mut typed = Typed::default();
        let bytes = "ㅜ".as_bytes();
        assert_eq!(typed.keys_of(&bytes[..2]), []);
        assert_eq!(typed.keys_of(&bytes[2..]), [Key::Next]);
    }

    #[test]
    fn the_letters_of_a_sequence_are_no_keys() {
        let mut typed = Typed::default();
        // Home, Shift with F5, F1, Alt with q, and Escape alone.
        assert_eq!(typed.keys_of(b"\x1b[H\x1b[15;2~\x1bOP\x1bq"), []);
        assert_eq!(typed.keys_of(b"\x1b"), []);
        assert_eq!(typed.keys_of(b"n\xff\x80b"), [Key::Next, Key::Back]);
        assert_eq!(typed.keys_of(b"\x1b["), []);
        assert_eq!(typed.keys_of(b"Bb"), [Key::Back]);
    }
}
