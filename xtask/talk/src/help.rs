//! `:help`: every command, with what it does.

use crate::screen::Screen;
use talk::lang::Lang;

/// How it is written, and what it does, in Korean and in English.
const COMMANDS: [(&str, &str, &str); 13] = [
    (
        "안녕",
        "그대로 보냅니다. TCP에서는 뒤에 \\n을 붙입니다",
        "goes out as it is; over TCP with \\n behind it",
    ),
    (
        "::fin",
        ":로 시작하는 문자열 :fin을 보냅니다",
        "sends the text :fin",
    ),
    (
        ":send \"안녕\\n\" [ff]",
        "줄 바꿈을 붙이지 않고 보냅니다",
        "sends exactly these bytes",
    ),
    (
        ":hex ec 95 88",
        "바이트를 16진수로 보냅니다",
        "sends bytes by their numbers",
    ),
    (
        ":split 2",
        "다음에 보낼 것을 2바이트씩 나누어 보냅니다",
        "what goes out next goes in pieces of 2 bytes",
    ),
    (
        ":wait 300",
        "300 ms 동안 보내지 않고 기다립니다",
        "sends nothing for 300 ms",
    ),
    (
        ":recv 15",
        "15바이트가 올 때까지 기다립니다",
        "waits until 15 bytes have come",
    ),
    (
        ":recv, :recv end",
        "무엇이든, FIN이나 RST가 올 때까지 기다립니다",
        "waits for anything; for FIN or RST",
    ),
    (
        ":fin",
        "FIN: 내 방향만 닫습니다(shutdown)",
        "FIN: ends your own direction (shutdown)",
    ),
    (":close", "FIN: 소켓을 닫습니다", "FIN: closes the socket"),
    (
        ":reset",
        "RST: 연결을 끊습니다",
        "RST: breaks the connection off",
    ),
    (
        ":next",
        "새로 연결하거나 다음 연결을 받습니다",
        "a new connection, made or accepted",
    ),
    (
        ":note, :quit",
        "메모를 보여 줍니다, 끝냅니다",
        "shows a note; ends",
    ),
];

pub(crate) fn show(screen: &Screen) {
    for (written, ko, en) in COMMANDS {
        let what = match screen.lang() {
            Lang::Ko => ko,
            Lang::En => en,
        };
        // A Hangul syllable is two columns wide.
        let wide = written.chars().filter(|c| !c.is_ascii()).count();
        let pad = " ".repeat(21usize.saturating_sub(written.chars().count() + wide));
        screen.say(&format!("  {written}{pad}{what}"));
    }
}
