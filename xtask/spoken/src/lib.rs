//! A transcript's lines in the reader's language. What was printed, typed or sent stays as
//! it is; names of calls and of TCP's signs (connect, recv, FIN) are the same everywhere. The
//! tool's reports say it so, and the book's figures.

#![warn(missing_docs, unreachable_pub)]

use probe::{End, Event, Flow, Happening, Message, Stderr, Text};
pub use specification::Lang;

/// `client-a  recv  "반갑습니다" 15바이트`; a lesson's only program needs no name.
pub fn line(event: &Event, lang: Lang) -> String {
    let (word, rest) = words(&event.what, lang);
    let who = match event.who.as_str() {
        probe::ONLY => String::new(),
        who => format!("{who}  "),
    };
    format!("{who}{word}  {rest}").trim_end().to_owned()
}

/// The word for what happened, and what follows it.
pub fn words(what: &Happening, lang: Lang) -> (String, String) {
    let (word, rest) = (
        what.word(),
        outside_quotes(&what.rest(), without_the_digest),
    );
    if lang == Lang::En {
        return (word.to_owned(), rest);
    }
    let word = WORDS.iter().find(|(english, _)| *english == word);
    let word = word.map_or(what.word(), |(_, korean)| korean);
    (word.to_owned(), in_korean(what, &rest))
}

/// Words of ours for what no call does.
const WORDS: [(&str, &str); 18] = [
    ("told", "말함"),
    ("closed", "닫음"),
    ("ended", "끝남"),
    ("silent", "읽지 않음"),
    ("away", "닫혀 있음"),
    ("back", "다시 열림"),
    ("rests", "쉬고 있음"),
    ("busy", "쉬지 않고 돎"),
    ("goes-on", "끝나지 않음"),
    ("unread", "읽히지 않음"),
    ("stopped", "멈춤"),
    ("descriptors", "디스크립터"),
    ("lost", "잃어버림"),
    ("memory", "메모리"),
    ("sockets", "소켓"),
    ("endpoints", "종단점"),
    ("address", "주소"),
    ("full", "꽉 참"),
];

/// What stands in a transcript in English and is read in Korean: as it stands there, without
/// the blanks and commas around it. What no figure shows (`digest`) is not among it.
pub fn translated() -> impl Iterator<Item = &'static str> {
    let all = WORDS.iter().chain(&PHRASES).map(|(english, _)| *english);
    let all = all.chain(["a line naming", "a number from"]);
    all.map(|english| english.trim_matches([' ', ',']))
}

/// Longer ones first: each stands for itself, and not for a part of another.
const PHRASES: [(&str, &str); 32] = [
    (" belongs to another program", "는 다른 프로그램의 것"),
    (" is not on loopback", "는 루프백이 아님"),
    ("other words than before", "앞과 다른 말"),
    ("the same words as before", "앞과 같은 말"),
    ("until nobody is let in", "더 들어갈 수 없을 때까지"),
    (", then, once read, ", ", 그것이 읽힌 다음 "),
    (" again and again", "를 거듭"),
    (", the rest cut", ", 나머지는 잘림"),
    ("another port", "다른 포트"),
    ("for a moment", "잠시"),
    ("as before", "전처럼"),
    ("none left", "하나도 없음"),
    ("without end", "끝없이"),
    ("with an end", "끝이 있음"),
    ("no exception", "예외 없음"),
    ("no sentence", "아무 말 없음"),
    ("a sentence", "한마디"),
    ("something", "무언가"),
    ("too soon", "너무 일찍"),
    ("too late", "너무 늦게"),
    ("at least ", "적어도 "),
    ("silence", "무응답"),
    ("refused", "거부"),
    ("naming ", "이것이 든 말: "),
    (" bytes", "바이트"),
    (" byte", "바이트"),
    ("grows", "늘어남"),
    ("taken", "이미 쓰임"),
    (" from ", ", 보낸 곳 "),
    ("free", "비어 있음"),
    ("flat", "그대로"),
    ("none", "없음"),
];

fn in_korean(what: &Happening, rest: &str) -> String {
    match what {
        Happening::Recv(Flow::Message(message)) | Happening::Send(Flow::Message(message)) => {
            with_its_own_words(message, rest)
        }
        Happening::Stderr(Stderr::Named { there, subject }) => about(*there, subject),
        Happening::Stderr(Stderr::Number { there, from, to }) => {
            let there = if *there { "있음" } else { "없음" };
            format!("{from}에서 {to}까지의 수 {there}")
        }
        Happening::End(End::Failed) => "0이 아님".to_owned(),
        Happening::End(End::Neither(one, other)) => format!("{one}도 {other}도 아님"),
        Happening::Stdin(probe::Input::End) => "끝(Ctrl+D)".to_owned(),
        Happening::Connect(probe::Connect::Many { to, joined, count }) => {
            format!("{to} {count}명 가운데 {joined}명")
        }
        _ => outside_quotes(rest, |text| {
            // What stands in < and > is a name, as it stands in the program's arguments.
            let told = text.split('<').enumerate().map(|(at, part)| match at {
                0 => phrases(part),
                _ => match part.split_once('>') {
                    // No name has a blank in it.
                    Some((words, rest)) if words.contains(' ') => {
                        format!("<{}>{}", phrases(words), phrases(rest))
                    }
                    Some((name, rest)) => format!("<{name}>{}", phrases(rest)),
                    None => format!("<{}", phrases(part)),
                },
            });
            told.collect()
        }),
    }
}

/// What a message means is told in the words of its protocol.
fn with_its_own_words(message: &Message, rest: &str) -> String {
    match rest.strip_prefix(&message.meaning) {
        Some(text) => message.meaning.clone() + &outside_quotes(text, phrases),
        None => rest.to_owned(),
    }
}

fn phrases(text: &str) -> String {
    let replace = |text: String, (english, korean): &(&str, &str)| text.replace(english, korean);
    PHRASES.iter().fold(text.to_owned(), replace)
}

/// Of a long payload a reader sees how much there is of it, and how it begins.
fn without_the_digest(text: &str) -> String {
    let mut parts = text.split(" [digest ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| {
        let after = part.split_once(']').map_or("", |(_, after)| after);
        before + ":" + after
    })
}

fn about(there: bool, subject: &Text) -> String {
    let letters = subject.spans().iter().map(|span| match span {
        probe::Span::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        probe::Span::Name(name) => format!("<{name}>"),
    });
    let letters: String = letters.collect();
    let there = if there { "있음" } else { "없음" };
    format!("'{letters}' {there}")
}

/// `line` with what is not in quotes changed; a quote within quotes is escaped.
fn outside_quotes(line: &str, change: impl Fn(&str) -> String) -> String {
    let mut told = String::new();
    let mut outside = String::new();
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character != '"' {
            outside.push(character);
            continue;
        }
        told += &change(&std::mem::take(&mut outside));
        told.push('"');
        while let Some(character) = characters.next() {
            told.push(character);
            match character {
                '"' => break,
                '\\' => told.extend(characters.next()),
                _ => {}
            }
        }
    }
    told + &change(&outside)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    reason = "a test ends where it did not get what it needs"
)]
mod tests {
    use super::*;

    fn korean(line: &str) -> String {
        super::line(&Event::parse(line).unwrap(), Lang::Ko)
    }

    #[test]
    fn what_is_quoted_stays_as_it_is() {
        assert_eq!(
            korean(r#"client-a recv "1 byte \" silence" 16 bytes"#),
            r#"client-a  recv  "1 byte \" silence" 16바이트"#
        );
        assert_eq!(
            korean(r#"client-a send "안" [eb], then, once read, [85 95] 6 bytes"#),
            r#"client-a  send  "안" [eb], 그것이 읽힌 다음 [85 95] 6바이트"#
        );
    }

    #[test]
    fn a_message_has_the_words_of_its_protocol() {
        assert_eq!(
            korean(r#"client-a recv HTTP 200, X: none from 1 byte, "none""#),
            r#"client-a  recv  HTTP 200, X: none from 1 byte, "none""#
        );
        assert_eq!(
            korean(r#"client-a recv HTTP 200, 900 bytes [digest 00] "none" …"#),
            r#"client-a  recv  HTTP 200, 900바이트: "none" …"#
        );
    }

    #[test]
    fn a_name_is_a_name_whatever_it_means() {
        assert_eq!(
            korean("neighbour bind 127.0.0.1:<taken> taken"),
            "neighbour  bind  127.0.0.1:<taken> 이미 쓰임"
        );
        assert_eq!(
            korean(r#"server-a recvfrom "" 0 bytes from 127.0.0.1:<another port>"#),
            r#"server-a  recvfrom  "" 0바이트, 보낸 곳 127.0.0.1:<다른 포트>"#
        );
    }

    #[test]
    fn no_word_of_a_snapshot_stays_english() {
        let mut read = 0;
        for entry in std::fs::read_dir("../../solutions").unwrap() {
            let folder = entry.unwrap().path().join("snapshots");
            for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let text = std::fs::read_to_string(file.path()).unwrap();
                let lines = text.rsplit("---\n").next().unwrap().lines();
                for line in lines.filter(|line| !line.is_empty()) {
                    read += 1;
                    let event = Event::parse(line).unwrap();
                    let (_, rest) = words(&event.what, Lang::Ko);
                    let rest = match &event.what {
                        Happening::Recv(Flow::Message(message))
                        | Happening::Send(Flow::Message(message)) => {
                            rest.replacen(&message.meaning, "", 1)
                        }
                        _ => rest,
                    };
                    let told = outside_quotes(&rest, |text| {
                        let ports = text.split(['<', '>']).step_by(2).collect::<String>();
                        let words = ports.split(|c: char| !c.is_ascii_alphabetic());
                        let small = |word: &&str| word.bytes().all(|it| it.is_ascii_lowercase());
                        let english = words
                            .filter(|word| (4..20).contains(&word.len()))
                            .filter(small);
                        let english = english.filter(|word| *word != "localhost");
                        english.map(|word| format!("\u{1}{word}")).collect()
                    });
                    assert!(!told.contains('\u{1}'), "{line}: {told}");
                }
            }
        }
        assert!(read > 1000, "{read} lines");
    }
}
