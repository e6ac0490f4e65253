//! The compiler's words, as many of them as a person can read.

/// How many errors are shown; the rest is counted.
const ERRORS: usize = 20;

/// How long one of them may be, in bytes.
const LONGEST: usize = 8 * 1024;

/// The first of the compiler's `messages`, and how many more there are. Its last words,
/// which only count them, are left out.
pub fn first(messages: &[String]) -> (Vec<String>, usize) {
    let counts = |message: &&String| message.contains("aborting due to");
    let told: Vec<_> = messages.iter().filter(|message| !counts(message)).collect();
    let shown = told.iter().take(ERRORS).map(|message| cut(message));
    (shown.collect(), told.len().saturating_sub(ERRORS))
}

/// Cut at the end of a line, where there is one; a colour that was on is turned off.
fn cut(message: &str) -> String {
    if message.len() <= LONGEST {
        return message.to_owned();
    }
    let end = (0..=LONGEST).rev().find(|at| message.is_char_boundary(*at));
    let kept = &message[..end.unwrap_or(0)];
    let kept = kept.rsplit_once('\n').map_or(kept, |(lines, _)| lines);
    let off = if kept.contains('\u{1b}') {
        "\u{1b}[0m"
    } else {
        ""
    };
    format!("{kept}{off}\n…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_errors_are_counted_and_long_ones_are_cut() {
        let mut messages: Vec<_> = (0..3000).map(|number| format!("error {number}")).collect();
        messages.push("error: aborting due to 3000 previous errors".to_owned());
        let (shown, more) = first(&messages);
        assert_eq!((shown.len(), more), (ERRORS, 2980));
        let long = format!("\u{1b}[31m{}", "가나다\n".repeat(10_000));
        let (shown, _) = first(&[long]);
        assert!(shown[0].len() < LONGEST + 16 && shown[0].ends_with("다\u{1b}[0m\n…"));
    }
}
