//! How a program, or a connection, ended where another end was due, or none.

use crate::lang::Lang;
use crate::tr;
use probe::{Connect, End, Event, Flow, Happening};
use recording::particle::subject;

/// Both are ends of a program.
pub(super) fn of_a_program(due: &End, came: &End, lang: Lang) -> Option<String> {
    match (due, came) {
        (End::Exit(due), End::Exit(came)) => Some(tr!(
            lang,
            "종료 코드가 {due}이어야 하는데 {came}입니다.",
            "The exit status is {came}; it has to be {due}."
        )),
        (End::Neither(one, other), End::Exit(came)) => Some(tr!(
            lang,
            "종료 코드가 {came}입니다. 여기서는 {one}도 {other}도 아니어야 합니다.",
            "The exit status is {came}; here it has to be another than {one} and {other}."
        )),
        (End::Failed, End::Exit(0)) => Some(tr!(
            lang,
            "종료 코드가 0, 곧 성공입니다. 여기서는 실패했으므로 0이 아니어야 합니다.",
            "The exit status is 0, success. Something failed here, so it has to be another than 0."
        )),
        (due @ (End::Exit(_) | End::Failed), End::Neither(..)) => {
            let due = match due {
                End::Exit(status) => status.to_string(),
                _ => tr!(lang, "0이 아닌 것", "another than 0"),
            };
            Some(tr!(
                lang,
                "종료 코드가 다릅니다. 기대한 것은 {due}입니다.",
                "The exit status is another: {due} is due."
            ))
        }
        _ => None,
    }
}

/// Both are ends of a connection, as a peer sees it.
pub(super) fn of_a_connection(due: &Flow, came: &Flow, lang: Lang) -> Option<String> {
    let (due_is, came_is) = (meaning(due, lang), meaning(came, lang));
    match (due_is, came_is, due, came) {
        (Some(due), Some(came), ..) => {
            let it = subject(&came);
            Some(tr!(
                lang,
                "연결의 끝이 다릅니다. {due} 대신 {it} 왔습니다.",
                "The connection ended differently: {came} instead of {due}."
            ))
        }
        (Some(due), None, _, Flow::Silence) => {
            let it = subject(&due);
            Some(tr!(
                lang,
                "{it} 와야 하는데 연결이 열린 채 아무것도 오지 않았습니다.",
                "{due} is due, but nothing came: the connection stays open."
            ))
        }
        (None, Some(came), Flow::Silence, _) => {
            let it = subject(&came);
            Some(tr!(
                lang,
                "연결이 열려 있어야 하는데 {it} 왔습니다.",
                "The connection should stay open here, but {came} came."
            ))
        }
        _ => None,
    }
}

/// Both are what came of a client's attempt to connect.
pub(super) fn of_a_connect(due: &Connect, came: &Connect, lang: Lang) -> Option<String> {
    let meaning = |connect: &Connect| match connect {
        Connect::To(_) => Some(tr!(lang, "연결됨", "a connection")),
        Connect::Refused => Some(tr!(lang, "거부(RST)", "a refusal (RST)")),
        Connect::Silence => Some(tr!(lang, "무응답", "no answer at all")),
        _ => None,
    };
    let (due, came) = (meaning(due)?, meaning(came)?);
    (due != came).then(|| {
        tr!(
            lang,
            "연결하려 한 결과가 다릅니다. 기대한 것은 {due}, 실제는 {came}입니다.",
            "The attempt to connect met with {came}; {due} is due."
        )
    })
}

/// What an end of a connection is; `None` where it is none.
pub(super) fn meaning(flow: &Flow, lang: Lang) -> Option<String> {
    match flow {
        Flow::Fin => Some(tr!(
            lang,
            "FIN(할 말을 다 하고 닫음)",
            "FIN (closed in order)"
        )),
        Flow::Rst => Some(tr!(lang, "RST(끊음)", "RST (broken off)")),
        _ => None,
    }
}

/// A program, or a connection, ended where something else was due: `expected`, or nothing
/// any more.
pub(super) fn too_early(actual: &Event, expected: Option<&Event>, lang: Lang) -> Option<String> {
    let who = &actual.who;
    let ended = match &actual.what {
        Happening::End(End::Exit(status)) => tr!(
            lang,
            "프로그램이 여기서 끝났습니다(종료 코드 {status}).",
            "The program ended here, with exit status {status}."
        ),
        Happening::Recv(Flow::Fin) => tr!(
            lang,
            "프로그램이 {who}의 연결을 여기서 닫았습니다(FIN).",
            "Here the program closed the connection of {who} (FIN)."
        ),
        Happening::Recv(Flow::Rst) => tr!(
            lang,
            "{who}의 연결이 여기서 끊겼습니다(RST).",
            "Here the connection of {who} was reset (RST)."
        ),
        Happening::Recv(flow) if *flow != Flow::Silence => tr!(
            lang,
            "여기서 {who}에게 올 것은 없습니다.",
            "Nothing is due to {who} here."
        ),
        _ => return None,
    };
    Some(match expected {
        Some(expected) => {
            let due = spoken::line(expected, lang.into());
            if matches!(expected.what, Happening::Rests(_)) {
                return Some(tr!(
                    lang,
                    "{ended} 여기서는 끝나지 않고, 무엇인가 올 때까지 쉬며 기다려야 합니다.",
                    "{ended} It was to stay here, and to wait at rest for something to come."
                ));
            }
            if expected.what.is_the_check_s() {
                return Some(tr!(
                    lang,
                    "{ended} 대화는 여기서 끝이 아닙니다. 다음은: {due}",
                    "{ended} The conversation was to go on with: {due}"
                ));
            }
            tr!(
                lang,
                "{ended} 먼저 올 것이 아직 남았습니다: {due}",
                "{ended} What is due first is still missing: {due}"
            )
        }
        None => ended,
    })
}
