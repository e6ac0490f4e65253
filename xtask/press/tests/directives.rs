//! Everything that keeps a book from being printed says so, and says where.

use crate::small_book::SmallBook;
use press::Edition;

/// The refusal of a book whose chapter `a.md` has this text, in both editions.
fn refused_with(text: &str) -> String {
    let book = SmallBook::new();
    book.file("solutions/lesson/src/main.rs", "a\n// ANCHOR: full\nb\n// ANCHOR_END: full\n// ANCHOR: empty\n\n// ANCHOR_END: empty\n// ANCHOR: endless\nc\n");
    book.both("a.md", text);
    book.refused()
}

#[track_caller]
fn assert_says(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "{part:?} is not said in: {said}");
    }
}

#[test]
fn a_book_in_order_is_printed() {
    let book = SmallBook::new();
    book.file(
        "solutions/lesson/main.rs",
        "// ANCHOR: step-1\nlisten();\n// ANCHOR_END: step-1\n",
    );
    book.both(
        "a.md",
        "# A\n\n## Goal {#goal}\n\n```rust,ignore\n{{#include ../../solutions/lesson/main.rs:step-1}}\n```\n\n\
         Write `\\{{#include file}}`, or `\\{{#conversation lesson/scenario}}`.\n",
    );
    book.press().print(&Edition::BOTH).unwrap();
    let page = book.page("ko/a.html");
    assert!(page.contains("listen();"));
    assert!(
        page.contains("{{#include file}}") && page.contains("{{#conversation lesson/scenario}}")
    );
    assert!(book.page("index.html").contains("ko/index.html"));
}

#[test]
fn one_edition_can_be_printed_alone() {
    let book = SmallBook::new();
    book.file("book/en/a.md", "# A\n\n## Not translated {#later}\n");
    book.press().print(&[Edition::Ko]).unwrap();
    assert!(!book.page("index.html").contains("en/index.html"));
}

#[test]
fn a_missing_file_is_named() {
    let said = refused_with("# A\n\n{{#include ../../solutions/lesson/src/lib.rs}}\n");
    assert_says(
        &said,
        &[
            "book/ko/a.md:3",
            "book/en/a.md:3",
            "src/lib.rs",
            "a file that is not there",
        ],
    );
}

#[test]
fn a_missing_anchor_is_named() {
    let said = refused_with("# A\n\n\n{{#include ../../solutions/lesson/src/main.rs:step-9}}\n");
    assert_says(&said, &["book/ko/a.md:4", "the anchor step-9"]);
}

#[test]
fn an_empty_anchor_is_named() {
    let said = refused_with("{{#rustdoc_include ../../solutions/lesson/src/main.rs:empty}}\n");
    assert_says(
        &said,
        &["book/ko/a.md:1", ":empty}}", "nothing but empty lines"],
    );
}

#[test]
fn an_anchor_without_an_end_is_named() {
    let said = refused_with("{{#include ../../solutions/lesson/src/main.rs:endless}}\n");
    assert_says(&said, &["book/ko/a.md:1", "no ANCHOR_END"]);
}

#[test]
fn lines_beyond_the_end_are_named() {
    let said = refused_with("{{#include ../../solutions/lesson/src/main.rs:90:99}}\n");
    assert_says(&said, &["book/ko/a.md:1", "nothing but empty lines"]);
}

#[test]
fn a_file_that_includes_itself_is_named() {
    let book = SmallBook::new();
    book.file("book/loop.md", "{{#include loop.md}}\n");
    book.both("a.md", "{{#include ../loop.md}}\n");
    assert_says(&book.refused(), &["book/ko/a.md:1", "includes itself"]);
}

#[test]
fn an_unknown_directive_is_named() {
    let said = refused_with("# A\n\n{{#inclued ../../solutions/lesson/src/main.rs}}\n");
    assert_says(
        &said,
        &[
            "book/ko/a.md:3",
            "{{#inclued",
            "not a directive of this book",
        ],
    );
}

#[test]
fn an_unfinished_directive_is_named() {
    let said = refused_with("# A\n\n{{#include ../../solutions/lesson/src/main.rs\n}}\n");
    assert_says(&said, &["book/ko/a.md:3", "has no }}"]);
}

#[test]
fn a_missing_snapshot_is_named() {
    let said = refused_with("# A\n\n{{#conversation lesson-04-accept/greets}}\n");
    assert_says(
        &said,
        &[
            "book/ko/a.md:3",
            "{{#conversation lesson-04-accept/greets}}",
            "greets.snap",
        ],
    );
}

#[test]
fn a_conversation_in_a_sentence_is_named() {
    let said = refused_with("# A\n\nsee {{#conversation lesson-04-accept/greets}}\n");
    assert_says(&said, &["book/ko/a.md:3", "alone on its line"]);
}

#[test]
fn a_snapshot_that_is_no_transcript_is_named() {
    let book = SmallBook::new();
    book.snapshot(
        "solutions/lesson/snapshots/odd.snap",
        "client-a  close  FIN\nnonsense",
    );
    book.both("a.md", "{{#conversation lesson/odd}}\n");
    assert_says(&book.refused(), &["book/ko/a.md:1", "odd.snap", "line 2"]);
}

#[test]
fn a_heading_without_an_id_is_named() {
    let said = refused_with("# A\n\n## 목표 {#goal}\n\n### 읽기\n");
    assert_says(&said, &["book/ko/a.md:5", "“읽기” has no id"]);
}

#[test]
fn an_id_used_twice_is_named() {
    let said = refused_with("# A\n\n## One {#goal}\n\n## Two {#goal}\n");
    assert_says(&said, &["book/ko/a.md:5", "{#goal} is taken"]);
}

#[test]
fn headings_that_differ_are_named() {
    let book = SmallBook::new();
    book.file(
        "book/ko/a.md",
        "# A\n\n## 목표 {#goal}\n\n## 단계 {#steps}\n",
    );
    book.file(
        "book/en/a.md",
        "# A\n\n## Goal {#goal}\n\n### Steps {#steps}\n",
    );
    assert_says(
        &book.refused(),
        &[
            "book/ko/a.md:5",
            "`## {#steps}`",
            "`### {#steps}`",
            "book/en/a.md:5",
        ],
    );
}

#[test]
fn a_heading_that_was_not_translated_is_named() {
    let book = SmallBook::new();
    book.file("book/ko/a.md", "# A\n\n## 목표 {#goal}\n");
    assert_says(
        &book.refused(),
        &[
            "book/ko/a.md:3",
            "book/en/a.md lacks the heading",
            "{#goal}",
        ],
    );
}

#[test]
fn includes_that_differ_are_named() {
    let book = SmallBook::new();
    book.file("solutions/lesson/main.rs", "one\ntwo\n");
    book.file(
        "book/ko/a.md",
        "{{#include ../../solutions/lesson/main.rs:1}}\n",
    );
    book.file(
        "book/en/a.md",
        "{{#include ../../solutions/lesson/main.rs:2}}\n",
    );
    assert_says(
        &book.refused(),
        &[
            "book/ko/a.md:1",
            "main.rs:1}}",
            "main.rs:2}}",
            "book/en/a.md:1",
        ],
    );
}

#[test]
fn a_chapter_of_one_edition_only_is_named() {
    let book = SmallBook::new();
    book.file("book/ko/SUMMARY.md", "# 차례\n\n- [A](a.md)\n- [B](b.md)\n");
    book.file("book/ko/b.md", "# B\n");
    assert_says(
        &book.refused(),
        &["book/ko/b.md", "the other edition's SUMMARY.md lacks it"],
    );
}

#[test]
fn chapters_in_another_order_are_named() {
    let book = SmallBook::new();
    book.both("b.md", "# B\n");
    book.file("book/ko/SUMMARY.md", "# 차례\n\n- [A](a.md)\n- [B](b.md)\n");
    book.file(
        "book/en/SUMMARY.md",
        "# Summary\n\n- [B](b.md)\n- [A](a.md)\n",
    );
    assert_says(
        &book.refused(),
        &["SUMMARY.md", "book/ko/a.md stands where book/en/b.md does"],
    );
}

#[test]
fn a_chapter_without_a_file_is_named() {
    let book = SmallBook::new();
    book.both("SUMMARY.md", "# Summary\n\n- [A](a.md)\n- [B](b.md)\n");
    assert_says(&book.refused(), &["book/ko", "b.md"]);
}

#[test]
fn a_warning_of_mdbook_is_an_error() {
    let book = SmallBook::new();
    // Closed by nobody: mdBook prints it all the same, and says so in its log.
    book.both("a.md", "# A\n\n<div><span>\n\ntext\n\n</div>\n");
    assert_says(&book.refused(), &["mdBook complains"]);
}

#[test]
fn all_problems_are_told_at_once() {
    let said = refused_with("# A\n\n## 목표\n\n{{#include gone.rs}}\n\n{{#nonsense}}\n");
    assert_says(
        &said,
        &[
            "book/ko/a.md:3",
            "book/ko/a.md:5",
            "book/ko/a.md:7",
            "book/en/a.md:7",
        ],
    );
}
