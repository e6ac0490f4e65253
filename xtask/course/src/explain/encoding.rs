//! A program that does not print UTF-8: a fact of its own, beside which no other
//! explanation of the same line could be true.

use crate::lang::Lang;
use crate::tr;
use probe::{Happening, Output, Quoted, Report, Span};

/// The longest character of UTF-8, in bytes.
const LONGEST: usize = 4;

/// How many bytes are shown, from the first that is no UTF-8.
const SHOWN: usize = 8;

/// Is the first different line one that is no UTF-8?
pub fn is_another(report: &Report) -> bool {
    sentence(report, Lang::En).is_some()
}

/// The sentence where the first different line is one that is no UTF-8.
pub fn sentence(report: &Report, lang: Lang) -> Option<String> {
    let event = report.actual.get(report.differs_at?)?;
    let what = match &event.what {
        Happening::Stdout(Output::Line(line)) => told_of_stdout(line, lang)?,
        // What was said there is kept as text, with U+FFFD for what is none.
        Happening::Stderr(_) if report.stderr.contains(char::REPLACEMENT_CHARACTER) => tr!(
            lang,
            "프로그램이 stderr에 출력한 것이 UTF-8이 아닙니다.",
            "What the program printed on stderr is not UTF-8."
        ),
        _ => return None,
    };
    Some(tr!(
        lang,
        "{what} UTF-8로 출력하게 하세요: Python은 PYTHONUTF8=1이나 sys.stdout.reconfigure(encoding=\"utf-8\"), Windows 콘솔은 chcp 65001.",
        "{what} Have it print UTF-8: Python with PYTHONUTF8=1 or sys.stdout.reconfigure(encoding=\"utf-8\"), a Windows console after chcp 65001."
    ))
}

fn told_of_stdout(line: &Quoted, lang: Lang) -> Option<String> {
    let (bytes, broken) = match line {
        Quoted::Whole(text) => text.spans().iter().find_map(|span| match span {
            Span::Bytes(bytes) => Some((bytes, broken_part(bytes)?)),
            Span::Name(_) => None,
        })?,
        // Its beginning may end within a syllable, which breaks nothing.
        Quoted::Long { beginning, .. } => {
            let broken = broken_part(beginning).filter(|broken| broken.len() >= LONGEST)?;
            (beginning, broken)
        }
    };
    let shown = broken.iter().take(SHOWN);
    let mut shown: Vec<_> = shown.map(|byte| format!("{byte:02x}")).collect();
    shown.extend((broken.len() > SHOWN).then(|| "…".to_owned()));
    let shown = shown.join(" ");
    Some(if is_hangul_of_euc_kr(bytes) {
        tr!(
            lang,
            "프로그램이 출력한 줄이 UTF-8이 아니라 한국어 코드 페이지(CP949, EUC-KR)로 보입니다 ({shown}).",
            "The line that the program printed is not UTF-8; it looks like the Korean code page (CP949, EUC-KR; {shown})."
        )
    } else {
        tr!(
            lang,
            "프로그램이 출력한 줄이 UTF-8이 아닙니다 ({shown}).",
            "The line that the program printed is not UTF-8 ({shown})."
        )
    })
}

/// From the first byte that is no UTF-8.
fn broken_part(bytes: &[u8]) -> Option<&[u8]> {
    let valid = std::str::from_utf8(bytes).err()?.valid_up_to();
    Some(&bytes[valid..])
}

/// Two bytes a syllable, as KS X 1001 has its 2,350 most common ones, and ASCII.
fn is_hangul_of_euc_kr(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [..0x80, rest @ ..] | [0xb0..=0xc8, 0xa1..=0xfe, rest @ ..] => rest,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probe::{Event, Verdict};

    fn told(what: &str, rest: &str, stderr: &str) -> Option<String> {
        let event = |line: &str| Event::parse(line).unwrap();
        let report = Report {
            expected: vec![event("program stdout \"서버\\n\"")],
            actual: vec![event(&format!("program {what} {rest}"))],
            differs_at: Some(0),
            stderr: stderr.to_owned(),
            ..Report::new("scenario", 1, Verdict::Differs)
        };
        sentence(&report, Lang::En)
    }

    #[test]
    fn a_line_in_the_korean_code_page_is_told_as_such() {
        let line = told("stdout", "[bc ad b9 f6] \": 1\\n\"", "").unwrap();
        assert!(
            line.contains("CP949") && line.contains("bc ad b9 f6"),
            "{line}"
        );
        assert!(line.contains("PYTHONUTF8=1") && line.contains("chcp 65001"));
    }

    #[test]
    fn other_bytes_are_not_called_korean() {
        for rest in ["\"a\" [ff fe] \"\\n\"", "[bc ad b9]", "[ed 95] \"!\""] {
            let line = told("stdout", rest, "").unwrap();
            assert!(
                line.contains("not UTF-8") && !line.contains("CP949"),
                "{line}"
            );
        }
    }

    #[test]
    fn what_is_utf_8_or_on_the_network_is_not_told() {
        assert_eq!(told("stdout", "\"서비\\n\"", ""), None);
        assert_eq!(told("stdout", "silence", ""), None);
        assert_eq!(told("recv", "[bc ad] 2 bytes", ""), None);
    }

    #[test]
    fn words_on_stderr_are_told_where_they_differ() {
        let rest = "no line naming 많이";
        assert!(told("stderr", rest, "\u{fffd}\u{fffd}: 1\n").is_some());
        assert_eq!(told("stderr", rest, "오류\n"), None);
    }
}
