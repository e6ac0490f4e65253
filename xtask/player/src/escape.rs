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

/// A sentence, with what stands between backticks as code.
pub(crate) fn code_and_words(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let html = parts.map(|(number, part)| match number % 2 {
        0 => escaped(part),
        _ => format!("<code>{}</code>", escaped(part)),
    });
    html.collect()
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
