//! A chart says what its record says.

use crate::small_book::{SmallBook, texts};
use press::Edition;
use scraper::{ElementRef, Html, Selector};

/// As `cargo xtask bench` keeps it.
const RECORD: &str = r#"{
  "system": { "os": "plan9", "arch": "mips", "processors": 3 },
  "round_trips": [
    { "way": "tcp-one-connection", "bytes": 64, "count": 9, "median_us": 20.0, "p99_us": 40.0 },
    { "way": "tcp-connection-each", "bytes": 64, "count": 9, "median_us": 80.0, "p99_us": 160.0 },
    { "way": "udp", "bytes": 64, "count": 9, "median_us": 10.0, "p99_us": 30.0 }
  ],
  "throughput": [
    { "transport": "tcp", "bytes": 64, "sent": 1000, "arrived": 1000, "mib_per_second": 50.0 },
    { "transport": "udp", "bytes": 64, "sent": 1000, "arrived": 750, "mib_per_second": 25.0 },
    { "transport": "udp", "bytes": 64, "sent": 1000, "arrived": 999, "mib_per_second": 5.0 },
    { "transport": "udp", "bytes": 64, "sent": 10000, "arrived": 9999, "mib_per_second": 5.0 }
  ],
  "queue": [
    { "transport": "tcp", "bytes": 64, "points": [[0, 0], [256, 256], [512, 512]] },
    { "transport": "udp", "bytes": 64, "points": [[0, 0], [256, 256], [512, 256]] }
  ]
}"#;

/// One of another bench, with a part of its own.
const ROUNDS: &str = r#"{
  "system": { "os": "plan9", "arch": "mips", "processors": 3 },
  "rounds": [
    { "writing": "two-calls", "bytes": 15, "count": 20, "median_ms": 880.25 },
    { "writing": "one-call", "bytes": 15, "count": 20, "median_ms": 0.27 }
  ]
}"#;

/// Of a third, made where nobody shows what a program has.
const CROWDS: &str = r#"{
  "system": { "os": "plan9", "arch": "mips", "processors": 3 },
  "crowds": [
    { "server": "threads", "clients": 10, "hostile": 1, "heard": 9, "joining_ms": 8.0,
      "passing_on_ms": 400.4, "cpu_ms": 3.0, "threads": 20, "memory_mib": 64.2 },
    { "server": "poll", "clients": 10, "hostile": 1, "heard": 9, "joining_ms": 8.0,
      "passing_on_ms": 100.1, "cpu_ms": null, "threads": null, "memory_mib": null }
  ]
}"#;

/// A book whose only chapter shows the record's `part`, if it can be printed.
fn book_with(argument: &str) -> SmallBook {
    let book = SmallBook::new();
    book.file("solutions/lesson-15/bench/udp-and-tcp.json", RECORD);
    book.file("solutions/lesson-15/bench/small-writes.json", ROUNDS);
    book.file("solutions/lesson-15/bench/chat.json", CROWDS);
    book.both("a.md", &format!("# A\n\n{{{{#chart {argument}}}}}\n"));
    book
}

fn page(part: &str, edition: Edition) -> Html {
    page_of("udp-and-tcp", part, edition)
}

fn page_of(bench: &str, part: &str, edition: Edition) -> Html {
    let book = book_with(&format!("lesson-15/{bench} {part}"));
    book.press().print(&Edition::BOTH).unwrap();
    Html::parse_document(&book.page(&format!("{}/a.html", edition.code())))
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

#[test]
fn bars_are_as_long_as_their_values() {
    let page = page("round-trips", Edition::En);
    let bars = all(&page, "main figure.chart .bar i");
    let lengths: Vec<f64> = bars
        .iter()
        .map(|bar| {
            bar.attr("style")
                .unwrap()
                .replace("--part:", "")
                .parse()
                .unwrap()
        })
        .collect();
    assert_eq!(lengths.len(), 3);
    assert!((lengths[1] / lengths[0] - 4.0).abs() < 0.05);
    assert!((lengths[1] / lengths[2] - 8.0).abs() < 0.05);
    assert_eq!(texts(&page, ".udp b"), ["10 (99% within 30)"]);
}

#[test]
fn what_was_lost_stands_at_the_bar() {
    let korean = page("throughput", Edition::Ko);
    assert_eq!(texts(&korean, ".tcp b"), ["50 (0% 잃음)"]);
    // Little is not nothing.
    assert_eq!(
        texts(&korean, ".udp b"),
        ["25 (25.0% 잃음)", "5 (0.1% 잃음)", "5 (<0.1% 잃음)"]
    );
}

#[test]
fn a_short_time_has_its_hundredths() {
    for (edition, names) in [
        (
            Edition::Ko,
            ["write 두 번: 15바이트", "write 한 번: 15바이트"],
        ),
        (
            Edition::En,
            [
                "two calls of write: 15 bytes",
                "one call of write: 15 bytes",
            ],
        ),
    ] {
        let page = page_of("small-writes", "rounds", edition);
        assert_eq!(texts(&page, ".bar > span:first-child"), names);
        assert_eq!(texts(&page, ".bar b"), ["880 ms", "0.27 ms"]);
        let caption = texts(&page, "figcaption p").concat();
        assert!(caption.contains("cargo xtask bench small-writes"));
        assert_eq!(all(&page, "figure details td").len(), 6);
    }
}

#[test]
fn a_crowd_has_two_charts_and_one_table() {
    let passing_on = page_of("chat", "passing-on", Edition::Ko);
    assert_eq!(texts(&passing_on, ".bar b"), ["400 ms", "100 ms"]);
    let names = texts(&passing_on, ".bar > span:first-child");
    assert_eq!(names, ["17 스레드", "19 poll (mio)"]);
    // What the system did not show has no bar, and a dash in the table.
    let memory = page_of("chat", "memory", Edition::En);
    assert_eq!(texts(&memory, ".bar b"), ["64 MiB"]);
    let cells = texts(&memory, "figure details td");
    assert_eq!(
        cells[..6],
        ["17 threads", "8 ms", "400 ms", "3 ms", "20", "64 MiB"]
    );
    assert_eq!(cells[9..], ["-", "-", "-"]);
}

#[test]
fn lines_go_through_their_points() {
    let page = page("queue", Edition::En);
    let lines = all(&page, "svg .line path");
    let ends: Vec<(f64, f64)> = lines
        .iter()
        .map(|line| {
            let path = line.attr("d").unwrap();
            let (x, y) = path.rsplit('L').next().unwrap().split_once(' ').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect();
    let [tcp, udp] = ends.as_slice() else {
        panic!("{ends:?}")
    };
    assert_eq!(tcp.0, udp.0);
    let zero: f64 = 290.0;
    assert!(((zero - tcp.1) / (zero - udp.1) - 2.0).abs() < 0.01);
    assert_eq!(
        texts(&page, "svg .line text"),
        ["TCP, 64 bytes", "UDP, 64 bytes"]
    );
}

#[test]
fn each_edition_says_where_it_was_measured_and_has_the_table() {
    for (edition, measured, names) in [
        (
            Edition::Ko,
            "plan9 mips, CPU 3개에서 잰 값",
            ["방법", "중앙값", "느린 1%"],
        ),
        (
            Edition::En,
            "measured on plan9 mips with 3 CPUs",
            ["way", "median", "slowest 1%"],
        ),
    ] {
        let page = page("round-trips", edition);
        let caption = texts(&page, "figcaption p").concat();
        assert!(caption.contains(measured), "{caption}");
        assert!(caption.contains("cargo xtask bench udp-and-tcp"));
        assert_eq!(texts(&page, "figure details th"), names);
        assert_eq!(all(&page, "figure details td").len(), 9);
    }
}

#[test]
fn a_chart_that_cannot_be_drawn_is_named() {
    for (argument, why) in [
        ("lesson-15/udp-and-tcp", "a chart is written"),
        ("lesson-15/udp-and-tcp colours", "colours is not part"),
        ("lesson-15/udp-and-tcp rounds", "does not measure"),
        ("lesson-15/small-writes queue", "does not measure"),
        ("lesson-15/other queue", "other.json cannot be read"),
        (
            "lesson-15/udp-and-tcp queue really",
            "queue really is not part",
        ),
    ] {
        let said = book_with(argument).refused();
        assert!(said.contains("book/ko/a.md:3"), "{said}");
        assert!(said.contains(why), "{said}");
    }
}
