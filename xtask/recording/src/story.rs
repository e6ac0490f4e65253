//! A run step by step: what each event is about, whether it matters, and one sentence on it
//! in either language.

use crate::change::{Change, Sockets};
use crate::particle::{object, subject, topic};
use crate::{Argument, Call, Event, Outcome, Returned, Run};
use std::collections::BTreeMap;

/// An event as a reader steps on it.
#[derive(Clone, Debug)]
pub struct Step<'run> {
    /// The event itself.
    pub event: &'run Event,
    /// The call that it is about, also where it only ends here.
    pub call: Option<&'run Call>,
    /// Whether it blocks, fails, changes a socket, or moves bytes.
    pub matters: bool,
    /// What happens.
    pub said: Said,
    /// What became of sockets.
    pub changes: Vec<Change<'run>>,
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

/// All steps of a run, in their order.
pub fn steps(run: &Run) -> Vec<Step<'_>> {
    let mut open: BTreeMap<u32, &Call> = BTreeMap::new();
    let mut sockets = Sockets::default();
    let mut steps = Vec::new();
    for event in &run.events {
        let (call, (ko, en), matters) = match event {
            Event::Call { call, outcome } => {
                (Some(call), ended(call, outcome), moves(call, outcome))
            }
            Event::Begins { call } => {
                open.insert(call.id, call);
                (Some(call), waits(call), true)
            }
            Event::Ends { id, outcome } => {
                let call = open.remove(id);
                let said = call.map(|call| ended(call, outcome)).unwrap_or_default();
                (call, said, true)
            }
            Event::Peer { line, .. } => (None, of_a_peer(line), true),
            Event::Over { who, how } => (None, over(who, how), true),
        };
        let who = call.map_or("", |call| call.who.as_str());
        steps.push(Step {
            event,
            call,
            matters,
            said: Said { ko, en },
            changes: sockets.after(who, event),
        });
    }
    steps
}

fn moves(call: &Call, outcome: &Outcome) -> bool {
    let asks = [
        "getsockname",
        "getpeername",
        "getsockopt",
        "setsockopt",
        "fcntl",
        "ioctl",
    ];
    let fails = matches!(outcome.returned, Returned::Error(_));
    fails || !outcome.sockets.is_empty() || !asks.contains(&call.name.as_str())
}

fn argument<'a>(of: &'a [Argument], name: &str) -> &'a str {
    let found = of.iter().find(|it| it.name == name);
    found.map_or("", |it| it.value.as_str())
}

fn fd(call: &Call) -> &str {
    let first = call.arguments.first();
    first.map_or("", |it| it.value.as_str())
}

type Both = (String, String);

fn both(ko: String, en: String) -> Both {
    (ko, en)
}

/// What a call waits for that has not ended yet.
fn waits(call: &Call) -> Both {
    let (name, fd) = (&call.name, fd(call));
    match name.as_str() {
        "accept" => both(
            format!("`accept`는 소켓 {fd}의 대기열에 연결이 올 때까지 기다립니다."),
            format!("`accept` waits until there is a connection in the queue of socket {fd}."),
        ),
        "recv" | "read" | "readv" | "recvmsg" if fd == "0" => both(
            format!(
                "{} 누가 줄을 칠 때까지 기다립니다.",
                topic(&format!("`{name}`"))
            ),
            format!("`{name}` waits until a line is typed."),
        ),
        "recv" | "read" | "readv" | "recvmsg" => both(
            format!(
                "{} 소켓 {fd}에 바이트가 오거나 상대가 끝낼 때까지 기다립니다.",
                topic(&format!("`{name}`"))
            ),
            format!("`{name}` waits for bytes on socket {fd}, or for the end of the peer's."),
        ),
        "recvfrom" => both(
            format!("`recvfrom`은 소켓 {fd}에 데이터그램이 올 때까지 기다립니다."),
            format!("`recvfrom` waits for a datagram on socket {fd}."),
        ),
        "connect" => both(
            "`connect`는 상대의 커널이 답할 때까지 기다립니다.".to_owned(),
            "`connect` waits for the answer of the peer's kernel.".to_owned(),
        ),
        _ => both(
            format!("`{name}`에서 기다립니다."),
            format!("It waits in `{name}`."),
        ),
    }
}

fn ended(call: &Call, outcome: &Outcome) -> Both {
    let (name, fd) = (&call.name, fd(call));
    let count = match &outcome.returned {
        Returned::Value(count) => *count,
        Returned::Error(error) => return failed(call, error),
        Returned::Some => return in_part(outcome.again),
        Returned::Never => {
            return both(
                format!(
                    "{} 돌아오지 않았습니다. 그 전에 프로그램이 끝났습니다.",
                    topic(&format!("`{name}`"))
                ),
                format!("`{name}` did not return: the program ended before."),
            );
        }
    };
    let socket = outcome.sockets.iter().find(|it| it.fd.to_string() == fd);
    let local = socket.map(|it| it.local.as_str());
    // Not every system tells of a socket that is bound, and no more.
    let local = local.filter(|it| !it.is_empty());
    let local = local.unwrap_or_else(|| argument(&call.arguments, "addr"));
    match name.as_str() {
        "socket" => {
            let kind = argument(&call.arguments, "type");
            both(
                format!(
                    "커널이 {kind} 소켓 {} 만들었습니다. 아직 주소가 없습니다.",
                    object(&count.to_string())
                ),
                format!("The kernel made socket {count}, a {kind}. It has no address yet."),
            )
        }
        "bind" => both(
            format!("소켓 {} {local}에 바인드했습니다.", object(fd)),
            format!("Socket {fd} is bound to {local}."),
        ),
        "listen" => both(
            format!(
                "소켓 {} 연결을 받습니다: 이제부터 커널이 대기열에 넣습니다.",
                subject(fd)
            ),
            format!("Socket {fd} is ready for connections: from now on the kernel queues them."),
        ),
        "accept" => {
            let from = argument(&outcome.wrote, "addr");
            both(
                format!(
                    "`accept`가 대기열에서 {from}의 연결을 꺼내 소켓 {} 만들었습니다.",
                    object(&count.to_string())
                ),
                format!(
                    "`accept` took the connection of {from} out of the queue and made socket {count} for it."
                ),
            )
        }
        "connect" => {
            let to = argument(&call.arguments, "addr");
            both(
                format!("소켓 {} {to}에 연결되었습니다.", subject(fd)),
                format!("Socket {fd} is connected to {to}."),
            )
        }
        "send" | "sendto" | "sendmsg" | "write" | "writev" if fd == "1" || fd == "2" => {
            let what = argument(&call.arguments, "buf");
            both(format!("출력했습니다: {what}"), format!("Printed: {what}"))
        }
        "send" | "sendto" | "sendmsg" | "write" | "writev" => both(
            format!("{count}바이트를 커널에 넘겼습니다. 나머지는 커널이 보냅니다."),
            format!("It handed {count} bytes over to the kernel, which sends them on."),
        ),
        "recv" | "read" | "readv" | "recvmsg" if count == 0 => both(
            "0이 돌아왔습니다: 상대가 보내기를 끝냈고(FIN), 더 올 것이 없습니다.".to_owned(),
            "0 came back: the peer has finished sending (FIN), and nothing more will come."
                .to_owned(),
        ),
        "recv" | "read" | "readv" | "recvmsg" => both(
            format!(
                "{count}바이트를 받았습니다: {}",
                argument(&outcome.wrote, "buf")
            ),
            format!("{count} bytes came: {}", argument(&outcome.wrote, "buf")),
        ),
        "recvfrom" => both(
            format!(
                "{}에서 온 데이터그램 하나를 받았습니다: {}",
                argument(&outcome.wrote, "src_addr"),
                argument(&outcome.wrote, "buf")
            ),
            format!(
                "A datagram from {} was received: {}",
                argument(&outcome.wrote, "src_addr"),
                argument(&outcome.wrote, "buf")
            ),
        ),
        "shutdown" => both(
            format!(
                "소켓 {fd}의 방향을 닫았습니다({}).",
                argument(&call.arguments, "how")
            ),
            format!(
                "A direction of socket {fd} is closed ({}).",
                argument(&call.arguments, "how")
            ),
        ),
        "close" => both(
            format!("소켓 {} 닫았습니다.", object(fd)),
            format!("Socket {fd} is closed."),
        ),
        "getsockname" | "getpeername" => {
            let addr = argument(&outcome.wrote, "addr");
            both(
                format!("커널에 물은 주소는 {addr}입니다."),
                format!("The address, asked of the kernel, is {addr}."),
            )
        }
        "setsockopt" | "getsockopt" => {
            let option = argument(&call.arguments, "optname");
            both(
                format!("소켓 {fd}의 옵션 {option}입니다."),
                format!("An option of socket {fd}: {option}."),
            )
        }
        _ => both(
            format!(
                "{} {} 돌려주었습니다.",
                subject(&format!("`{name}`")),
                object(&count.to_string())
            ),
            format!("`{name}` returned {count}."),
        ),
    }
}

/// The kernel took as much as it had room for.
fn in_part(again: bool) -> Both {
    if again {
        return both(
            "남은 것을 같은 줄에서 되풀이해 넘깁니다. 몇 번인지, 한 번에 얼마인지는 커널이 정합니다."
                .to_owned(),
            "What is left is handed over from the same line, again and again; how often, and how much at a time, is the kernel's choice."
                .to_owned(),
        );
    }
    both(
        "커널이 송신 버퍼에 자리가 있는 만큼만 가져갔습니다. 나머지는 아직 넘기지 않았습니다."
            .to_owned(),
        "The kernel took as much as there was room for in the send buffer; the rest is not handed over yet."
            .to_owned(),
    )
}

fn failed(call: &Call, error: &str) -> Both {
    let name = &call.name;
    let (ko, en) = match error {
        "EADDRINUSE" => ("그 주소는 이미 쓰이고 있습니다", "the address is in use"),
        "EADDRNOTAVAIL" => (
            "이 컴퓨터의 주소가 아닙니다",
            "it is not an address of this machine",
        ),
        "ECONNREFUSED" => ("거기서 아무도 듣고 있지 않습니다", "nobody listens there"),
        "ECONNRESET" => (
            "상대가 연결을 끊었습니다(RST)",
            "the peer broke the connection off (RST)",
        ),
        "EPIPE" => (
            "상대가 이미 연결을 끊었습니다",
            "the peer has broken the connection off already",
        ),
        "ENOTCONN" => ("연결되어 있지 않습니다", "it is not connected"),
        "EAGAIN" => ("지금은 안 됩니다", "not now"),
        "EINPROGRESS" => (
            "연결하는 중이고, 기다리지 않습니다",
            "it is connecting, and does not wait",
        ),
        "EINTR" => ("시그널이 와서 멈추었습니다", "a signal interrupted it"),
        "EMSGSIZE" => (
            "데이터그램 하나에 담기에는 너무 깁니다",
            "it is too long for one datagram",
        ),
        _ => ("", ""),
    };
    if ko.is_empty() {
        return both(
            format!("{} 실패했습니다: {error}.", subject(&format!("`{name}`"))),
            format!("`{name}` failed: {error}."),
        );
    }
    both(
        format!(
            "{} 실패했습니다: {ko}({error}).",
            subject(&format!("`{name}`"))
        ),
        format!("`{name}` failed: {en} ({error})."),
    )
}

/// The line itself says it; what it means to the program is not seen yet.
fn of_a_peer(line: &str) -> Both {
    let mut words = line.split_whitespace();
    let (who, what) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    if words.next() == Some("silence") {
        return both(
            format!("{} 기다렸지만 아무것도 오지 않았습니다.", subject(who)),
            format!("{who} waited, and nothing came."),
        );
    }
    let (ko, en) = match what {
        "connect" => (
            "연결했습니다. 프로그램의 커널이 받아 대기열에 둡니다.",
            "connects; the program's kernel puts the connection into the queue.",
        ),
        "send" => (
            "보냈습니다. 프로그램이 읽을 때까지 수신 버퍼에 있습니다.",
            "sends; the bytes are in the receive buffer until the program reads them.",
        ),
        "sendto" => ("데이터그램을 보냈습니다.", "sends a datagram."),
        "recv" | "recvfrom" => ("받았습니다.", "receives."),
        "accept" => ("연결을 받았습니다.", "accepts the connection."),
        "shutdown" => ("보내기를 끝냈습니다(FIN).", "finishes sending (FIN)."),
        "close" => ("연결을 닫았습니다(FIN).", "closes its connection (FIN)."),
        "reset" => (
            "연결을 끊었습니다(RST).",
            "breaks its connection off (RST).",
        ),
        "silent" => ("잠시 읽지 않습니다.", "reads nothing for a while."),
        "listen" => ("듣고 있습니다.", "listens."),
        "bind" => ("포트를 바인드했습니다.", "has bound a port."),
        "stdin" => ("에 줄을 칩니다.", ": somebody types."),
        // The line says it all.
        _ => return Both::default(),
    };
    let blank = if en.starts_with(':') { "" } else { " " };
    let ko = match what {
        "stdin" => format!("{who}{ko}"),
        _ => format!("{} {ko}", subject(who)),
    };
    both(ko, format!("{who}{blank}{en}"))
}

fn over(who: &str, how: &str) -> Both {
    both(
        format!(
            "{} 끝났습니다: {how}. 열린 소켓은 커널이 닫습니다.",
            subject(who)
        ),
        format!("{who} is over: {how}. The kernel closes the sockets that are open."),
    )
}
