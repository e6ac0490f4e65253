//! Each fact, held against the lines that it is said of.

use super::*;
use probe::{Event, ONLY, Panic, Started};

fn event(line: &str) -> Event {
    Event::parse(line).unwrap()
}

/// The English sentence for a scenario that expects `expected` and gets `actual`.
fn said(expected: &[&str], actual: &str) -> Option<String> {
    let report = Report {
        expected: expected.iter().map(|line| event(line)).collect(),
        actual: vec![event(actual)],
        differs_at: Some(0),
        ..Report::new("", 1, Verdict::Differs)
    };
    sentences(&report, Lang::En).pop()
}

fn says(expected: &[&str], actual: &str, words: &str) {
    let said = said(expected, actual).unwrap_or_default();
    assert!(said.contains(words), "{said:?} does not say {words:?}");
}

#[test]
fn bytes_that_are_missing_or_too_many() {
    let greeting = "a recv \"안녕\" 6 bytes";
    says(
        &[greeting],
        "a recv \"안\" 3 bytes",
        "3 bytes are missing at the end: '녕' [eb 85 95]",
    );
    says(
        &[greeting],
        "a recv \"안\" [eb 85] 5 bytes",
        "1 byte is missing at the end: [95]",
    );
    says(
        &[greeting],
        "a recv \"안녕!\" 7 bytes",
        "There is 1 byte too many at the end: '!' [21]",
    );
    says(&[greeting], "a recv FIN", "None of 6 bytes came, but FIN");
}

#[test]
fn who_came_to_the_check_and_who_did_not() {
    says(
        &["server-a accept silence"],
        "server-a accept 127.0.0.1:<program>",
        "A connection came to server-a, and none is due here",
    );
    says(
        &["server-a accept 127.0.0.1:<program>"],
        "server-a accept silence",
        "No connection came to server-a",
    );
    says(
        &["neighbour bind 127.0.0.1:<server> taken"],
        "neighbour bind 127.0.0.1:<server> free",
        "A neighbour could bind 127.0.0.1:<server>",
    );
    says(
        &["neighbour bind 127.0.0.1:<server> free"],
        "neighbour bind 127.0.0.1:<server> taken",
        "which should be free now",
    );
}

#[test]
fn a_status_that_is_not_to_be() {
    says(
        &["program exit neither 10 nor 11"],
        "program exit 11",
        "another than 10 and 11",
    );
}

#[test]
fn something_is_due_on_one_of_two_outputs() {
    says(
        &["program told naming 도중"],
        "program stderr no line naming 도중",
        "Neither the next line on stdout nor stderr says 도중",
    );
    says(
        &["program told something"],
        "program stderr no sentence",
        "nothing on stdout, and nothing on stderr",
    );
}

#[test]
fn a_long_line_where_none_is_due() {
    says(
        &["program exit not 0"],
        "program stdout 1042 bytes [digest 0000000000000000] \"aa\" …",
        "No line is due on stdout here, but one of 1042 bytes came",
    );
}

#[test]
fn a_server_on_every_address_is_told_so() {
    says(
        &["program stdout \"at 127.0.0.1:<server>\\n\""],
        "program stdout \"at 0.0.0.0:<server>\\n\"",
        "0.0.0.0 is every address of this machine",
    );
}

#[test]
fn what_comes_too_soon_or_not_at_all() {
    let due = "a recvfrom \"1\" 1 bytes from 127.0.0.1:<program>";
    says(&[due], "a recvfrom too soon", "due after a longer wait");
    says(
        &[due],
        "a recvfrom silence",
        "Nothing came; '1' [31] is due",
    );
}

#[test]
fn long_payloads_are_compared_by_their_length() {
    let line = |count: usize| format!("a recv {count} bytes [digest 0000000000000000] \"aa\" …");
    for (came, words) in [
        (line(900), "900 bytes came where 1000 are due"),
        ("a recv \"a\" 1 bytes".to_owned(), "1 byte came where 1000"),
        (line(1001), "1001 bytes came where 1000 are due"),
    ] {
        says(&[&line(1000)], &came, words);
    }
    says(
        &["program stdout \"short\\n\""],
        "program stdout 1034 bytes [digest 0000000000000000] \"shor\" …",
        "1034 bytes came where 6 are due",
    );
}

#[test]
fn a_newline_is_called_by_its_name() {
    says(
        &["program stdout \"a\\n\""],
        "program stdout \"a\"",
        "final newline (\\n) is missing",
    );
    says(
        &["a recv \"a\" 1 byte"],
        "a recv \"a\\n\" 2 bytes",
        "newline (\\n) too many",
    );
}

#[test]
fn a_wrong_syllable_is_shown_as_a_syllable_and_as_bytes() {
    let (due, came) = (
        "a recv \"반갑습니다\" 15 bytes",
        "a recv \"반갑슴니다\" 15 bytes",
    );
    says(&[due], came, "Byte 9 is the first that differs");
    says(
        &[due],
        came,
        "'슴' [ec 8a b4] came where '습' [ec 8a b5] is due",
    );
}

/// Of a syllable that was cut, what came is not said to be missing.
#[test]
fn of_a_character_that_was_cut_the_rest_is_due() {
    let due = "a recv \"안녕하세요\\n\" 16 bytes";
    let came = "a recv \"안녕하세\" [ec] \"\\n\" 14 bytes";
    let sentence = "Byte 14 is the first that differs: '\\n' [0a] came where [9a 94] (the rest of '요' [ec 9a 94]) is due.";
    says(&[due], came, sentence);
}

#[test]
fn the_order_and_the_ending() {
    says(
        &["a recv \"1\" 1 byte", "a recv \"2\" 1 byte"],
        "a recv \"2\" 1 byte",
        "Before it, '1' [31] is due",
    );
    says(
        &["a recv \"1\" 1 byte", "b recv FIN"],
        "b recv FIN",
        "the same is due later",
    );
    says(
        &["a recv FIN"],
        "a recv RST",
        "RST (broken off) instead of FIN",
    );
    says(
        &["a recv FIN"],
        "a recv silence",
        "the connection stays open",
    );
    says(&["a recv silence"], "a recv FIN", "should stay open here");
    says(
        &["a recv FIN"],
        "a recv \"1\" 1 byte",
        "'1' [31] came before it",
    );
    says(
        &["a recv silence"],
        "a recv \"1\" 1 byte",
        "Nothing is due here",
    );
    says(
        &["program exit 0"],
        "program exit 1",
        "status is 1; it has to be 0",
    );
    says(&["program exit not 0"], "program exit 0", "0, success");
    says(
        &["a recv \"1\" 1 byte"],
        "program exit 0",
        "still missing: a  recv  \"1\" 1 byte",
    );
    says(
        &["program stdout \"x\\n\""],
        "a recv FIN",
        "closed the connection of a",
    );
}

#[test]
fn an_attempt_to_connect_is_told_by_what_came_of_it() {
    says(
        &["a connect refused"],
        "a connect 127.0.0.1:<server>",
        "met with a connection; a refusal (RST) is due",
    );
}

#[test]
fn a_line_that_is_not_due() {
    let said = |due: &[&str], line: &str| {
        let line = format!("program stdout \"{line}\\n\"");
        said(due, &line).unwrap_or_default()
    };
    let due = ["a recv FIN", "program stdout \"answer 12\\n\""];
    let here = said(&due, "here");
    assert!(here.contains("No line is due") && !here.contains("eprintln!"));
    let one_too_many = Report {
        expected: vec![event("program stdout \"answer 12\\n\"")],
        actual: vec![event("program stdout \"here\\n\"")],
        printed_next: vec![event("program stdout \"answer 12\\n\"")],
        differs_at: Some(0),
        ..Report::new("", 1, Verdict::Differs)
    };
    assert!(sentences(&one_too_many, Lang::En)[0].contains("eprintln!"));
    let resembling = said(&due, "answer 13");
    assert!(resembling.contains("No line is due") && !resembling.contains("eprintln!"));
    assert!(said(&due, "").contains("a newline (\\n) and nothing else"));
    assert!(said(&due, "answer 12").contains("the same is due later"));
    assert!(said(&due[1..], "answer 13").contains("13 came where 12 is due"));
}

#[test]
fn what_was_printed_next_tells_whether_the_order_is_another() {
    let [count, text] =
        ["count", "text"].map(|word| event(&format!("program stdout \"{word}\\n\"")));
    let said = |next: &[&Event]| {
        let report = Report {
            expected: vec![count.clone(), text.clone()],
            actual: vec![text.clone()],
            printed_next: next.iter().copied().cloned().collect(),
            differs_at: Some(0),
            ..Report::new("", 1, Verdict::Differs)
        };
        sentences(&report, Lang::En).remove(0)
    };
    assert!(said(&[]).starts_with("Before it, 'count"));
    assert!(said(&[&count]).starts_with("The order is different"));
    assert!(said(&[&count, &text]).contains("one too many"));
}

#[test]
fn a_line_that_came_already_is_called_that() {
    let line = event("program stdout \"one\\n\"");
    let report = Report {
        expected: vec![line.clone(), event("program stdout \"two\\n\"")],
        actual: vec![line.clone(), line],
        differs_at: Some(1),
        ..Report::new("", 1, Verdict::Differs)
    };
    let said = sentences(&report, Lang::En);
    assert_eq!(said, ["The same line came already, further up."]);
}

#[test]
fn a_line_on_the_other_stream_is_found_there() {
    let report = Report {
        expected: vec![event("program stdout \"at 127.0.0.1:<server>\\n\"")],
        actual: vec![event("program stdout silence")],
        differs_at: Some(0),
        stderr: "something\nat 127.0.0.1:4000\n".to_owned(),
        ports: vec![(4000, "server".to_owned())],
        ..Report::new("", 1, Verdict::Hung)
    };
    let said = sentences(&report, Lang::En);
    assert!(said[0].contains("came on stderr"), "{said:?}");
    let panicked = Report {
        panics: vec![Panic {
            place: "src/main.rs:9".to_owned(),
            message: "at 127.0.0.1:4000".to_owned(),
            in_a_library: false,
            called_from: None,
        }],
        ..report.clone()
    };
    let said = sentences(&panicked, Lang::En).concat();
    assert!(!said.contains("came on stderr"), "{said}");
    let other = Report {
        stderr: "at 127.0.0.1:4001\n".to_owned(),
        ..report
    };
    assert!(sentences(&other, Lang::En).is_empty());
    let unknown = Report {
        ports: Vec::new(),
        ..other
    };
    assert_eq!(sentences(&unknown, Lang::En).len(), 1);
}

#[test]
fn an_address_that_was_not_given_is_told() {
    let report = |argument: &str, stderr: &str| Report {
        expected: vec![event("program stdout \"at 127.0.0.1:<server>\\n\"")],
        actual: vec![event("program exit 1")],
        differs_at: Some(0),
        stderr: stderr.to_owned(),
        started: vec![Started {
            role: ONLY.to_owned(),
            arguments: vec![argument.to_owned()],
        }],
        ..Report::new("", 1, Verdict::Differs)
    };
    let said = |argument: &str, stderr: &str| {
        let told = sentences(&report(argument, stderr), Lang::En).concat();
        told.contains("uses the address that it is given")
    };
    assert!(said(
        "127.0.0.1:0",
        "오류: Address already in use (os error 98)"
    ));
    assert!(said(
        "127.0.0.1:0",
        "OSError: [Errno 98] Address already in use"
    ));
    assert!(!said(
        "127.0.0.1:0",
        "오류: Connection reset by peer (os error 104)"
    ));
    assert!(!said(
        "127.0.0.1:<taken>",
        "오류: Address already in use (os error 98)"
    ));
}

#[test]
fn what_stands_on_stderr() {
    says(
        &["program stderr a line naming 127.0.0.1:<taken>"],
        "program stderr no line naming 127.0.0.1:<taken>",
        "No line on stderr names",
    );
    says(
        &["program stderr a sentence"],
        "program stderr no sentence",
        "nothing on stderr",
    );
}

#[test]
fn a_name_is_no_text() {
    let due = "program stdout \"at 127.0.0.1:<server>, 반\\n\"";
    let typed = "program stdout \"at 127.0.0.1:\\<server>, 반\\n\"";
    assert_eq!(said(&[due], typed), None);
    says(
        &[due],
        &due.replace("<server>", "80"),
        "127.0.0.1:80, came where 127.0.0.1:<server>, is due",
    );
    says(
        &[due],
        &due.replace('반', "밤"),
        "'밤' [eb b0 a4] came instead of '반' [eb b0 98]",
    );
    says(&[due], &due.replace("\\n", ""), "final newline (\\n)");
}
