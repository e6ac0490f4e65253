//! Text that must not become markup.

/// For between tags.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// For between the quotation marks of an attribute.
pub(crate) fn quoted(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}

/// A text, with what stands between backticks as code; `words` escapes either.
pub fn with_code(text: &str, words: impl Fn(&str) -> String) -> String {
    let parts = text.trim().split('`').enumerate();
    let html = parts.map(|(number, part)| match number % 2 {
        0 => words(part),
        _ => format!("<code>{}</code>", words(part)),
    });
    html.collect()
}

pub(crate) fn code_and_words(text: &str) -> String {
    with_code(text, escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_printed_is_no_markup() {
        assert_eq!(quoted("<a href=\"&\">"), "&lt;a href=&quot;&amp;&quot;&gt;");
        assert_eq!(
            code_and_words("`a<b` came & went"),
            "<code>a&lt;b</code> came &amp; went"
        );
    }
}
