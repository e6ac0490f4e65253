//! What a call has done that has ended.

use super::failed::failed;
use super::{argument, both, fd, named};
use crate::particle::{object, subject, topic};
use crate::{Argument, Call, Change, Outcome, Returned, Said};

/// `changes` are what became of sockets; `waited`: something of others came before it ended.
pub(crate) fn ended(call: &Call, outcome: &Outcome, changes: &[Change<'_>], waited: bool) -> Said {
    let (name, fd) = (named(call), fd(call));
    let count = match &outcome.returned {
        Returned::Value(count) => *count,
        Returned::Error(error) => return failed(call, error, waited),
        Returned::Some if call.name == "epoll_wait" => {
            return both("준비된 것이 있습니다.", "Something is ready.");
        }
        Returned::Some => return in_part(outcome.again),
        Returned::Never => {
            return both(
                format!("{} 기록이 끝날 때까지 돌아오지 않았습니다.", topic(&name)),
                format!("{name} had not returned when the recording ended."),
            );
        }
    };
    let number = count.to_string();
    match call.name.as_str() {
        "socket" => {
            let kind = argument(&call.arguments, "type");
            both(
                format!(
                    "커널이 {kind} 소켓 {} 만들었습니다. 아직 주소가 없습니다.",
                    object(&number)
                ),
                format!("The kernel made socket {count}, a {kind}. It has no address yet."),
            )
        }
        "bind" => {
            let local = local(call, outcome);
            both(
                format!("소켓 {} {local}에 바인드했습니다.", object(fd)),
                format!("Socket {fd} is bound to {local}."),
            )
        }
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
                    "{name}가 대기열에서 {from}의 연결을 꺼내 소켓 {} 만들었습니다.",
                    object(&number)
                ),
                format!(
                    "{name} took the connection of {from} out of the queue and made socket {count} for it."
                ),
            )
        }
        "connect" => {
            let to = argument(&call.arguments, "addr");
            if changes.iter().any(|change| change.after.kind == "UDP") {
                return both(
                    format!(
                        "소켓 {} 이제 {to}와만 주고받습니다. 다른 곳에서 오는 데이터그램은 커널이 버립니다.",
                        topic(fd)
                    ),
                    format!(
                        "Socket {fd} sends to {to} and receives from there alone: the kernel drops what comes from elsewhere."
                    ),
                );
            }
            both(
                format!("소켓 {} {to}에 연결되었습니다.", subject(fd)),
                format!("Socket {fd} is connected to {to}."),
            )
        }
        "dup" | "dup2" => both(
            format!(
                "소켓 {} 가리키는 서술자를 하나 더 만들었습니다: {count}.",
                object(fd)
            ),
            format!("One more descriptor for socket {fd}: {count}."),
        ),
        "send" | "sendto" | "sendmsg" | "write" | "writev" if fd == "1" || fd == "2" => {
            let what = argument(&call.arguments, "buf");
            both(format!("출력했습니다: {what}"), format!("Printed: {what}"))
        }
        "send" | "sendto" | "sendmsg" | "write" | "writev" => both(
            format!("{count}바이트를 모두 커널에 넘겼습니다. 보내는 일은 커널이 합니다."),
            format!(
                "It handed all of {} over to the kernel, which sends them.",
                bytes(count)
            ),
        ),
        "recv" | "read" if count == 0 && asks_for_nothing(&call.arguments) => both(
            "0이 돌아왔습니다: 0바이트를 달라고 했기 때문입니다. 상대가 끝냈다는 뜻이 아닙니다.",
            "0 came back, because 0 bytes were asked for. It does not mean that the peer has finished.",
        ),
        "recv" | "read" | "readv" | "recvmsg" if count == 0 && fd == "0" => both(
            "0이 돌아왔습니다: 입력이 끝났고, 더 칠 줄이 없습니다.",
            "0 came back: the input has ended, and no more lines will come.",
        ),
        "recv" | "read" | "readv" | "recvmsg" if count == 0 => both(
            "0이 돌아왔습니다: 상대가 보내기를 끝냈고(FIN), 더 올 것이 없습니다.",
            "0 came back: the peer has finished sending (FIN), and nothing more will come.",
        ),
        "read" | "readv" if fd == "0" => {
            let what = argument(&outcome.wrote, "buf");
            both(
                format!("친 것을 읽었습니다: {what}"),
                format!("What was typed is read: {what}"),
            )
        }
        "recv" | "read" | "readv" | "recvmsg" => {
            let what = argument(&outcome.wrote, "buf");
            both(
                format!("{count}바이트를 받았습니다: {what}"),
                format!("{} came: {what}", bytes(count)),
            )
        }
        "recvfrom" => {
            let from = argument(&outcome.wrote, "src_addr");
            let what = argument(&outcome.wrote, "buf");
            both(
                format!("{from}에서 온 데이터그램 하나를 받았습니다: {what}"),
                format!("A datagram from {from} was received: {what}"),
            )
        }
        "shutdown" => shut(fd, argument(&call.arguments, "how")),
        "close" => closed(fd, changes),
        "getsockname" | "getpeername" => {
            let addr = argument(&outcome.wrote, "addr");
            both(
                format!("커널에 물어보니 주소는 {addr}입니다."),
                format!("The address, asked of the kernel, is {addr}."),
            )
        }
        "setsockopt" => {
            let option = argument(&call.arguments, "optname");
            let value = argument(&call.arguments, "optval");
            both(
                format!("소켓 {fd}의 {option}: {value}."),
                format!("{option} of socket {fd} is set: {value}."),
            )
        }
        "getsockopt" => {
            let option = argument(&call.arguments, "optname");
            both(
                format!("소켓 {fd}의 {option} 값을 커널에 물었습니다."),
                format!("{option} of socket {fd}, asked of the kernel."),
            )
        }
        "fcntl" | "ioctl" if is_about_waiting(call) => match waits_no_more(call) {
            true => both(
                format!("소켓 {} 이제 기다리지 않습니다(논블로킹).", topic(fd)),
                format!("Calls on socket {fd} do not wait from now on (non-blocking)."),
            ),
            false => both(
                format!("소켓 {} 다시 기다립니다(블로킹).", topic(fd)),
                format!("Calls on socket {fd} wait again (blocking)."),
            ),
        },
        "poll" | "select" | "epoll_wait" if count == 0 => both(
            "시간이 다 될 때까지 아무 일도 없었습니다.",
            "The time was up, and nothing had happened.",
        ),
        "poll" | "select" | "epoll_wait" => both(
            format!("준비된 것이 {count}개 있습니다."),
            format!("Ready: {count}."),
        ),
        _ => both(
            format!("{} {} 돌려주었습니다.", subject(&name), object(&number)),
            format!("{name} returned {count}."),
        ),
    }
}

/// `fcntl(F_SETFL)` and `ioctl(FIONBIO)` say whether calls wait.
fn is_about_waiting(call: &Call) -> bool {
    let says = ["F_SETFL", "FIONBIO"];
    call.arguments
        .iter()
        .any(|it| says.contains(&it.value.as_str()))
}

fn waits_no_more(call: &Call) -> bool {
    let last = call.arguments.last().map(|it| it.value.as_str());
    matches!(last, Some("O_NONBLOCK" | "1"))
}

/// What becomes of those who wait in the queue of a listener that is closed, on Linux.
fn closed(fd: &str, changes: &[Change<'_>]) -> Said {
    let before = changes.iter().find_map(|change| change.before);
    let queue = before.filter(|it| it.state == "LISTEN");
    match queue.map(|it| it.queue) {
        None => both(
            format!("소켓 {} 닫았습니다.", object(fd)),
            format!("Socket {fd} is closed."),
        ),
        Some(0) => both(
            format!(
                "대기 소켓 {} 닫았습니다. 이제 연결은 거부됩니다.",
                object(fd)
            ),
            format!("Socket {fd}, which listened, is closed: connections are refused now."),
        ),
        Some(count) => both(
            format!(
                "대기 소켓 {} 닫았습니다. 대기열에 있던 연결 {count}개는 커널이 끊습니다(RST).",
                object(fd)
            ),
            format!(
                "Socket {fd}, which listened, is closed; the kernel breaks off what waited in its queue ({count}, RST)."
            ),
        ),
    }
}

fn bytes(count: i64) -> String {
    match count {
        1 => "1 byte".to_owned(),
        count => format!("{count} bytes"),
    }
}

/// Not every system tells of a socket that is bound, and no more.
fn local<'a>(call: &'a Call, outcome: &'a Outcome) -> &'a str {
    let socket = outcome
        .sockets
        .iter()
        .find(|it| it.fd.to_string() == fd(call));
    let local = socket
        .map(|it| it.local.as_str())
        .filter(|it| !it.is_empty());
    local.unwrap_or_else(|| argument(&call.arguments, "addr"))
}

/// The directions that are shut down (`man 2 shutdown`).
fn shut(fd: &str, how: &str) -> Said {
    match how {
        "SHUT_RD" => both(
            format!("소켓 {fd}에서 받기를 끝냈습니다."),
            format!("Receiving on socket {fd} is over."),
        ),
        "SHUT_WR" => both(
            format!("소켓 {fd}에서 보내기를 끝냈습니다(FIN). 받기는 계속됩니다."),
            format!("Sending on socket {fd} is over (FIN); receiving goes on."),
        ),
        _ => both(
            format!("소켓 {fd}에서 보내기(FIN)와 받기를 모두 끝냈습니다."),
            format!("Sending (FIN) and receiving on socket {fd} are over."),
        ),
    }
}

/// The kernel took as much as it had room for.
fn in_part(again: bool) -> Said {
    if again {
        return both(
            "같은 줄에서 거듭 넘깁니다. 몇 번인지, 한 번에 얼마인지는 커널이 정합니다.",
            "The same line hands over again and again; how often, and how much at a time, is the kernel's choice.",
        );
    }
    both(
        "커널이 송신 버퍼에 자리가 있는 만큼만 가져갔습니다. 나머지는 아직 넘기지 않았습니다.",
        "The kernel took as much as there was room for in the send buffer; the rest is not handed over yet.",
    )
}

/// Is there no room for a byte (`man 2 recv`, `len`; `man 2 read`, `count`)?
fn asks_for_nothing(arguments: &[Argument]) -> bool {
    ["len", "count"]
        .iter()
        .any(|name| argument(arguments, name) == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said_of_a_recv_with_room_for(len: &str) -> String {
        let argument = |name: &str, value: &str| Argument {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let call = Call {
            id: 1,
            who: "program".to_owned(),
            thread: 0,
            name: "recv".to_owned(),
            arguments: vec![argument("sockfd", "4"), argument("len", len)],
            line: None,
        };
        let outcome = Outcome {
            returned: Returned::Value(0),
            wrote: Vec::new(),
            sockets: Vec::new(),
            again: false,
        };
        ended(&call, &outcome, &[], false).en
    }

    #[test]
    fn a_zero_that_was_asked_for_is_no_end() {
        assert!(said_of_a_recv_with_room_for("0").contains("0 bytes were asked for"));
        assert!(said_of_a_recv_with_room_for("4").contains("(FIN)"));
    }
}
