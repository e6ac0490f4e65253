//! No fact is said where it is false. The snapshots' own conversations are changed in every
//! way that a program may change them, and each sentence is held against what it claims.

use super::*;
use probe::Event;
use std::collections::BTreeMap;
use std::fs;

/// A sentence, by words that only it has, and whether it is true of a report.
type Claim = (&'static str, fn(&Report) -> bool);

const CLAIMS: [Claim; 30] = [
    ("The same line came already", |report| {
        let at = at(report);
        report.actual[..at].contains(&report.actual[at])
    }),
    ("The same datagram came already", |report| {
        report.actual[..at(report)].contains(actual(report))
    }),
    ("It was to stay here", |report| {
        matches!(due(report).unwrap().what, Happening::Rests(_))
    }),
    ("The conversation was to go on with", |report| {
        due(report).unwrap().what.is_the_check_s()
    }),
    ("the same is due later", |report| {
        report.expected[at(report) + 1..].contains(actual(report))
    }),
    ("Before it, ", |report| {
        report.expected.get(at(report) + 1) == Some(actual(report))
    }),
    ("No line is due on stdout here", |report| {
        !a_line_is_due(report)
    }),
    ("It is another line than the one", a_line_is_due),
    ("This line is not finished", |report| {
        let text = text(actual(report));
        text.bytes().is_none_or(|bytes| !bytes.ends_with(b"\n"))
    }),
    ("An empty line came on stdout", |report| {
        text(actual(report)).bytes() == Some(b"\n")
    }),
    ("One value differs", |report| {
        a_line_is_due(report) && text(actual(report)) != text(due(report).unwrap())
    }),
    ("missing at the end", |report| {
        bytes_of(due(report).unwrap()) > bytes_of(actual(report))
    }),
    ("too many at the end", |report| {
        bytes_of(actual(report)) > bytes_of(due(report).unwrap())
    }),
    ("final newline (\\n) is missing", |report| {
        bytes_of(due(report).unwrap()) == bytes_of(actual(report)) + 1
    }),
    ("Byte ", |report| {
        text(actual(report)) != text(due(report).unwrap())
    }),
    ("Where they first differ", |report| {
        text(actual(report)) != text(due(report).unwrap())
    }),
    ("None of ", |report| {
        matches!(actual(report).what.flow(), Some(Flow::Fin | Flow::Rst))
    }),
    ("Nothing came", |report| is_silence(&actual(report).what)),
    ("Nothing is due here, but", |report| {
        is_silence(&due(report).unwrap().what)
    }),
    ("The connection ended differently", |report| {
        let flow = |event: &Event| event.what.flow().cloned();
        flow(actual(report)) != flow(due(report).unwrap())
    }),
    ("the connection of", |report| {
        matches!(actual(report).what.flow(), Some(Flow::Fin | Flow::Rst))
    }),
    (" bytes came", |report| {
        actual(report).what.byte_count().is_some()
    }),
    (" byte came", |report| {
        actual(report).what.byte_count() == Some(1)
    }),
    ("The attempt to connect met with", |report| {
        let due = due(report).unwrap();
        matches!(due.what, Happening::Connect(_)) && due.what != actual(report).what
    }),
    ("A connection came to", |report| {
        matches!(
            actual(report).what,
            Happening::Accept(probe::Accept::From(_))
        ) && due(report).unwrap().what == Happening::Accept(probe::Accept::Silence)
    }),
    ("No connection came to", |report| {
        actual(report).what == Happening::Accept(probe::Accept::Silence)
    }),
    ("A neighbour could not bind", |report| {
        matches!(
            actual(report).what,
            Happening::Neighbour { taken: true, .. }
        )
    }),
    ("A neighbour could bind", |report| {
        matches!(
            actual(report).what,
            Happening::Neighbour { taken: false, .. }
        )
    }),
    ("Neither the next line on stdout nor stderr", |report| {
        matches!(
            actual(report).what,
            Happening::Stderr(probe::Stderr::Named { there: false, .. })
        )
    }),
    ("The program ended here", |report| {
        matches!(actual(report).what, Happening::End(probe::End::Exit(_)))
    }),
];

/// Sentences that two events of one kind say of each other; each is held by a test of its own.
const OF_A_PAIR: [&str; 12] = [
    "stderr",
    "The exit status is",
    "stays open",
    "should stay open",
    "is due here, but",
    "sockets",
    "Endpoints that",
    "Nothing is due to",
    "the first that differs",
    "too soon",
    "did not come in time",
    "every address",
];

fn at(report: &Report) -> usize {
    report.differs_at.unwrap()
}

fn actual(report: &Report) -> &Event {
    &report.actual[at(report)]
}

fn due(report: &Report) -> Option<&Event> {
    report.expected.get(at(report))
}

fn text(event: &Event) -> Text {
    event.what.text().unwrap_or_default()
}

fn bytes_of(event: &Event) -> usize {
    letters(&units(&text(event))).len()
}

fn a_line_is_due(report: &Report) -> bool {
    let is_a_line = |event: &Event| matches!(event.what, Happening::Stdout(Output::Line(_)));
    due(report).is_some_and(|due| due.who == actual(report).who && is_a_line(due))
}

/// Every conversation of the snapshots, by lesson.
fn conversations() -> BTreeMap<String, Vec<Vec<Event>>> {
    let mut all = BTreeMap::new();
    for folder in fs::read_dir("../../solutions").unwrap().flatten() {
        let files = fs::read_dir(folder.path().join("snapshots"));
        for file in files.into_iter().flatten().flatten() {
            let text = fs::read_to_string(file.path()).unwrap();
            let lines = text.rsplit("---\n").next().unwrap().lines();
            let lines = lines.filter(|line| !line.is_empty());
            let events = lines.map(|line| Event::parse(line).unwrap()).collect();
            let lesson = folder.file_name().to_string_lossy().into_owned();
            all.entry(lesson).or_insert_with(Vec::new).push(events);
        }
    }
    all
}

/// The report of a conversation that went as `expected` up to a line, and then otherwise.
fn parted(expected: &[Event], at: usize, came: &Event) -> Option<Report> {
    if expected.get(at) == Some(came) {
        return None;
    }
    let mut lines = expected[..at.min(expected.len())].to_vec();
    lines.push(came.clone());
    Some(Report {
        expected: expected.to_vec(),
        actual: lines,
        differs_at: Some(at),
        ..Report::new("", 1, Verdict::Differs)
    })
}

fn told(report: &Report) -> String {
    let lines = report.actual.iter().map(ToString::to_string);
    let due = due(report).map(|due| format!("due: {due}"));
    lines.chain(due).collect::<Vec<_>>().join("\n")
}

/// So many of a lesson's lines come in one place, others in the next.
const IN_ONE_PLACE: usize = 50;

#[test]
fn no_sentence_says_what_the_conversation_contradicts() {
    let mut said = 0;
    for conversations in conversations().into_values() {
        let lines: Vec<_> = conversations.iter().flatten().cloned().collect();
        let apart = lines.len().div_ceil(IN_ONE_PLACE);
        let mut places = 0;
        for expected in &conversations {
            for at in 0..=expected.len() {
                places += 1;
                // Everything that happens anywhere in the lesson may come in its place.
                for came in lines.iter().skip(places % apart).step_by(apart) {
                    let Some(report) = parted(expected, at, came) else {
                        continue;
                    };
                    for sentence in sentences(&report, Lang::En) {
                        said += 1;
                        let mut claims = CLAIMS.iter();
                        let claim = claims.find(|(words, _)| sentence.contains(words));
                        let of_a_pair = OF_A_PAIR.iter().any(|words| sentence.contains(words));
                        match claim {
                            Some((_, holds)) => {
                                assert!(holds(&report), "{sentence}\n{}", told(&report))
                            }
                            None => assert!(of_a_pair, "nothing is known of: {sentence}"),
                        }
                    }
                }
            }
        }
    }
    assert!(said > 10_000, "{said} sentences");
}
