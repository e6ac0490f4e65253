//! The box of a specification says what `spec.toml` says, in the edition's language, and
//! can be read without a script, without colours and without eyes.

use crate::small_book::{SmallBook, texts};
use press::Edition;
use scraper::Html;

const SERVER: &str = r#"
[[program]]
role = "main"
usage = "accept [ADDR]"
does.ko = "손님에게 인사합니다."
does.en = "Greets its clients."

[[program.argument]]
name = "ADDR"
default = "127.0.0.1:12345"
ko = "들을 주소입니다."
en = "The address to listen on."

[[program.stdout]]
line = "손님이 왔습니다: {client}"
gloss = "a client has come: {client}"
ko = "`{client}`는 손님의 주소입니다."
en = "`{client}` is the client's address."

[[program.network]]
ko = "<b>6</b>바이트를 보냅니다."
en = "Sends <b>6</b> bytes."

[[program.exit]]
status = "not 0"
ko = "오류가 났을 때."
en = "Something failed."
"#;

fn book(text: &str) -> SmallBook {
    let book = SmallBook::new();
    book.file("solutions/lesson-04-accept/spec.toml", SERVER);
    book.both("a.md", text);
    book
}

fn printed(edition: Edition) -> Html {
    let book = book("# A\n\n{{#spec lesson-04-accept}}\n\nafter\n");
    book.press().print(&Edition::BOTH).unwrap();
    Html::parse_document(&book.page(&format!("{}/a.html", edition.code())))
}

#[test]
fn the_box_stands_whole_in_its_place() {
    let html = printed(Edition::Ko);
    assert_eq!(texts(&html, "main > details.spec").len(), 1);
    assert_eq!(texts(&html, "main > details.spec + p"), ["after"]);
    let section = "details.spec > section[aria-label='accept [ADDR]']";
    assert_eq!(texts(&html, section).len(), 1);
    assert_eq!(texts(&html, "details.spec > summary").len(), 1);
}

#[test]
fn each_edition_says_it_in_its_language() {
    let ko = printed(Edition::Ko);
    assert!(texts(&ko, ".spec summary")[0].starts_with("규약"));
    let headings = ["인자", "stdout에 출력하는 줄", "네트워크", "종료 코드"];
    assert_eq!(texts(&ko, ".spec dt"), headings);
    assert_eq!(
        texts(&ko, ".spec li"),
        [
            "ADDR (기본값 127.0.0.1:12345)들을 주소입니다.",
            "손님이 왔습니다: {client}{client}는 손님의 주소입니다.",
            "<b>6</b>바이트를 보냅니다.",
            "0이 아닌 값: 오류가 났을 때."
        ]
    );
    let en = printed(Edition::En);
    assert!(texts(&en, ".spec summary")[0].starts_with("Specification"));
    assert_eq!(
        texts(&en, ".spec li")[1],
        "손님이 왔습니다: {client}“a client has come: {client}”{client} is the client's address."
    );
    assert_eq!(texts(&en, ".spec li code[lang=ko] var"), ["{client}"]);
}

#[test]
fn a_specification_that_is_not_there_is_named() {
    let book = book("# A\n\n{{#spec lesson-05-connect}}\n");
    let said = book.refused();
    for part in [
        "book/ko/a.md:3",
        "book/en/a.md:3",
        "lesson-05-connect/spec.toml",
    ] {
        assert!(said.contains(part), "{part:?} is not said in: {said}");
    }
}

#[test]
fn a_specification_that_is_wrong_is_named() {
    let book = book("# A\n\n{{#spec lesson-04-accept}}\n");
    let wrong = SERVER.replace("usage", "usge");
    book.file("solutions/lesson-04-accept/spec.toml", &wrong);
    let said = book.refused();
    for part in [
        "book/ko/a.md:3",
        "spec.toml, line 4",
        "unknown field `usge`",
    ] {
        assert!(said.contains(part), "{part:?} is not said in: {said}");
    }
}

#[test]
fn a_directive_that_names_no_lesson_is_refused() {
    let said = book("# A\n\n{{#spec ../elsewhere}}\n").refused();
    assert!(said.contains("{{#spec <lesson>}}"), "{said}");
}
