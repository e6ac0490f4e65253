//! What a peer did, or whoever sits at the keyboard; and how a program ended.

use super::both;
use crate::Said;
use crate::particle::subject;

/// Empty where the line itself says it all. What it means to the program is not seen yet.
pub(crate) fn of_a_peer(line: &str) -> Said {
    let mut words = line.split_whitespace();
    let who = words.next().unwrap_or_default();
    let what = words.next().unwrap_or_default();
    let rest = words.next().unwrap_or_default();
    let it = subject(who);
    let said = |ko: &str, en: &str| both(format!("{it} {ko}"), format!("{who} {en}"));
    match (what, rest) {
        (_, "silence") => said(
            "기다렸지만 아무것도 오지 않았습니다.",
            "waited, and nothing came.",
        ),
        ("connect", rest) if !rest.contains(':') => said(
            "연결하려 했지만, 연결되지 않았습니다.",
            "tried to connect, and did not get a connection.",
        ),
        ("connect", _) => said(
            "연결했습니다. 프로그램의 커널이 받아 대기열에 둡니다.",
            "connects; the program's kernel puts the connection into the queue.",
        ),
        ("send", _) => said(
            "보냈습니다. 프로그램이 읽을 때까지 수신 버퍼에 있습니다.",
            "sends; the bytes are in the receive buffer until the program reads them.",
        ),
        ("sendto", _) => said("데이터그램을 보냈습니다.", "sends a datagram."),
        ("recv", "FIN") => said(
            "끝을 받았습니다(FIN). 더 올 것이 없습니다.",
            "receives the end (FIN): nothing more will come.",
        ),
        ("recv", "RST") => said(
            "연결이 끊긴 것을 봅니다(RST).",
            "sees that the connection is broken off (RST).",
        ),
        ("recv", _) => said("받았습니다.", "receives it."),
        ("recvfrom", _) => said("데이터그램을 받았습니다.", "receives a datagram."),
        ("accept", _) => said("연결을 수락했습니다.", "accepts the connection."),
        ("shutdown", _) => said("보내기를 끝냈습니다(FIN).", "finishes sending (FIN)."),
        ("close", _) => said("연결을 닫았습니다(FIN).", "closes its connection (FIN)."),
        ("reset", _) => said(
            "연결을 끊었습니다(RST).",
            "breaks its connection off (RST).",
        ),
        ("silent", _) => said("잠시 읽지 않습니다.", "reads nothing for a while."),
        ("listen", _) => said("듣고 있습니다.", "listens."),
        ("full", _) => said(
            "대기열이 가득 찬 채로 듣고 있습니다.",
            "listens, and its queue is full.",
        ),
        ("bind", _) => said("포트를 바인드했습니다.", "has bound a port."),
        ("stdin", "end") => both("입력을 끝냅니다.", "The input is ended."),
        ("stdin", _) => both("누가 줄을 칩니다.", "Somebody types a line."),
        _ => both("", ""),
    }
}

/// `sockets`: some of the program's were open.
pub(crate) fn over(who: &str, how: &str, sockets: bool) -> Said {
    let (ko, en) = if sockets {
        (
            " 열린 소켓은 커널이 닫습니다.",
            " The kernel closes the sockets that are open.",
        )
    } else {
        ("", "")
    };
    let status = how
        .strip_prefix("exit ")
        .map(|it| format!("종료 코드 {it}"));
    let so = status.unwrap_or_else(|| how.to_owned());
    both(
        format!("{} 끝났습니다: {so}.{ko}", subject(who)),
        format!("{who} is over: {how}.{en}"),
    )
}
