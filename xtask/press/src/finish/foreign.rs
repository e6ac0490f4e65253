//! The programs of the course speak Korean, so the English edition has Korean in it. A screen
//! reader reads it aloud in the right voice, and a browser picks the right font, where it is
//! marked as Korean.

use super::text::changed;

/// The page with its Korean marked, where nothing says so yet.
pub fn marked(html: &str) -> String {
    changed(html, |text, around| {
        let korean = !text.is_ascii() && text.chars().any(is_hangul);
        (korean && !around.speaks("ko")).then(|| mark(text))
    })
}

/// A run begins and ends with Hangul; what stands between two words belongs to it.
fn mark(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(start) = rest.find(is_hangul) {
        let run = &rest[start..];
        let mut end = 0;
        for (at, letter) in run.char_indices() {
            match letter {
                letter if is_hangul(letter) => end = at + letter.len_utf8(),
                ' ' | ',' | '.' | '?' | '!' => {}
                _ => break,
            }
        }
        html += &rest[..start];
        html += &format!("<span lang=\"ko\">{}</span>", &run[..end]);
        rest = &run[end..];
    }
    html + rest
}

fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_words_is_one() {
        assert_eq!(
            marked("<html lang=\"en\"><p>say 안녕, 세계. Then <b lang=\"ko\">끝</b></p>"),
            "<html lang=\"en\"><p>say <span lang=\"ko\">안녕, 세계</span>. Then <b lang=\"ko\">끝</b></p>"
        );
    }
}
