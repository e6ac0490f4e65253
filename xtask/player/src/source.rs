//! A file of the program, with the lines that its calls are made from.

use crate::escape::{escaped, quoted};
use spoken::Lang;

/// The lines of a file that are shown, with their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As the calls' lines name it: `src/main.rs`.
    pub file: String,
    /// From 1 on; those that are left out leave their numbers free.
    pub lines: Vec<(u32, String)>,
}

impl Source {
    /// All lines of a file, but for the marks by which the book takes parts out of it.
    pub fn of(file: &str, text: &str) -> Self {
        let lines = text.lines().map(str::to_owned);
        let is_shown = |(_, line): &(u32, String)| !line.trim_start().starts_with("// ANCHOR");
        Self {
            file: file.to_owned(),
            lines: (1..).zip(lines).filter(is_shown).collect(),
        }
    }

    pub(crate) fn html(&self, is_open: bool, lang: Lang) -> String {
        let open = if is_open { " open" } else { "" };
        let file = quoted(&self.file);
        let source = match lang {
            Lang::Ko => "소스",
            Lang::En => "Source",
        };
        let lines: Vec<_> = self
            .lines
            .iter()
            .map(|(number, line)| {
                let line = escaped(line);
                format!("<span class=\"run-line\" data-line=\"{number}\">{line}</span>")
            })
            .collect();
        format!(
            "<details class=\"run-source\" data-file=\"{file}\"{open}><summary>{source}: {file}</summary>\
             <pre class=\"run-code\"><code>{}</code></pre></details>",
            lines.join("\n")
        )
    }
}
