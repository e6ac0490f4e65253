//! In what the first different line differs, in plain facts taken from the transcript:
//! bytes missing, too many, or others, a value, the order, the ending, a line too many, what
//! stands on stderr. What it means is left to the explanations.
//!
//! ```text
//! address   an address that was not given
//! line      a line on stdout
//! stderr    what is to stand on stderr
//! order     what is due first
//! ending    how a program or a connection ended
//! contact   who came to the check, or did not
//! bytes     two texts; count: where there are too many bytes to be quoted
//! ```

mod address;
mod bytes;
mod contact;
mod count;
mod ending;
mod line;
mod order;
mod stderr;

use crate::explain::encoding;
use crate::lang::Lang;
use crate::tr;
pub use address::is_another_than_was_given;
use bytes::{letters, show, units};
use probe::{Address, Datagram, Event, Flow, Happening, Output, Report, Span, Text, Verdict};
use recording::particle::subject;

/// What differs, one fact a sentence; none where what came is no text that could be
/// compared, or all is said by the two lines themselves.
pub fn sentences(report: &Report, lang: Lang) -> Vec<String> {
    let mut facts: Vec<_> = fact(report, lang).into_iter().collect();
    facts.extend(stderr::due_on_stdout(report, lang));
    facts.extend(address::sentence(report, lang));
    facts
}

fn fact(report: &Report, lang: Lang) -> Option<String> {
    if encoding::is_another(report) {
        return None;
    }
    if report.verdict != Verdict::Differs && !is_unfinished(report) {
        return None;
    }
    let at = report.differs_at?;
    let actual = report.actual.get(at)?;
    if let Happening::Untimely { late, .. } = actual.what {
        return Some(untimely(late, lang));
    }
    let later = &report.expected[at.min(report.expected.len())..];
    if let Some(sentence) = line::sentence(report, at, lang) {
        return Some(sentence);
    }
    let Some(expected) = later.first() else {
        return ending::too_early(actual, None, lang);
    };
    if expected.who == actual.who && expected.what.is_like(&actual.what) {
        let (due, came) = (&expected.what, &actual.what);
        if let Some(sentence) = count::sentence(due, came, report.flooded, lang) {
            return Some(sentence);
        }
        if matches!(came, Happening::RecvFrom(_)) && report.actual[..at].contains(actual) {
            return Some(tr!(
                lang,
                "같은 데이터그램이 앞에서 이미 왔습니다. 언제 보낸 것인지는 여기서 보이지 않습니다. 데이터그램은 읽힐 때까지 수신 버퍼에서 기다립니다.",
                "The same datagram came already, further up. When it was sent cannot be seen here: a datagram waits in the receive buffer until it is read."
            ));
        }
        return match (due.text(), came.text()) {
            (Some(due), Some(_)) if later.get(1) == Some(actual) => {
                Some(order::due_first(&due, lang))
            }
            (Some(due), Some(came)) => bytes::sentence(&due, &came, lang),
            (None, None) => of_one_kind(expected, actual, lang),
            (Some(due), None) => missing_altogether(&due, came, lang),
            (None, Some(came)) => not_due(due, &came, lang),
        };
    }
    if later.get(1) == Some(actual) {
        return Some(order::due_later(lang));
    }
    count::too_many_at_once(later, actual, report.flooded, lang)
        .or_else(|| stderr::nothing_told(&expected.what, &actual.what, lang))
        .or_else(|| ending::too_early(actual, Some(expected), lang))
}

/// Did a peer of a program that hangs receive a part of what is due?
pub fn is_unfinished(report: &Report) -> bool {
    let seen = report.differs_at.and_then(|at| report.actual.get(at));
    let part = seen.is_some_and(
        |event| matches!(&event.what, Happening::Recv(flow) if *flow != Flow::Silence),
    );
    report.verdict == Verdict::Hung && part
}

fn untimely(late: bool, lang: Lang) -> String {
    if late {
        tr!(
            lang,
            "올 것이 제때 오지 않았습니다. 더 일찍 와야 합니다.",
            "What is due did not come in time: it came too late, or not yet. It must come earlier."
        )
    } else {
        tr!(
            lang,
            "올 것이 왔지만 너무 일찍 왔습니다. 더 기다린 다음에 와야 합니다.",
            "It is what is due, but it came too soon: it is due after a longer wait."
        )
    }
}

/// The name that stands for a port, where the program itself has printed it letter for
/// letter.
pub fn name_that_was_printed(report: &Report) -> Option<String> {
    if encoding::is_another(report) {
        return None;
    }
    let actual = report.actual.get(report.differs_at?)?;
    let text = actual.what.text()?;
    let bytes = text.spans().iter().filter_map(|span| match span {
        Span::Bytes(bytes) => Some(bytes.as_slice()),
        Span::Name(_) => None,
    });
    let printed = String::from_utf8_lossy(&bytes.collect::<Vec<_>>().concat()).into_owned();
    let names = report.ports.iter().map(|(_, name)| name);
    let due = report
        .expected
        .iter()
        .filter_map(|event| event.what.port_name());
    let mut names = names.cloned().chain(due);
    names.find(|name| printed.contains(&format!("<{name}>")))
}

/// Both are of one kind, and not texts.
fn of_one_kind(expected: &Event, actual: &Event, lang: Lang) -> Option<String> {
    match (&expected.what, &actual.what) {
        (Happening::Stderr(due), Happening::Stderr(came)) => stderr::sentence(due, came, lang),
        (Happening::End(due), Happening::End(came)) => ending::of_a_program(due, came, lang),
        (Happening::Connect(due), Happening::Connect(came)) => {
            ending::of_a_connect(due, came, lang)
        }
        (Happening::Accept(due), Happening::Accept(came)) => {
            contact::of_a_listener(&actual.who, due, came, lang)
        }
        (Happening::Neighbour { taken, .. }, Happening::Neighbour { taken: is, .. }) => {
            (taken != is).then(|| contact::of_a_neighbour(*taken, actual, lang))?
        }
        (Happening::Sockets(due), Happening::Sockets(came)) => Some(sockets(due, came, lang)),
        (Happening::Endpoints(due), Happening::Endpoints(came)) => Some(endpoints(due, came, lang)),
        (due, came) => ending::of_a_connection(due.flow()?, came.flow()?, lang),
    }
}

fn sockets(due: &[String], came: &[String], lang: Lang) -> String {
    let listed = |sockets: &[String]| match sockets {
        [] => tr!(lang, "없음", "none"),
        some => some.join(", "),
    };
    let (due, came) = (listed(due), listed(came));
    tr!(
        lang,
        "프로그램이 가진 TCP와 UDP 소켓: {came}. 여기서 가져야 할 것: {due}.",
        "The program's TCP and UDP sockets are: {came}. Due here: {due}."
    )
}

fn endpoints(due: &[Address], came: &[Address], lang: Lang) -> String {
    let (due, count) = (due.len(), came.len());
    tr!(
        lang,
        "프로그램의 소켓이 가진 종단점은 {count}개이고, 여기서는 {due}개여야 합니다. 바인드하거나, 듣거나, 연결한 소켓에 종단점이 생깁니다.",
        "Endpoints that the program's sockets have: {count}; due here: {due}. A socket gets one by bind, by listen or by connect."
    )
}

/// Something was due, and what came has no bytes at all.
fn missing_altogether(expected: &Text, actual: &Happening, lang: Lang) -> Option<String> {
    let due = show(&letters(&units(expected)));
    if is_silence(actual) {
        return Some(tr!(
            lang,
            "아무것도 오지 않았습니다. 와야 할 것은 {due}입니다.",
            "Nothing came; {due} is due."
        ));
    }
    let ending = match actual.flow()? {
        Flow::Fin => "FIN",
        Flow::Rst => "RST",
        _ => return None,
    };
    let count = letters(&units(expected)).len();
    let unit = if count == 1 { "byte" } else { "bytes" };
    let it = subject(ending);
    Some(tr!(
        lang,
        "올 {count}바이트가 오지 않고 {it} 왔습니다: {due}",
        "None of {count} {unit} came, but {ending}: {due}"
    ))
}

/// No bytes were due, but silence or the end.
fn not_due(due: &Happening, came: &Text, lang: Lang) -> Option<String> {
    let shown = show(&letters(&units(came)));
    let it_came = subject(&shown);
    if is_silence(due) {
        return Some(tr!(
            lang,
            "여기서는 아무것도 오지 않아야 하는데 {it_came} 왔습니다.",
            "Nothing is due here, but {shown} came."
        ));
    }
    let ending = ending::meaning(due.flow()?, lang)?;
    let it_is_due = subject(&ending);
    Some(tr!(
        lang,
        "{it_is_due} 올 차례인데 그 전에 {it_came} 더 왔습니다.",
        "{ending} is due here, but {shown} came before it."
    ))
}

fn is_silence(what: &Happening) -> bool {
    matches!(
        what,
        Happening::Stdout(Output::Silence) | Happening::RecvFrom(Datagram::Silence)
    ) || what.flow() == Some(&Flow::Silence)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod truth;
