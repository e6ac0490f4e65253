//! A specification is shown in both languages, part by part, and one that is wrong says
//! which file and which field.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use specification::{Lang, Spec, Subject};
use std::fs;

const CLIENT: &str = include_str!("client.toml");

fn read(text: &str) -> anyhow::Result<Spec> {
    let solution = tempfile::tempdir().unwrap();
    fs::write(Spec::file_of(solution.path()), text).unwrap();
    Spec::read(solution.path())
}

/// One line that says `words`.
#[track_caller]
fn is_refused(text: &str, words: &[&str]) {
    let said = format!("{:#}", read(text).unwrap_err());
    assert_eq!(said.lines().count(), 1, "{said}");
    for word in [&["spec.toml"], words].concat() {
        assert!(said.contains(word), "{said:?} does not say {word:?}");
    }
}

#[test]
fn its_parts_come_in_their_order() {
    let spec = read(CLIENT).unwrap();
    let [client] = spec.programs.as_slice() else {
        panic!("{spec:?}");
    };
    let headings = |lang| {
        let parts = client.parts(lang);
        parts.iter().map(|part| part.heading).collect::<Vec<_>>()
    };
    let en = [
        "arguments",
        "lines on stdout",
        "network",
        "stderr",
        "exit status",
    ];
    assert_eq!(headings(Lang::En), en, "what is empty is left out");
    let ko = [
        "인자",
        "stdout에 출력하는 줄",
        "네트워크",
        "stderr",
        "종료 코드",
    ];
    assert_eq!(headings(Lang::Ko), ko);
}

#[test]
fn a_gloss_stands_in_english_alone() {
    let spec = read(CLIENT).unwrap();
    let line = |lang| spec.programs[0].parts(lang)[1].entries[0].subject;
    let subject = |gloss| {
        let line = "서버의 답: {reply}";
        Some(Subject::Line { line, gloss })
    };
    assert_eq!(line(Lang::Ko), subject(None));
    assert_eq!(line(Lang::En), subject(Some("the server's reply: {reply}")));
}

#[test]
fn an_exit_status_is_told_in_words() {
    let spec = read(CLIENT).unwrap();
    let statuses = |lang| {
        let parts = spec.programs[0].parts(lang);
        let last = parts.last().unwrap().entries.clone();
        last.into_iter()
            .map(|entry| entry.subject)
            .collect::<Vec<_>>()
    };
    let [zero, other] = [Lang::Ko, Lang::En].map(statuses);
    assert_eq!(
        zero,
        ["0", "0이 아닌 값"].map(|one| Some(Subject::Status(one)))
    );
    assert_eq!(other, ["0", "not 0"].map(|one| Some(Subject::Status(one))));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let nowhere = tempfile::tempdir().unwrap();
    let said = format!("{:#}", Spec::read(nowhere.path()).unwrap_err());
    assert!(said.contains("spec.toml cannot be read"), "{said}");
}

#[test]
fn a_field_that_is_not_known_is_named() {
    let text = CLIENT.replace("default =", "defualt =");
    is_refused(&text, &["line 8", "unknown field `defualt`"]);
    is_refused(
        &CLIENT.replace("does.en", "does.fr"),
        &["unknown field `fr`"],
    );
}

#[test]
fn a_field_that_is_missing_is_named() {
    let without = |field: &str| {
        let lines = CLIENT.lines().filter(|line| !line.starts_with(field));
        lines.collect::<Vec<_>>().join("\n")
    };
    is_refused(&without("gloss"), &["missing field `gloss`", "line 1"]);
    is_refused(&without("usage"), &["missing field `usage`"]);
    is_refused("", &["missing field `program`"]);
    is_refused("program = []", &["has no [[program]]"]);
}

#[test]
fn a_field_of_another_type_is_named_by_its_line() {
    is_refused(&CLIENT.replace("\"0\"", "0"), &["status = 0", "line "]);
}

#[test]
fn an_empty_text_is_named() {
    let text = CLIENT.replace("ko = \"답이 오면\"", "ko = ' '");
    is_refused(&text, &["program client", "stdout.ko", "is empty"]);
}

#[test]
fn a_gloss_has_what_varies_in_its_line() {
    let text = CLIENT.replace("reply: {reply}", "reply: {answer}");
    is_refused(
        &text,
        &["program client", "stdout.gloss", "서버의 답: {reply}"],
    );
    let text = CLIENT.replace("답: {reply}", "답: {reply");
    is_refused(&text, &["stdout.line", "a brace without its other"]);
}

#[test]
fn an_exit_status_is_a_number_or_not_0() {
    is_refused(
        &CLIENT.replace("\"not 0\"", "\"many\""),
        &["exit.status", "many"],
    );
}

#[test]
fn a_role_stands_there_once() {
    is_refused(&CLIENT.repeat(2), &["the role client stands there twice"]);
}
