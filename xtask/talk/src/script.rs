//! What the peer is to do: one command a line. A line that begins with a colon is a command
//! by its name; every other is text that goes out.

use crate::bytes::{quoted, read_hex, read_quoted, speaks_to_a_terminal};
use crate::lang::Lang;
use crate::tr;
use std::fmt;

/// Nobody waits longer than this on purpose, in milliseconds.
const LONGEST_WAIT: u64 = 600_000;

/// One line of a script, or of what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Text that goes out: over TCP with a line break behind it, over UDP as a datagram.
    Line(Vec<u8>),
    /// `:send "안녕" [ff]`, `:hex ff`: exactly these bytes.
    Send(Vec<u8>),
    /// `:split 2`: what goes out next goes in pieces of so many bytes.
    Split(usize),
    /// `:wait 300`: nothing is done for so many milliseconds, and what comes is shown.
    Wait(u64),
    /// `:recv 15`: goes on when it has come.
    Recv(Awaited),
    /// `:fin`: ends this direction of the connection, and goes on receiving.
    Fin,
    /// `:close`: closes the connection.
    Close,
    /// `:reset`: breaks the connection off.
    Reset,
    /// `:next`: another connection to the same address, or from the next client.
    Next,
    /// `:note …`: shown to whoever runs the script.
    Note(String),
    /// `:help`
    Help,
    /// `:quit`
    Quit,
}

/// What a `:recv` waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// `:recv`: anything that was not waited for before; over UDP, a datagram.
    Something,
    /// `:recv 15`: so many bytes.
    Bytes(usize),
    /// `:recv end`: FIN or RST.
    End,
}

/// A line that is no command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// The command's name, with its colon.
    pub name: String,
    /// How it has to be written; `None` where there is no such command.
    pub manner: Option<&'static str>,
}

/// The commands that take something, and how they are written.
const MANNERS: [(&str, &str); 6] = [
    (":send", ":send \"안녕\" [ff fe]"),
    (":hex", ":hex ec 95 88"),
    (":split", ":split 2"),
    (":wait", ":wait 300"),
    (":recv", ":recv, :recv 15, :recv end"),
    (":note", ":note …"),
];

impl Command {
    /// Reads a line without its line break.
    ///
    /// # Errors
    /// It begins with a colon, and is no command.
    pub fn read(line: &[u8]) -> Result<Self, BadLine> {
        let Some(after) = line.strip_prefix(b":") else {
            return Ok(Self::Line(line.to_owned()));
        };
        if after.starts_with(b":") {
            return Ok(Self::Line(after.to_owned()));
        }
        let line = String::from_utf8_lossy(line);
        let (name, rest) = match line.split_once(char::is_whitespace) {
            Some((name, rest)) => (name, rest.trim()),
            None => (&*line, ""),
        };
        let number = |most: u64| rest.parse().ok().filter(|number| *number <= most);
        let size = || rest.parse().ok().filter(|size| *size > 0);
        let command = match (name, rest) {
            (":send", _) if !rest.is_empty() => read_quoted(rest).map(Self::Send),
            (":hex", _) => read_hex(rest).map(Self::Send),
            (":split", _) => size().map(Self::Split),
            (":wait", _) => number(LONGEST_WAIT).map(Self::Wait),
            (":recv", "") => Some(Self::Recv(Awaited::Something)),
            (":recv", "end") => Some(Self::Recv(Awaited::End)),
            (":recv", _) => size().map(|count| Self::Recv(Awaited::Bytes(count))),
            (":note", _) => Some(Self::Note(rest.to_owned())),
            (":fin", "") => Some(Self::Fin),
            (":close", "") => Some(Self::Close),
            (":reset", "") => Some(Self::Reset),
            (":next", "") => Some(Self::Next),
            (":help", "") => Some(Self::Help),
            (":quit", "") => Some(Self::Quit),
            _ => None,
        };
        command.ok_or_else(|| BadLine::of(name))
    }
}

impl BadLine {
    fn of(name: &str) -> Self {
        let alone = [":fin", ":close", ":reset", ":next", ":help", ":quit"];
        let alone = alone.into_iter().find(|known| *known == name);
        let taking = MANNERS.iter().find(|(known, _)| *known == name);
        let shown = name.chars().filter(|c| !speaks_to_a_terminal(*c));
        Self {
            name: shown.take(20).collect(),
            manner: alone.or(taking.map(|(_, manner)| *manner)),
        }
    }

    /// In a sentence.
    pub fn tell(&self, lang: Lang) -> String {
        let name = &self.name;
        match self.manner {
            Some(manner) => tr!(
                lang,
                "{name}은(는) 이렇게 씁니다: {manner}",
                "{name} is written like this: {manner}"
            ),
            None => tr!(
                lang,
                "{name}(이)라는 명령은 없습니다. :help가 모든 명령을 보여 줍니다. :로 시작하는 문자열은 ::로 쳐서 보냅니다.",
                "There is no command {name}; :help shows them all. To send text that begins with : type :: instead."
            ),
        }
    }
}

/// Reads a whole script, as Windows or anybody else has written it.
///
/// # Errors
/// The number of the first line that is no command, from 1, and why.
pub fn read_script(text: &[u8]) -> Result<Vec<Command>, (usize, BadLine)> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let lines = text.split(|byte| *byte == b'\n').enumerate();
    let command = |(index, line): (usize, &[u8])| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        Command::read(line).map_err(|bad| (index + 1, bad))
    };
    lines.map(command).collect()
}

/// The line, without its line break. Text that would not survive it is written as a `:send`.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(bytes) => {
                let colon = if bytes.starts_with(b":") { ":" } else { "" };
                write!(f, "{colon}{}", String::from_utf8_lossy(bytes))
            }
            Self::Send(bytes) => write!(f, ":send {}", quoted(bytes)),
            Self::Split(size) => write!(f, ":split {size}"),
            Self::Wait(time) => write!(f, ":wait {time}"),
            Self::Recv(Awaited::Something) => f.write_str(":recv"),
            Self::Recv(Awaited::Bytes(count)) => write!(f, ":recv {count}"),
            Self::Recv(Awaited::End) => f.write_str(":recv end"),
            Self::Fin => f.write_str(":fin"),
            Self::Close => f.write_str(":close"),
            Self::Reset => f.write_str(":reset"),
            Self::Next => f.write_str(":next"),
            Self::Note(note) => write!(f, ":note {note}"),
            Self::Help => f.write_str(":help"),
            Self::Quit => f.write_str(":quit"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_as_it_was_written() {
        for line in [
            "안녕",
            "",
            "::fin",
            ":send \"안\" [eb 85]",
            ":send \"\"",
            ":split 2",
            ":wait 0",
            ":recv",
            ":recv 15",
            ":recv end",
            ":fin",
            ":close",
            ":reset",
            ":next",
            ":note 프로그램에 칩니다",
            ":help",
            ":quit",
        ] {
            let command = Command::read(line.as_bytes()).unwrap();
            assert_eq!(command.to_string(), line);
        }
        let hex = Command::read(b":hex ec95 88").unwrap();
        assert_eq!(hex, Command::Send("안".as_bytes().to_vec()));
        let text = Command::read(b"::hex").unwrap();
        assert_eq!(text, Command::Line(b":hex".to_vec()));
    }

    #[test]
    fn what_is_no_command_is_answered_by_how_it_is_written() {
        for line in [
            ":send",
            ":send a",
            ":hex",
            ":hex 0g",
            ":split",
            ":split 0",
            ":split -1",
            ":wait a",
            ":wait 99999999999999999999",
            ":recv fin",
            ":recv 0",
            ":fin now",
        ] {
            let bad = Command::read(line.as_bytes()).unwrap_err();
            let manner = bad.manner.expect(line);
            assert!(bad.tell(Lang::Ko).ends_with(manner), "{line}");
            assert!(bad.tell(Lang::En).ends_with(manner), "{line}");
        }
        for line in [":", ": fin", ":FIN", ":안녕", ":\u{1b}[2J"] {
            let bad = Command::read(line.as_bytes()).unwrap_err();
            assert_eq!(bad.manner, None, "{line}");
            assert!(!bad.tell(Lang::En).contains('\u{1b}'));
        }
    }

    #[test]
    fn a_script_may_come_from_windows_and_names_the_line_that_is_wrong() {
        let read = read_script("\u{feff}안녕\r\n\r\n:fin".as_bytes()).unwrap();
        let line = |text: &str| Command::Line(text.as_bytes().to_vec());
        assert_eq!(read, [line("안녕"), line(""), Command::Fin]);
        assert_eq!(read_script(b"").unwrap(), []);
        assert_eq!(read_script(b"\n").unwrap(), []);
        let (number, bad) = read_script(b"a\n:fni\n").unwrap_err();
        assert_eq!((number, bad.name.as_str()), (2, ":fni"));
    }
}
