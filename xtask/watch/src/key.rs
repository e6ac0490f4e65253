//! The keys, by what they do. A keyboard that writes Hangul has the same keys: ㅂ is where q is.

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Hint,
    List,
    Again,
    Edit,
    Next,
    Back,
    Quit,
}

/// What Ctrl-D writes.
const END_OF_TRANSMISSION: char = '\u{4}';

impl Key {
    /// Of the character that a key writes; `None` for those that do nothing.
    pub fn of(character: char) -> Option<Self> {
        Some(match character {
            'h' | 'H' | 'ㅗ' => Self::Hint,
            'l' | 'L' | 'ㅣ' => Self::List,
            'r' | 'R' | 'ㄱ' | 'ㄲ' => Self::Again,
            'e' | 'E' | 'ㄷ' | 'ㄸ' => Self::Edit,
            'n' | 'N' | 'ㅜ' => Self::Next,
            'b' | 'B' | 'ㅠ' => Self::Back,
            'q' | 'Q' | 'ㅂ' | 'ㅃ' | END_OF_TRANSMISSION => Self::Quit,
            _ => return None,
        })
    }
}
