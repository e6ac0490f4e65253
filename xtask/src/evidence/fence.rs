//! A text in a fence of backticks (CommonMark 0.31, section 4.5) that is longer than any in it.

/// `text` as it is, shown as a `language`.
pub fn around(language: &str, text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0).max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_its_fence() {
        assert_eq!(around("text", "a"), "```text\na\n```\n");
        assert_eq!(around("rust", "// ````"), "`````rust\n// ````\n`````\n");
    }
}
