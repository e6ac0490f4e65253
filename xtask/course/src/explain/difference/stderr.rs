//! What is to stand on stderr, and what stands there. The sentence itself is the learner's.

use super::bytes::{letters, units};
use crate::lang::Lang;
use crate::tr;
use probe::{Happening, Report, Span, Stderr, Text};

pub(super) fn sentence(due: &Stderr, came: &Stderr, lang: Lang) -> Option<String> {
    match (due, came) {
        (Stderr::Named { there: true, .. }, Stderr::Named { subject, .. }) => {
            let subject = readable(subject);
            Some(tr!(
                lang,
                "stderr에 {subject}이(가) 든 줄이 없습니다.",
                "No line on stderr names {subject}."
            ))
        }
        (Stderr::Named { there: false, .. }, Stderr::Named { subject, .. }) => {
            let subject = readable(subject);
            Some(tr!(
                lang,
                "stderr에 {subject}이(가) 든 줄이 있습니다. 여기서는 없어야 합니다.",
                "A line on stderr names {subject}; none is due here."
            ))
        }
        (Stderr::Number { from, to, .. }, Stderr::Number { there: false, .. }) => Some(tr!(
            lang,
            "stderr에 {from}에서 {to}까지의 수가 없습니다.",
            "There is no number from {from} to {to} on stderr."
        )),
        (Stderr::Words { other: true }, Stderr::Words { other: false }) => Some(tr!(
            lang,
            "stderr의 말이 주소, 수, 운영체제의 말을 빼면 앞의 실패와 같습니다. 서로 다른 실패이므로 말도 달라야 합니다.",
            "But for addresses, numbers and the system's words, stderr says the same as for the failure before. They are different failures, so the words have to differ."
        )),
        (Stderr::Sentence { there: true }, Stderr::Sentence { there: false }) => Some(tr!(
            lang,
            "stderr에 아무 말도 없습니다. 여기서는 한마디가 있어야 합니다.",
            "There is nothing on stderr; a sentence is due there."
        )),
        (Stderr::Sentence { there: false }, Stderr::Sentence { there: true }) => Some(tr!(
            lang,
            "stderr에 말이 있습니다. 여기서는 아무 말도 없어야 합니다.",
            "There is something on stderr, where nothing is due."
        )),
        _ => None,
    }
}

/// Something was to be said, on stdout or on stderr, and is on neither.
pub(super) fn nothing_told(due: &Happening, came: &Happening, lang: Lang) -> Option<String> {
    match (due, came) {
        (Happening::Told(Some(_)), Happening::Stderr(Stderr::Named { there, subject })) => {
            let subject = readable(subject);
            (!there).then(|| {
                tr!(
                    lang,
                    "stdout의 다음 줄에도, stderr에도 {subject}이(가) 없습니다.",
                    "Neither the next line on stdout nor stderr says {subject}."
                )
            })
        }
        (Happening::Told(None), Happening::Stderr(Stderr::Sentence { there })) => {
            (!there).then(|| {
                tr!(
                    lang,
                    "stdout에도 stderr에도 아무 말이 없습니다. 여기서는 한마디가 있어야 합니다.",
                    "There is nothing on stdout, and nothing on stderr; a word is due on one of them."
                )
            })
        }
        _ => None,
    }
}

/// A line that is due on stdout, and stands on stderr.
pub(super) fn due_on_stdout(report: &Report, lang: Lang) -> Option<String> {
    let at = report.differs_at?;
    let due = report.expected.get(at)?;
    let Happening::Stdout(_) = due.what else {
        return None;
    };
    let due = due.what.text()?;
    // A panic prints its message there by itself.
    let panicked = |line: &str| report.panics.iter().any(|panic| panic.message == line);
    let mut lines = report.stderr.lines().filter(|line| !panicked(line));
    lines.any(|line| is_said_by(&due, line, &report.ports)).then(|| {
        tr!(
            lang,
            "stdout에 나와야 할 줄이 stderr에 나왔습니다. eprintln!이 아니라 println!으로 출력하세요.",
            "The line that is due on stdout came on stderr: print it with println!, not with eprintln!."
        )
    })
}

/// Does a line on stderr say what is due? A name stands for its port; where nobody knows that
/// yet, because the line that tells it did not come, for any.
fn is_said_by(due: &Text, line: &str, ports: &[(u16, String)]) -> bool {
    let mut rest = line;
    for span in due.spans() {
        let told = match span {
            Span::Bytes(bytes) => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                rest.strip_prefix(text.trim_end_matches('\n'))
            }
            Span::Name(name) => {
                let known = ports.iter().find(|(_, known)| known == name);
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let (port, after) = rest.split_at(digits);
                let same = known.is_none_or(|(known, _)| port == known.to_string());
                (same && !port.is_empty()).then_some(after)
            }
        };
        match told {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

fn readable(text: &Text) -> String {
    String::from_utf8_lossy(&letters(&units(text))).into_owned()
}
