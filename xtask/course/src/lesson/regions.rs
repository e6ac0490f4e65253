//! The regions of a solution's source: `// ANCHOR: step-2` to `// ANCHOR_END: step-2`,
//! the very anchors that the book includes by.

use anyhow::{Result, bail, ensure};

/// A source file, cut at its steps' anchors.
#[derive(Debug)]
pub struct Source {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    /// Lines that are the same in every variant.
    Given(String),
    /// The lines of a step, and how far they are indented.
    Step {
        number: u32,
        indent: String,
        lines: String,
    },
}

impl Source {
    /// # Errors
    /// An anchor that is not ended, ended without a beginning, or nested.
    pub fn cut(text: &str) -> Result<Self> {
        let mut parts = vec![];
        let mut given = String::new();
        let mut open: Option<(u32, String, String)> = None;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let trimmed = line.trim();
            let number = |prefix: &str| {
                trimmed
                    .strip_prefix(prefix)
                    .and_then(|number| number.parse::<u32>().ok())
            };
            if let Some(number) = number("// ANCHOR: step-") {
                ensure!(
                    open.is_none(),
                    "line {}: step {number} begins inside another step",
                    index + 1
                );
                parts.push(Part::Given(std::mem::take(&mut given)));
                let indent = line[..line.len() - line.trim_start().len()].to_owned();
                open = Some((number, indent, String::new()));
            } else if let Some(number) = number("// ANCHOR_END: step-") {
                match open.take() {
                    Some((begun, indent, lines)) if begun == number => parts.push(Part::Step {
                        number,
                        indent,
                        lines,
                    }),
                    _ => bail!("line {}: step {number} ends without a beginning", index + 1),
                }
            } else if let Some((_, _, lines)) = &mut open {
                lines.push_str(line);
            } else if !trimmed.starts_with("// ANCHOR") {
                given.push_str(line);
            }
        }
        ensure!(open.is_none(), "a step has no ANCHOR_END");
        parts.push(Part::Given(given));
        Ok(Self { parts })
    }

    /// The steps that have a region, in the file's order.
    pub fn steps(&self) -> Vec<u32> {
        let number = |part: &Part| match part {
            Part::Given(_) => None,
            Part::Step { number, .. } => Some(*number),
        };
        self.parts.iter().filter_map(number).collect()
    }

    /// The file with each step's lines as `replaced` has them; `None` leaves them.
    pub fn with(&self, replaced: impl Fn(u32) -> Option<String>) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Given(lines) => out.push_str(lines),
                Part::Step {
                    number,
                    indent,
                    lines,
                } => match replaced(*number) {
                    Some(text) => out.push_str(&indented(&text, indent)),
                    None => out.push_str(lines),
                },
            }
        }
        out
    }
}

fn indented(text: &str, indent: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("{indent}{line}\n")
        }
    };
    text.trim_matches('\n').lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "fn a() {\n    // ANCHOR: step-1\n    one();\n    // ANCHOR_END: step-1\n}\n// ANCHOR: calls\nfn b() {\n    // ANCHOR: step-2\n    two();\n    // ANCHOR_END: step-2\n}\n// ANCHOR_END: calls\n";

    #[test]
    fn a_step_is_replaced_at_its_indent_and_anchors_vanish() {
        let source = Source::cut(SOURCE).unwrap();
        let out = source.with(|step| (step == 2).then(|| "x();\n\ny();\n".to_owned()));
        assert_eq!(
            out,
            "fn a() {\n    one();\n}\nfn b() {\n    x();\n\n    y();\n}\n"
        );
        assert_eq!(source.steps(), [1, 2]);
    }

    #[test]
    fn broken_anchors_are_told_by_line() {
        let told = |text| Source::cut(text).unwrap_err().to_string();
        assert_eq!(
            told("// ANCHOR_END: step-1\n"),
            "line 1: step 1 ends without a beginning"
        );
        assert_eq!(
            told("// ANCHOR: step-1\n// ANCHOR: step-2\n"),
            "line 2: step 2 begins inside another step"
        );
        assert_eq!(told("// ANCHOR: step-1\n"), "a step has no ANCHOR_END");
    }
}
