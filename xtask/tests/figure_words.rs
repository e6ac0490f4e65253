//! Where a Korean chapter quotes a word of a figure, it is the word that the figure has.

use crate::support::root;
use std::fs;

/// Functions and fields of the lessons, and peers of the scenarios, that are named by such a word.
const NAMES: [&str; 6] = [
    "address",
    "endpoints",
    "closed",
    "full",
    "refused",
    "unread",
];

/// Of one word, which a program or a call may be named by too, only the whole quotation
/// counts; of several, any part of it.
fn quotes(code: &str, english: &str) -> bool {
    if english.contains(' ') {
        code.contains(english)
    } else {
        code == english
    }
}

/// A table gives both; a block is a report or a program, to the letter.
fn quoted(chapter: &str) -> impl Iterator<Item = &str> {
    let mut in_block = false;
    let prose = chapter.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        in_block ^= is_fence;
        !in_block && !is_fence && !line.starts_with('|')
    });
    prose.flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn a_word_of_a_figure_is_quoted_as_the_figure_has_it() {
    let mut read = 0;
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root().join("book/ko")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "md") {
            continue;
        }
        let chapter = fs::read_to_string(&path).unwrap();
        for code in quoted(&chapter) {
            read += 1;
            let mut all = spoken::translated().filter(|word| !NAMES.contains(word));
            let english = all.find(|english| quotes(code, english));
            wrong.extend(english.map(|_| format!("{}: `{code}`", path.display())));
        }
    }
    assert!(read > 500, "{read} quotations");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_english_word_is_found() {
    let chapter =
        "그림의 `then, once read`는\n```text\nclient-a recv silence\n```\n| `away` | 닫힘 |\n";
    let found: Vec<_> = quoted(chapter).collect();
    assert_eq!(found, ["then, once read"]);
    let is_english = |code: &str| spoken::translated().any(|english| quotes(code, english));
    assert!(
        is_english("then, once read") && is_english("silence") && is_english("at least 9 bytes")
    );
    assert!(!is_english("그것이 읽힌 다음") && !is_english("connect"));
}
