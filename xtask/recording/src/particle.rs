//! Korean particles, which depend on whether the word before ends in a consonant, as it is
//! read: a number by its last digit, a name by its last letter.

/// The word as an object: `소켓 3을`, `소켓 4를`.
pub fn object(word: &str) -> String {
    with(word, "을", "를")
}

/// The word as a subject: `program이`, `client-a가`.
pub fn subject(word: &str) -> String {
    with(word, "이", "가")
}

/// The word as a topic: `3은`, `4는`; `recv는`.
pub fn topic(word: &str) -> String {
    with(word, "은", "는")
}

fn with(word: &str, after_a_consonant: &str, after_a_vowel: &str) -> String {
    let particle = if ends_in_a_consonant(word) {
        after_a_consonant
    } else {
        after_a_vowel
    };
    format!("{word}{particle}")
}

fn ends_in_a_consonant(word: &str) -> bool {
    let last = word.chars().rev().find(|letter| letter.is_alphanumeric());
    match last {
        // Zero to nine are 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구.
        Some(digit) if digit.is_ascii_digit() => "013678".contains(digit),
        Some(letter) if letter.is_ascii() => "lmn".contains(letter.to_ascii_lowercase()),
        // A syllable without a final consonant begins a row of 28.
        Some(syllable @ '가'..='힣') => !(syllable as u32 - '가' as u32).is_multiple_of(28),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_followed_as_it_is_read() {
        let objects = ["소켓 3", "소켓 4", "client-a", "program", "손님", "서버"].map(object);
        assert_eq!(
            objects,
            [
                "소켓 3을",
                "소켓 4를",
                "client-a를",
                "program을",
                "손님을",
                "서버를"
            ]
        );
        assert_eq!(subject("client-a"), "client-a가");
        assert_eq!(topic("`recvfrom`"), "`recvfrom`은");
    }
}
