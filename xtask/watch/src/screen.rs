//! What this program itself writes to the terminal, between the tool's reports: a line above
//! them, and below them what can be pressed. A terminal that is gone is no reason to panic.

use crate::lang::Lang;
use crate::terminal;
use crate::tr;
use anstyle::Style;
use std::io::Write;
use std::path::Path;

/// A fresh screen for a lesson, before its report.
pub fn begin(lang: Lang, lesson: &str, count: usize) {
    terminal::clear();
    dim(&head(lang, lesson, count));
}

/// Below a report: what can be done now. `next` is the lesson to go on to, where this one
/// has passed.
pub fn end(lang: Lang, next: Option<&str>) {
    line("");
    if let Some(next) = next {
        line(&passed(lang, next));
    }
    dim(&keys(lang));
}

/// A sentence of its own, before what can be done now.
pub fn say(lang: Lang, sentence: &str) {
    line("");
    line(sentence);
    dim(&keys(lang));
}

fn head(lang: Lang, lesson: &str, count: usize) -> String {
    tr!(
        lang,
        "{lesson} · 저장할 때마다 검사합니다 · {count}번째 검사",
        "{lesson} · checked on every save · check {count}"
    )
}

fn passed(lang: Lang, next: &str) -> String {
    tr!(
        lang,
        "통과했습니다. n을 누르면 {next}(으)로 넘어갑니다.",
        "Passed. Press n to go on to {next}."
    )
}

fn keys(lang: Lang) -> String {
    tr!(
        lang,
        "h 힌트   l 목록   r 다시 검사   e 편집기   n 다음 레슨   b 이전 레슨   q 끝내기",
        "h hint   l list   r check again   e editor   n next lesson   b back   q quit"
    )
}

pub fn no_lesson_there(lang: Lang, is_last: bool) -> String {
    if is_last {
        tr!(
            lang,
            "마지막 레슨입니다. 다음 레슨은 없습니다.",
            "This is the last lesson; none comes after it."
        )
    } else {
        tr!(
            lang,
            "첫 레슨입니다. 이전 레슨은 없습니다.",
            "This is the first lesson; none comes before it."
        )
    }
}

pub fn opened(lang: Lang, editor: &str) -> String {
    tr!(
        lang,
        "편집기를 열었습니다: {editor}",
        "Opened in your editor: {editor}"
    )
}

pub fn no_editor(lang: Lang) -> String {
    tr!(
        lang,
        "어느 편집기로 열지 모릅니다. --edit-cmd vim처럼 붙여 다시 시작하거나,\n환경 변수 VISUAL에 편집기를 적어 두세요.",
        "No editor is known. Start again with, for example, --edit-cmd vim, or name\nyour editor in the environment variable VISUAL."
    )
}

pub fn nothing_to_edit(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    tr!(
        lang,
        "{folder}에 열 파일이 없습니다.",
        "There is no file to open in {folder}."
    )
}

pub fn not_started(lang: Lang, program: &str, error: &std::io::Error) -> String {
    tr!(
        lang,
        "'{program}'을(를) 시작하지 못했습니다: {error}",
        "'{program}' could not be started: {error}"
    )
}

fn line(text: &str) {
    let mut stdout = anstream::stdout().lock();
    let _ = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
}

fn dim(text: &str) {
    let dim = Style::new().dimmed();
    line(&format!("{dim}{text}{dim:#}"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_line_fits_into_80_columns() {
        for lang in [Lang::Ko, Lang::En] {
            let longest = "lesson-12-mobile-client";
            for text in [
                head(lang, longest, 999),
                passed(lang, longest),
                keys(lang),
                no_lesson_there(lang, true),
                no_lesson_there(lang, false),
                no_editor(lang),
            ] {
                for line in text.lines() {
                    assert!(line.width() <= 80, "{} columns: {line}", line.width());
                }
            }
        }
    }
}
