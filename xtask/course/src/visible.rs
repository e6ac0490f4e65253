//! What programs, compilers and build scripts say is shown on a terminal, and must not
//! talk to it: control characters, and those that turn the direction of text (Unicode
//! Standard Annex 9), are written out as `\u{…}`.

use serde_json::Value;

/// `text` with every such character but the newline written out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character != '\n' && probe::speaks_to_a_terminal(character) {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}

/// The same for every text in `value`.
pub fn in_json(value: &mut Value) {
    match value {
        Value::String(text) => *text = escaped(text),
        Value::Array(items) => items.iter_mut().for_each(in_json),
        Value::Object(fields) => fields.values_mut().for_each(in_json),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(escaped("a\u{1b}[2J\u{7}"), "a\\u{1b}[2J\\u{7}");
        assert_eq!(escaped("\u{9b}2J\r"), "\\u{9b}2J\\r");
        assert_eq!(escaped("\u{202e}다\u{2066}"), "\\u{202e}다\\u{2066}");
        assert_eq!(escaped("한글\n👋"), "한글\n👋");
    }

    #[test]
    fn every_text_of_a_report_is_looked_at() {
        let mut value = serde_json::json!({"a": ["\u{1b}", {"b": "\u{202e}"}], "c": 1});
        in_json(&mut value);
        let wanted = serde_json::json!({"a": ["\\u{1b}", {"b": "\\u{202e}"}], "c": 1});
        assert_eq!(value, wanted);
    }
}
