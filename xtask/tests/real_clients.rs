//! The solutions' servers answer the clients that people really use: OpenBSD's nc,
//! ncat, socat, and Python's interactive interpreter, fed by a pipe or typed into.

use crate::support::server::{PATIENCE, Running, Server, built, is_missing};
use std::net::SocketAddr;
use std::process::Command;

/// A client, and how it is made to send its input and print what comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Client {
    /// Ends its side at the end of its input.
    Nc,
    /// Keeps its side open and leaves when the server does.
    NcThatStays,
    Ncat,
    Socat,
    Python,
}

const ALL: [Client; 5] = [
    Client::Nc,
    Client::NcThatStays,
    Client::Ncat,
    Client::Socat,
    Client::Python,
];

impl Client {
    /// The command that tells whether the tool is there, and a word of its answer.
    fn sign(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Nc | Self::NcThatStays => ("nc", "-h", "OpenBSD"),
            Self::Ncat => ("ncat", "--version", "Ncat"),
            Self::Socat => ("socat", "-V", "socat"),
            Self::Python => ("python3", "--version", "Python 3"),
        }
    }

    fn is_installed(self) -> bool {
        let (tool, option, word) = self.sign();
        let answer = Command::new(tool).arg(option).output();
        let there = answer.is_ok_and(|output| {
            let said = [output.stdout, output.stderr].concat();
            String::from_utf8_lossy(&said).contains(word)
        });
        if !there {
            is_missing(&format!("{tool} ({word})"));
        }
        there
    }

    /// The command that connects to the server; `options` come first.
    fn command(self, options: &[&str], to: SocketAddr) -> Command {
        let (tool, ..) = self.sign();
        let (host, port) = (to.ip().to_string(), to.port().to_string());
        let mut command = Command::new(tool);
        command.args(options);
        match self {
            Self::Nc => command.args(["-N", &host, &port]),
            Self::NcThatStays | Self::Ncat => command.args([host, port]),
            // When one side has ended, socat gives the other half a second, or as told.
            Self::Socat => command.args(["-t", "20", "-", &format!("TCP:{host}:{port}")]),
            Self::Python => command
                .args(["-i", "-q", "-c", "import sys; sys.ps1 = ''"])
                .env("PYTHONUTF8", "1"),
        };
        command
    }

    /// Sends `lines` to the server all at once, and returns what the client prints.
    fn sends(self, lines: &str, to: SocketAddr) -> String {
        let input = match self {
            Self::Python => [
                connects(to),
                format!("server.sendall({lines:?}.encode())"),
                "print(server.makefile(encoding='utf-8').read(), end='')".to_owned(),
                "server.close()\n".to_owned(),
            ]
            .join("\n"),
            _ => lines.to_owned(),
        };
        let output = assert_cmd::Command::from_std(self.command(&[], to))
            .timeout(PATIENCE)
            .write_stdin(input)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Connects to the server, and waits for what is typed.
    fn sits_down(self, options: &[&str], to: SocketAddr) -> Seated {
        let mut program = Running::start(self.command(options, to));
        if self == Self::Python {
            program.is_typed(&connects(to));
            program.is_typed("lines = server.makefile(encoding='utf-8')");
        }
        Seated {
            client: self,
            program,
        }
    }
}

/// What is typed at Python's prompt first.
fn connects(to: SocketAddr) -> String {
    let (host, port) = (to.ip(), to.port());
    format!("import socket\nserver = socket.create_connection(('{host}', {port}))")
}

/// A client whose user reads each line before the next is typed.
struct Seated {
    client: Client,
    program: Running,
}

impl Seated {
    fn says(&mut self, line: &str) {
        if self.client == Client::Python {
            let sends = format!("server.sendall('{line}\\n'.encode())");
            self.program.is_typed(&sends);
        } else {
            self.program.is_typed(line);
        }
    }

    fn hears(&mut self, line: &str) {
        if self.client == Client::Python {
            self.program.is_typed("print(lines.readline(), end='')");
        }
        let heard = self.program.line();
        assert_eq!(heard, line, "{:?}", self.client);
    }

    /// Nothing more is typed. nc that stays does so until the server has finished.
    fn leaves(mut self) {
        self.program.is_typed_the_end();
        self.program.prints_no_more();
        assert!(self.program.ends().success(), "{:?}", self.client);
    }
}

fn each(test: impl Fn(Client)) {
    for client in ALL.into_iter().filter(|client| client.is_installed()) {
        test(client);
    }
}

fn server(lesson: &str) -> Server {
    let number = lesson.split('-').next().unwrap();
    let package = format!("solution-{lesson}");
    let program = built(&package, &format!("solution-{number}-server"));
    Server::start(Command::new(program), &[])
}

#[test]
fn the_one_shot_server_answers_once_and_ends() {
    each(|client| {
        let mut server = server("09-one-shot");
        let reply = client.sends("안녕하세요\n", server.address);
        assert_eq!(reply, "네, 잘 들었습니다.\n", "{client:?}");
        assert!(server.line().starts_with("손님이 왔습니다"));
        assert_eq!(server.line(), "받은 메시지: 안녕하세요");
        assert!(server.ends().success(), "{client:?}");
    });
}

#[test]
fn the_looping_server_answers_them_all_and_stops() {
    let mut server = server("10-client-server");
    let mut guests = 0;
    for client in ALL.into_iter().filter(|client| client.is_installed()) {
        guests += 1;
        let reply = client.sends("안녕하세요\n", server.address);
        assert_eq!(
            reply,
            format!("{guests}번째 손님, 반갑습니다.\n"),
            "{client:?}"
        );
        assert_eq!(server.line(), format!("{guests}번째 손님: 안녕하세요"));
    }
    server.is_typed("stop");
    assert_eq!(server.line(), format!("서버를 마칩니다. 손님 {guests}명"));
    assert!(server.ends().success());
}

#[test]
fn the_echo_server_echoes_each_line_and_ends_on_quit() {
    each(|client| {
        let mut server = server("11-echo");
        let lines = "안녕하세요\n\nquit\n";
        assert_eq!(client.sends(lines, server.address), lines, "{client:?}");
        assert!(server.ends().success(), "{client:?}");
    });
}

#[test]
fn the_one_shot_server_answers_while_its_client_may_still_type() {
    each(|client| {
        let mut server = server("09-one-shot");
        let mut client = client.sits_down(&[], server.address);
        assert!(server.line().starts_with("손님이 왔습니다"));
        client.says("안녕하세요");
        client.hears("네, 잘 들었습니다.");
        assert_eq!(server.line(), "받은 메시지: 안녕하세요");
        client.leaves();
        assert!(server.ends().success());
    });
}

/// `printf 안녕 | nc -N`: the end of the stream in place of a newline.
#[test]
fn the_one_shot_server_takes_a_message_without_a_newline() {
    if !Client::Nc.is_installed() {
        return;
    }
    let mut server = server("09-one-shot");
    let reply = Client::Nc.sends("안녕", server.address);
    assert_eq!(reply, "네, 잘 들었습니다.\n");
    assert!(server.line().starts_with("손님이 왔습니다"));
    assert_eq!(server.line(), "받은 메시지: 안녕");
    assert!(server.ends().success());
}

/// nc -z looks whether the port is open; ncat --send-only leaves without the reply.
#[test]
fn the_looping_server_outlives_a_port_scan_and_a_client_that_does_not_listen() {
    if !Client::NcThatStays.is_installed() || !Client::Ncat.is_installed() {
        return;
    }
    let server = server("10-client-server");
    let scan = Client::NcThatStays.sits_down(&["-z"], server.address);
    scan.leaves();
    let lost = "1번째 손님을 놓쳤습니다: 아무 말 없이 떠남";
    assert_eq!(server.line(), lost);
    let mut deaf = Client::Ncat.sits_down(&["--send-only"], server.address);
    deaf.says("대답은 됐어요");
    deaf.leaves();
    assert_eq!(server.line(), "2번째 손님: 대답은 됐어요");
    let mut client = Client::Ncat.sits_down(&[], server.address);
    client.says("저는 들을게요");
    client.hears("3번째 손님, 반갑습니다.");
    client.leaves();
    assert_eq!(server.line(), "3번째 손님: 저는 들을게요");
}

/// The first client leaves, the next says quit; `end` is what `options` put before the
/// newline of each line.
fn is_echoed(client: Client, options: &[&str], end: &str) {
    let mut server = server("11-echo");
    let mut first = client.sits_down(options, server.address);
    for line in ["안녕하세요", "", "quitter"] {
        first.says(line);
        first.hears(&format!("{line}{end}"));
    }
    match client {
        // It would stay for ever; it is killed.
        Client::NcThatStays => drop(first),
        _ => first.leaves(),
    }
    assert_eq!(server.line(), "손님이 떠났습니다.");
    let mut next = client.sits_down(options, server.address);
    next.says("quit");
    next.hears(&format!("quit{end}"));
    next.leaves();
    assert_eq!(server.line(), "손님이 quit을 말했습니다. 서버를 마칩니다.");
    assert!(server.ends().success(), "{client:?}");
}

#[test]
fn the_echo_server_echoes_what_is_typed() {
    each(|client| is_echoed(client, &[], ""));
}

#[test]
fn the_echo_server_knows_quit_where_lines_end_as_on_windows() {
    for client in [Client::Nc, Client::Ncat] {
        if client.is_installed() {
            is_echoed(client, &["-C"], "\r");
        }
    }
}
