//! What a call waits for that has not ended yet.

use super::{both, fd, named};
use crate::particle::topic;
use crate::{Call, Said};

pub(crate) fn waits(call: &Call) -> Said {
    let (name, fd) = (named(call), fd(call));
    let it = topic(&name);
    match call.name.as_str() {
        "accept" => both(
            format!("{it} 소켓 {fd}의 대기열에 연결이 올 때까지 기다립니다."),
            format!("{name} waits until there is a connection in the queue of socket {fd}."),
        ),
        "recv" | "read" | "readv" | "recvmsg" if fd == "0" => both(
            format!("{it} 누가 줄을 칠 때까지 기다립니다."),
            format!("{name} waits until a line is typed."),
        ),
        "recv" | "read" | "readv" | "recvmsg" => both(
            format!("{it} 소켓 {fd}에 바이트가 오거나 상대가 끝낼 때까지 기다립니다."),
            format!("{name} waits for bytes on socket {fd}, or for the peer to finish."),
        ),
        "recvfrom" => both(
            format!("{it} 소켓 {fd}에 데이터그램이 올 때까지 기다립니다."),
            format!("{name} waits for a datagram on socket {fd}."),
        ),
        "connect" => both(
            format!("{it} 상대의 커널이 답할 때까지 기다립니다."),
            format!("{name} waits for the answer of the peer's kernel."),
        ),
        "poll" | "select" | "epoll_wait" => both(
            format!("{it} 소켓이 준비되거나 시간이 다 될 때까지 기다립니다."),
            format!("{name} waits until a socket is ready, or its time is up."),
        ),
        _ => both(
            format!("{name}에서 기다립니다."),
            format!("It waits in {name}."),
        ),
    }
}
