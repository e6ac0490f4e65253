//! Why a scenario was skipped, or could not be judged, in a sentence. The probe reports
//! facts; every word about them is here.

use crate::lang::Lang;
use crate::tr;
use probe::{Fault, Kind, Reason, Sight};
use std::io::ErrorKind;

/// One sentence without its full stop.
pub fn sentence(reason: &Reason, lang: Lang) -> String {
    match reason {
        Reason::Missing { sight } => missing(*sight, lang),
        Reason::Ipv4Only => tr!(
            lang,
            "프로그램이 IPv6 주소([::1])에서는 시작하지 않습니다. 규약이 요구하는 것은 아닙니다",
            "the program does not start at an IPv6 address ([::1]), which the specification does not ask for"
        ),
        Reason::NotGiven => tr!(
            lang,
            "지금은 다른 프로그램을 검사하고 있습니다",
            "another program is being checked"
        ),
        Reason::NoSnapshot => tr!(
            lang,
            "비교할 스냅샷이 아직 없습니다",
            "there is no snapshot to compare with yet"
        ),
        Reason::UnreadableSnapshot { line } => tr!(
            lang,
            "스냅샷에 알 수 없는 줄이 있습니다: {line}",
            "the snapshot has a line that nobody understands: {line}"
        ),
        Reason::DidNotRun => tr!(
            lang,
            "시나리오가 실행되지 않았습니다",
            "the scenario did not run"
        ),
        Reason::CannotStart { program, error } => {
            let error = why(*error, lang);
            tr!(
                lang,
                "{program}을(를) 실행하지 못했습니다. {error}",
                "{program} could not be started: {error}"
            )
        }
        Reason::NoDescriptors => tr!(
            lang,
            "이 컴퓨터에 파일 디스크립터가 모자랍니다. 다른 프로그램을 닫거나 제한을 올리고(ulimit -n) 다시 해 보세요",
            "this machine has run out of file descriptors; close other programs or raise the limit (ulimit -n), and try again"
        ),
        Reason::NoPort { name, error } => {
            let error = why(*error, lang);
            tr!(
                lang,
                "{name}이(가) 쓸 소켓이나 포트를 얻지 못했습니다. {error}",
                "there was no socket or port for {name}: {error}"
            )
        }
        Reason::SocketsUnseen { error } => {
            let error = why(*error, lang);
            tr!(
                lang,
                "프로그램이 가진 소켓을 볼 수 없었습니다. {error}",
                "the program's sockets could not be seen: {error}"
            )
        }
        Reason::TooBusy => tr!(
            lang,
            "컴퓨터가 너무 바빠서 시간을 판단할 수 없었습니다. 다른 일이 끝난 뒤에 다시 해 보세요",
            "this machine was too busy to judge by time; try again when it has less to do"
        ),
        Reason::Scenario { fault } => wrong(*fault, lang),
    }
}

/// The kinds of error that a mistyped command or a full machine leads to; the others in
/// std's own words.
fn why(kind: Kind, lang: Lang) -> String {
    match kind.get() {
        ErrorKind::NotFound => tr!(lang, "그런 파일이 없습니다", "there is no such file"),
        ErrorKind::PermissionDenied => {
            tr!(lang, "실행할 권한이 없습니다", "permission is denied")
        }
        ErrorKind::AddrInUse => tr!(
            lang,
            "주소를 다른 프로그램이 쓰고 있습니다",
            "the address is in use"
        ),
        ErrorKind::OutOfMemory => tr!(lang, "메모리가 모자랍니다", "memory has run out"),
        _ => kind.to_string(),
    }
}

fn missing(sight: Sight, lang: Lang) -> String {
    match sight {
        Sight::HeldSockets => tr!(
            lang,
            "프로그램이 가진 소켓은 리눅스에서만 볼 수 있습니다",
            "only Linux shows which sockets a program holds"
        ),
        Sight::ExactBacklog => tr!(
            lang,
            "대기열이 꼭 backlog + 1개를 받는 것은 리눅스뿐입니다",
            "only Linux admits exactly backlog + 1 connections"
        ),
        Sight::SilentBacklog => tr!(
            lang,
            "대기열이 찼을 때 연결에 답하지 않는 것으로 알려진 시스템은 리눅스뿐입니다",
            "only Linux is known to leave a connect to a full backlog without an answer"
        ),
        Sight::PromptRefusal => tr!(
            lang,
            "윈도우는 거부를 알리기 전에 2초쯤 SYN을 되풀이합니다",
            "Windows repeats the SYN for about two seconds before it reports a refusal"
        ),
        Sight::AcceptAfterReset => tr!(
            lang,
            "이미 끊긴 연결도 accept가 내주는 것은 리눅스뿐입니다",
            "only Linux still accepts a connection that was reset before"
        ),
        Sight::TimeWaitHoldsPort => tr!(
            lang,
            "윈도우에서는 TIME_WAIT가 포트의 바인드를 막지 않습니다",
            "on Windows TIME_WAIT does not keep a port from being bound"
        ),
        Sight::StopSignal => tr!(
            lang,
            "프로그램을 멈췄다 이을 때 타임아웃이 있는 호출이 끊기는 것은 리눅스뿐입니다",
            "only Linux interrupts a call that waits with a time-out when the program is stopped"
        ),
        Sight::NoDescriptorLeft => tr!(
            lang,
            "다른 프로그램의 파일 디스크립터 수를 제한할 수 있는 것은 리눅스뿐입니다",
            "only Linux lets the check limit the file descriptors of another program"
        ),
        Sight::LongBacklog => tr!(
            lang,
            "백로그 128이 연결을 꼭 129개 받아 두는 시스템이 아닙니다",
            "this system does not admit exactly 129 connections to a backlog of 128"
        ),
        Sight::Rest => tr!(
            lang,
            "프로그램이 쉬는지 보여 주는 것은 리눅스뿐입니다",
            "only Linux shows whether a program rests"
        ),
        Sight::Memory => tr!(
            lang,
            "프로그램이 메모리를 얼마나 쓰는지는 리눅스에서만 볼 수 있습니다",
            "only Linux shows how much memory a program has"
        ),
        Sight::OtherLoopback => tr!(
            lang,
            "127.0.0.2로 가는 연결이 127.0.0.1에서 오는 것으로 알려진 시스템은 리눅스뿐입니다",
            "only on Linux a connection to 127.0.0.2 is known to come from 127.0.0.1"
        ),
        Sight::MulticastIsNoPeer => tr!(
            lang,
            "멀티캐스트 주소에 연결하려 할 때 윈도우가 무엇이라고 답하는지 알려져 있지 않습니다",
            "what Windows answers to a connect to a multicast address is not known"
        ),
        Sight::WaitingForInput => tr!(
            lang,
            "프로그램이 입력을 기다리는지는 리눅스에서만 볼 수 있습니다",
            "only Linux shows that a program waits for its input"
        ),
        Sight::Python => tr!(
            lang,
            "이 컴퓨터에 파이썬 3이 없습니다",
            "there is no Python 3 here"
        ),
        Sight::CutsDatagrams => tr!(
            lang,
            "윈도우는 버퍼보다 큰 데이터그램을 오류로 알립니다",
            "Windows reports an error where a buffer is too small for a datagram"
        ),
        Sight::PortClosedForAWhile => tr!(
            lang,
            "UDP 포트를 잠시 닫아 둘 수 있는 것으로 알려진 시스템은 리눅스뿐입니다",
            "only Linux is known to let a UDP port be closed for a while"
        ),
        Sight::Ipv6 => tr!(
            lang,
            "이 컴퓨터에 IPv6 루프백 주소가 없습니다",
            "there is no IPv6 loopback address here"
        ),
        Sight::LargestDatagram => tr!(
            lang,
            "macOS는 데이터그램을 9,216바이트까지만 보냅니다(net.inet.udp.maxdgram)",
            "macOS takes datagrams of 9,216 bytes at most (net.inet.udp.maxdgram)"
        ),
        Sight::LocalhostBothWays => tr!(
            lang,
            "이 컴퓨터에서 localhost는 ::1과 127.0.0.1 둘 다의 이름이 아닙니다",
            "localhost is not the name of both ::1 and 127.0.0.1 here"
        ),
        Sight::Interrupt => tr!(
            lang,
            "윈도우에서는 Ctrl+C가 검사에도 닿습니다",
            "on Windows a Ctrl+C reaches the check as well"
        ),
        Sight::Terminate => tr!(
            lang,
            "윈도우에는 SIGTERM이 없습니다",
            "Windows has no SIGTERM"
        ),
        Sight::SharedBind => tr!(
            lang,
            "두 소켓을 한 TCP 주소에 바인드할 수 있는 것으로 알려진 시스템은 리눅스뿐입니다",
            "only Linux is known to let two sockets be bound to one TCP address"
        ),
        Sight::LittleRoom => tr!(
            lang,
            "이 컴퓨터에서는 상대가 읽지 않을 때 얼마나 보낼 수 있는지 알려져 있지 않습니다",
            "how much can be sent to a peer that does not read is not known of this system"
        ),
        Sight::SecondLoopback => tr!(
            lang,
            "macOS의 루프백 주소는 127.0.0.1 하나뿐입니다",
            "macOS has 127.0.0.1 as its only loopback address"
        ),
    }
}

fn wrong(fault: Fault, lang: Lang) -> String {
    match fault {
        Fault::LeftEarly => tr!(
            lang,
            "시나리오 자체에 잘못이 있습니다",
            "the scenario itself went wrong"
        ),
        Fault::NotAllAskedFor => tr!(
            lang,
            "시나리오가 풀이의 말을 다 듣지 않습니다",
            "the scenario does not ask for all that the solution says"
        ),
        Fault::NoAddress => tr!(
            lang,
            "시나리오가 주소를 알리지 않는 프로그램의 주소를 묻습니다",
            "the scenario asks for the address of a program that is to print none"
        ),
        Fault::NotToldInTime => tr!(
            lang,
            "시나리오가 기다린 시간을 판정하면서 한 번만 실행됩니다",
            "the scenario judges a wait, and is played only once"
        ),
        Fault::NotJoined => tr!(
            lang,
            "시나리오의 middle에 아직 클라이언트가 이어지지 않았습니다",
            "the scenario's middle was not joined to a client"
        ),
        Fault::NothingHeld => tr!(
            lang,
            "시나리오의 middle이 전할 것을 갖고 있지 않습니다",
            "the scenario's middle holds nothing"
        ),
        Fault::NobodyToReplyTo => tr!(
            lang,
            "시나리오의 상대가 아직 받은 것이 없어 답할 곳이 없습니다",
            "the scenario's peer has nobody to reply to yet"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_not_there_is_named() {
        let reason = Reason::CannotStart {
            program: "pyton3".to_owned(),
            error: ErrorKind::NotFound.into(),
        };
        assert_eq!(
            sentence(&reason, Lang::En),
            "pyton3 could not be started: there is no such file"
        );
        assert!(sentence(&reason, Lang::Ko).starts_with("pyton3을(를)"));
    }
}
