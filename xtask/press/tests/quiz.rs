//! A quiz can be read and answered without a script, in both editions, and one that is not
//! in order is not printed.

use crate::small_book::{SmallBook, texts, workspace};
use press::Edition;
use scraper::{Html, Selector};
use std::collections::BTreeSet;

const QUIZ: &str = r##"
[[question]]
id = "who-waits"
fact = "man 2 accept"
about = "a"
ask = { ko = "`accept`는 <b>언제</b> 돌아옵니까?", en = "When does `accept` <b>return</b>?" }
[[question.choice]]
text = { ko = "바로 돌아온다.", en = "At once." }
why = { ko = "대기열이 비어 있습니다.", en = "The queue is empty." }
[[question.choice]]
text = { ko = "손님이 오면 돌아온다.", en = "When a client comes." }
why = { ko = "그때까지 기다립니다.", en = "It waits until then." }
right = true
[[question.choice]]
text = { ko = "돌아오지 않는다.", en = "Never." }
why = { ko = "손님은 옵니다.", en = "Clients come." }
"##;

fn book(quiz: &str) -> SmallBook {
    let book = SmallBook::new();
    book.file("solutions/lesson-04-accept/quiz.toml", quiz);
    book.both("a.md", "# A {#a}\n\n{{#quiz lesson-04-accept}}\n\nafter\n");
    book
}

fn printed(edition: Edition) -> Html {
    let book = book(QUIZ);
    book.press().print(&Edition::BOTH).unwrap();
    Html::parse_document(&book.page(&format!("{}/a.html", edition.code())))
}

#[test]
fn every_choice_says_why_in_the_editions_language() {
    let ko = printed(Edition::Ko);
    assert_eq!(
        texts(&ko, ".quiz-ask"),
        ["1. accept는 <b>언제</b> 돌아옵니까?"]
    );
    assert_eq!(texts(&ko, ".quiz summary").len(), 3);
    assert_eq!(
        texts(&ko, ".quiz details.is-right p"),
        ["✔ 맞습니다. 그때까지 기다립니다."]
    );
    assert_eq!(
        texts(&ko, ".quiz details.is-wrong p"),
        [
            "✘ 아닙니다. 대기열이 비어 있습니다.",
            "✘ 아닙니다. 손님은 옵니다."
        ]
    );
    let en = printed(Edition::En);
    assert_eq!(
        texts(&en, ".quiz summary"),
        ["At once.", "When a client comes.", "Never."]
    );
    assert_eq!(
        texts(&en, ".quiz-more a[href='#a']"),
        ["Where it is explained"]
    );
    assert_eq!(texts(&en, "main > section.quiz + p"), ["after"]);
}

/// What the printer calls a right and a wrong choice, the theme colours.
#[test]
fn the_theme_knows_the_classes_of_choices() {
    let style = std::fs::read_to_string(workspace().join("book/theme/quiz.css")).unwrap();
    let page = printed(Edition::Ko);
    let choices = Selector::parse(".quiz details").unwrap();
    let classes: BTreeSet<_> = page
        .select(&choices)
        .flat_map(|choice| choice.value().classes())
        .collect();
    assert_eq!(classes, BTreeSet::from(["is-right", "is-wrong"]));
    for class in classes {
        for rule in [format!("details.{class}[open]"), format!(".{class} strong")] {
            assert!(style.contains(&rule), "{rule}");
        }
    }
}

#[test]
fn a_quiz_that_is_not_in_order_is_named() {
    let wrong = [
        (QUIZ.replace("right = true", ""), "0 choices are right"),
        (
            QUIZ.replace("man 2 accept", "lesson-04-accept/never_told"),
            "nothing was recorded of lesson-04-accept/never_told",
        ),
        (format!("{QUIZ}{QUIZ}"), "stands there twice"),
        (QUIZ.replace("about", "abuot"), "unknown field `abuot`"),
        (String::new(), "quiz.toml is not a quiz"),
    ];
    for (quiz, words) in wrong {
        let said = book(&quiz).refused();
        for part in ["book/ko/a.md:3", "quiz.toml", words] {
            assert!(said.contains(part), "{part:?} is not said in: {said}");
        }
    }
}

/// Three to five questions for every lesson, and below a heading that is there.
#[test]
fn every_lesson_has_one() {
    let chapters = workspace().join("book/ko");
    for lesson in std::fs::read_dir(workspace().join("solutions")).unwrap() {
        let lesson = lesson.unwrap().file_name().into_string().unwrap();
        if !lesson.starts_with("lesson-") {
            continue;
        }
        let chapter = std::fs::read_to_string(chapters.join(format!("{lesson}.md"))).unwrap();
        assert!(
            chapter.contains(&format!("{{{{#quiz {lesson}}}}}")),
            "{lesson}"
        );
        let quiz = workspace()
            .join("solutions")
            .join(&lesson)
            .join("quiz.toml");
        let quiz = std::fs::read_to_string(quiz).unwrap();
        let count = quiz.matches("[[question]]").count();
        assert!((3..=5).contains(&count), "{lesson} has {count} questions");
    }
}
