//! A figure says what its transcript says: every event, in order, unharmed.

use crate::small_book::{SmallBook, texts};
use press::Edition;
use press::conversation::{Conversation, Telling, Transcript};
use press::edition::Recorded;
use press::figures::Figure;
use scraper::{Html, Selector};

const TRANSCRIPT: &str = r#"program    stdout    "서버가 시작되었습니다: 127.0.0.1:<server>"
client-a   connect   127.0.0.1:<server>
client-a   send      "안" [eb 85], then, once read, [95] 6 bytes
client-a   recv      "안녕 & \<b>6</b>" 17 bytes
client-b   connect   refused
client-c   connect   silence
client-a   recv      "{{#include /etc/hosts}}" 23 bytes
client-a   shutdown  FIN
client-a   recv      FIN
client-a   reset     RST
program    stdin     end
program    sockets   TCP, UDP
program    exit      0"#;

fn figure(transcript: &str, edition: Edition) -> String {
    let conversation = Conversation {
        of: Recorded::Solution,
        scenario: "greets_two_clients".to_owned(),
        transcript: Transcript::parse(transcript).unwrap(),
        telling: Telling::default(),
    };
    Figure::Conversation(conversation).html(edition)
}

fn drawn(transcript: &str, edition: Edition) -> Html {
    Html::parse_fragment(&figure(transcript, edition))
}

fn count(html: &Html, selector: &str) -> usize {
    html.select(&Selector::parse(selector).unwrap()).count()
}

/// Without spaces, which wrapping moves about.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_event_is_drawn_in_order() {
    let html = drawn(TRANSCRIPT, Edition::En);
    let events = texts(&html, ".event > .words");
    assert_eq!(events.len(), TRANSCRIPT.lines().count());
    for (event, line) in events.iter().zip(TRANSCRIPT.lines()) {
        let (_who, what) = line.split_once(' ').unwrap();
        assert_eq!(bare(event), bare(what));
    }
}

#[test]
fn the_program_stands_left_of_its_peers() {
    let html = drawn(TRANSCRIPT, Edition::Ko);
    assert_eq!(
        texts(&html, ".heads > span"),
        ["program", "client-a", "client-b", "client-c"]
    );
    let selector = Selector::parse(".heads > span").unwrap();
    let places: Vec<f64> = html
        .select(&selector)
        .map(|name| {
            name.attr("style")
                .unwrap()
                .replace("--at:", "")
                .parse()
                .unwrap()
        })
        .collect();
    assert_eq!(places, [0.0, 0.3333, 0.6667, 1.0]);
}

#[test]
fn endings_look_different() {
    let html = drawn(TRANSCRIPT, Edition::Ko);
    assert_eq!(count(&html, ".arrow.ending"), 2);
    assert_eq!(count(&html, ".arrow.breaking"), 1);
    assert_eq!(count(&html, ".arrow.returned"), 1);
    assert_eq!(count(&html, ".arrow.lost > .line"), 1);
}

#[test]
fn what_was_typed_and_the_end_look_different() {
    let html = drawn(TRANSCRIPT, Edition::En);
    assert_eq!(texts(&html, ".note.typed > .words"), ["stdin end"]);
    assert_eq!(texts(&html, ".note.exit > .words"), ["exit 0"]);
}

#[test]
fn silence_takes_time_and_what_is_lost_does_not() {
    let told = "program   stdout    silence\nclient-a  recv      silence\nclient-a  connect   silence\nprogram   exit      0";
    let html = drawn(told, Edition::En);
    assert_eq!(
        texts(&html, ".note.silence > .words"),
        ["stdout silence", "recv silence"]
    );
    assert_eq!(count(&html, ".arrow.silence"), 0);
}

#[test]
fn what_a_program_prints_stays_text() {
    let html = drawn(TRANSCRIPT, Edition::Ko);
    assert_eq!(count(&html, ".said b, pre b"), 0);
    assert!(texts(&html, "ol").concat().contains("<b>6</b>"));
    let source = figure(TRANSCRIPT, Edition::Ko);
    assert!(
        !source.contains("{{"),
        "mdBook would take this for a directive"
    );
    assert!(!source.contains('\n'), "Markdown would end the figure here");
}

#[test]
fn the_transcript_is_there_as_text() {
    let html = drawn(TRANSCRIPT, Edition::Ko);
    let text = texts(&html, "details pre").concat();
    for line in TRANSCRIPT.lines() {
        assert!(
            text.contains(line.split_whitespace().last().unwrap()),
            "{line}"
        );
    }
    assert_eq!(text.lines().count(), TRANSCRIPT.lines().count());
}

#[test]
fn whoever_does_not_see_it_hears_who_did_what_to_whom() {
    let html = drawn(TRANSCRIPT, Edition::En);
    let heard = texts(&html, ".event > .unseen");
    assert_eq!(
        heard[..4],
        [
            "program: ",
            "client-a → program: ",
            "client-a → program: ",
            "program → client-a: "
        ]
    );
}

#[test]
fn the_line_that_matters_and_the_waits_are_told() {
    let book = SmallBook::new();
    book.snapshot(
        "solutions/lesson-15-x/snapshots/waits.snap",
        "program  stdin  end\nprogram  exit  0",
    );
    book.file(
        "solutions/lesson-15-x/figures.toml",
        "[waits]\nmarked = \"program exit\"\npauses = [{ before = 2, argument = 40, times = 2 }]\n\
         caption = { ko = \"기다린다\", en = \"It waits\" }\n",
    );
    book.both("a.md", "# A\n\n{{#conversation lesson-15-x/waits}}\n");
    book.press().print(&Edition::BOTH).unwrap();
    let html = Html::parse_document(&book.page("ko/a.html"));
    assert_eq!(texts(&html, "figcaption"), ["기다린다"]);
    assert_eq!(texts(&html, ".wait > .words"), ["80 ms 기다림"]);
    assert_eq!(texts(&html, ".marked > .words"), ["exit 0"]);

    let wrong = "[waits]\nmarked = \"program exit 1\"\n";
    book.file("solutions/lesson-15-x/figures.toml", wrong);
    assert!(book.refused().contains("program exit 1"));
}

#[test]
fn each_edition_says_it_in_its_language() {
    for (edition, recorded, as_text) in [
        (
            Edition::Ko,
            "풀이 프로그램을 실제로 실행해 남긴 대화 기록",
            "텍스트로 보기",
        ),
        (
            Edition::En,
            "recorded from a run of the solution",
            "as text",
        ),
    ] {
        let html = drawn(TRANSCRIPT, edition);
        assert!(texts(&html, ".source").concat().contains(recorded));
        assert_eq!(texts(&html, ".source code"), ["greets_two_clients"]);
        assert_eq!(texts(&html, "summary"), [as_text]);
    }
}

#[test]
fn a_figure_stays_whole_in_a_page() {
    let book = SmallBook::new();
    book.snapshot(
        "solutions/lesson-04-accept/snapshots/greets.snap",
        TRANSCRIPT,
    );
    book.both("a.md", "# A\n\n{{#conversation lesson-04-accept/greets}}\n\n- item\n\n  {{#conversation lesson-04-accept/greets}}\n");
    book.press().print(&Edition::BOTH).unwrap();
    let html = Html::parse_document(&book.page("ko/a.html"));
    assert_eq!(count(&html, "main > figure.conversation ol"), 1);
    assert_eq!(count(&html, "main li figure.conversation ol"), 1);
    let lines = texts(&html, "figure details pre");
    assert_eq!(lines[0].lines().count(), TRANSCRIPT.lines().count());
    assert!(lines[0].contains("{{#include /etc/hosts}}"));
}
