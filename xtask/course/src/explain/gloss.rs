//! What the Korean lines of the programs say, for those who read the report in English: the
//! glosses of the lesson's specification.

use crate::lang::Lang;
use probe::{Event, Happening, Output, Span};
use specification::{Spec, Stdout};
use std::path::Path;

/// The lines that the lesson's programs print, each with what it says.
#[derive(Clone, Debug, Default)]
pub struct Glosses(Vec<Stdout>);

impl Glosses {
    /// None are needed in Korean, and none are there without a specification.
    pub fn of(solution: &Path, lang: Lang) -> Self {
        let spec = (lang == Lang::En).then(|| Spec::read(solution));
        let programs = spec.and_then(Result::ok).map(|spec| spec.programs);
        let lines = programs.into_iter().flatten();
        Self(lines.flat_map(|program| program.stdout).collect())
    }

    /// What a printed line says, with the line of the specification that it is one of.
    pub fn of_event(&self, event: &Event) -> Option<(&str, String)> {
        let Happening::Stdout(Output::Line(_)) = event.what else {
            return None;
        };
        let text = event.what.text()?;
        let mut line = String::new();
        for span in text.spans() {
            match span {
                Span::Bytes(bytes) => line.push_str(std::str::from_utf8(bytes).ok()?),
                Span::Name(name) => line.push_str(&format!("<{name}>")),
            }
        }
        let line = line.strip_suffix('\n').unwrap_or(&line);
        // Several lines that came as one are none of the specification's.
        if line.contains('\n') {
            return None;
        }
        let mut known = self.0.iter();
        known.find_map(|known| Some((known.line.as_str(), known.meaning(line)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_in_english_with_its_own_values() {
        let solution = Path::new("../../solutions/lesson-04-accept");
        let glosses = Glosses::of(solution, Lang::En);
        let came = "program stdout \"손님이 왔습니다: 127.0.0.1:<client-a>\\n\"";
        let told = glosses.of_event(&Event::parse(came).unwrap());
        let (_, meaning) = told.unwrap();
        assert!(meaning.contains("127.0.0.1:<client-a>"), "{meaning}");
        assert!(meaning.is_ascii(), "{meaning}");
        let other = Event::parse("program stdout \"hello\\n\"").unwrap();
        assert_eq!(glosses.of_event(&other), None);
        let korean = Glosses::of(solution, Lang::Ko);
        assert_eq!(korean.of_event(&Event::parse(came).unwrap()), None);
    }
}
