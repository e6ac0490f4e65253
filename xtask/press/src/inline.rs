//! Sentences that are data, as HTML.

/// A text, with what stands between backticks as code; `words` escapes either.
pub fn sentence(text: &str, words: impl Fn(&str) -> String) -> String {
    let parts = text.trim().split('`').enumerate();
    let html = parts.map(|(number, part)| match number % 2 {
        0 => words(part),
        _ => format!("<code>{}</code>", words(part)),
    });
    html.collect()
}
