//! The solutions' servers answer the clients that people really use: OpenBSD's nc,
//! ncat, socat, and Python's interactive interpreter.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/server.rs"]
mod server;

use server::{PATIENCE, Server, built, is_missing};
use std::net::SocketAddr;
use std::process::Command;

/// A client, and how it is made to send its input and print what comes back.
#[derive(Clone, Copy, Debug)]
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

    /// Sends `lines` to the server, and returns what the client prints.
    fn sends(self, lines: &str, to: SocketAddr) -> String {
        let (host, port) = (to.ip().to_string(), to.port().to_string());
        let (tool, arguments, input) = match self {
            Self::Nc => ("nc", vec!["-N".to_owned(), host, port], lines.to_owned()),
            Self::NcThatStays => ("nc", vec![host, port], lines.to_owned()),
            Self::Ncat => ("ncat", vec![host, port], lines.to_owned()),
            Self::Socat => {
                let address = format!("TCP:{host}:{port}");
                let arguments = ["-t", "20", "-", &address].map(str::to_owned).to_vec();
                ("socat", arguments, lines.to_owned())
            }
            Self::Python => {
                let typed = [
                    "import socket".to_owned(),
                    format!("server = socket.create_connection(('{host}', {port}))"),
                    format!("server.sendall({lines:?}.encode())"),
                    "print(server.makefile(encoding='utf-8').read(), end='')".to_owned(),
                    "server.close()".to_owned(),
                ];
                ("python3", vec!["-i".to_owned()], typed.join("\n") + "\n")
            }
        };
        let output = assert_cmd::Command::new(tool)
            .args(arguments)
            .env("PYTHONUTF8", "1")
            .timeout(PATIENCE)
            .write_stdin(input)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
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
