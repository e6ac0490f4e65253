//! The comments of the project's code stand in both languages, the Korean one first: on two
//! lines, or on one with a slash between. An edition shows its own.

use crate::edition::Edition;

const SIGNS: [&str; 4] = ["///", "//!", "//", "#"];

/// The lines without the comments of the other language.
pub fn in_language(lines: &[&str], edition: Edition) -> Vec<String> {
    let kept = numbered(lines, edition).into_iter();
    kept.map(|(_, line)| line).collect()
}

/// The same, each with its place among all lines, from 0.
pub fn numbered(lines: &[&str], edition: Edition) -> Vec<(usize, String)> {
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some(sign) = sign(line) else {
            kept.push((at, (*line).to_owned()));
            at += 1;
            continue;
        };
        let rest = &lines[at..];
        let end = rest.iter().position(|line| sign_of(line) != Some(sign));
        let block = &rest[..end.unwrap_or(rest.len())];
        let of_it = of_block(block, edition).into_iter();
        kept.extend(of_it.map(|(offset, line)| (at + offset, line)));
        at += block.len();
    }
    kept
}

/// The language of whoever a block speaks to in two; all of it where it speaks but one.
fn of_block(block: &[&str], edition: Edition) -> Vec<(usize, String)> {
    let halves = block.iter().enumerate();
    let halves: Vec<_> = halves
        .flat_map(|(at, line)| halves_of(line).into_iter().map(move |half| (at, half)))
        .collect();
    let of_two = [true, false].map(|korean| {
        let mut words = halves.iter().filter(|(_, line)| !words(line).is_empty());
        words.any(|(_, line)| is_korean(line) == korean)
    });
    if of_two != [true, true] {
        let whole = block.iter().map(|line| (*line).to_owned());
        return whole.enumerate().collect();
    }
    let wanted = edition == Edition::Ko;
    let of_it = |(_, line): &(usize, String)| words(line).is_empty() || is_korean(line) == wanted;
    halves.into_iter().filter(of_it).collect()
}

/// `/// 한국어 / English` is two lines.
fn halves_of(line: &str) -> Vec<String> {
    match line.split_once(" / ") {
        Some((left, right)) if is_korean(left) && !is_korean(right) => {
            let before = line.len() - line.trim_start().len();
            let sign = sign(line).unwrap_or_default();
            vec![
                left.to_owned(),
                format!("{}{sign} {right}", &line[..before]),
            ]
        }
        _ => vec![line.to_owned()],
    }
}

/// What a line that is nothing but a comment begins with.
fn sign(line: &str) -> Option<&'static str> {
    let text = line.trim_start();
    SIGNS.into_iter().find(|sign| text.starts_with(sign))
}

fn sign_of(line: &&str) -> Option<&'static str> {
    sign(line)
}

fn words(line: &str) -> &str {
    let sign = sign(line).unwrap_or_default();
    line.trim_start().trim_start_matches(sign).trim()
}

/// Names of calls are the same in both: half as many Hangul syllables tell.
fn is_korean(line: &str) -> bool {
    let hangul = line.chars().filter(|c| ('가'..='힣').contains(c)).count();
    let latin = line.chars().filter(char::is_ascii_alphabetic).count();
    hangul * 2 > latin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_shows_its_own() {
        let code = [
            "/// `accept`를 부릅니다.",
            "/// Calls `accept`, and says \"안녕\".",
            "fn f() {",
            "    // 하나. / One.",
            "    g() // 둘 / two",
        ];
        let ko = in_language(&code, Edition::Ko);
        assert_eq!(ko, [code[0], code[2], "    // 하나.", code[4]]);
        let en = in_language(&code, Edition::En);
        assert_eq!(en, [code[1], code[2], "    // One.", code[4]]);
        let places = numbered(&code, Edition::En).into_iter();
        let places: Vec<_> = places.map(|(at, _)| at).collect();
        assert_eq!(places, [1, 2, 3, 4]);
    }

    #[test]
    fn what_stands_in_one_language_stays() {
        let code = ["# ab / cd", "x = 1"];
        assert_eq!(in_language(&code, Edition::Ko), code);
    }
}
