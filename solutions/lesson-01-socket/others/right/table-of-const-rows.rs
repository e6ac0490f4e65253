//! Right: a const table of kinds drives it all; every stdout line is one write that ends in CR LF.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

struct Row {
    number: u8,
    short: &'static str,
    long: &'static str,
    kind: Type,
    protocol: Protocol,
}

const ROWS: [Row; 2] = [
    Row { number: 1, short: "TCP", long: "SOCK_STREAM", kind: Type::STREAM, protocol: Protocol::TCP },
    Row { number: 2, short: "UDP", long: "SOCK_DGRAM", kind: Type::DGRAM, protocol: Protocol::UDP },
];

struct Crlf<W: Write>(W);

impl<W: Write> Crlf<W> {
    fn say(&mut self, text: &str) -> io::Result<()> {
        let mut line = Vec::with_capacity(text.len() + 2);
        line.extend_from_slice(text.as_bytes());
        line.extend_from_slice(b"\r\n");
        self.0.write_all(&line)?;
        self.0.flush()
    }
}

fn enter() -> io::Result<()> {
    let mut line = String::new();
    io::stdin().read_line(&mut line).map(drop)
}

/// What the kernel answers, looked up in the table.
fn asked(socket: &Socket) -> io::Result<&'static str> {
    let answer = socket.r#type()?;
    ROWS.iter()
        .find_map(|row| (row.kind == answer).then_some(row.long))
        .ok_or_else(|| io::Error::other(format!("모르는 종류 {}", i32::from(answer))))
}

fn both_ends(socket: &Socket) -> String {
    let asks: [(&str, fn(&Socket) -> io::Result<socket2::SockAddr>); 2] = [
        ("내 쪽", Socket::local_addr),
        ("상대 쪽", Socket::peer_addr),
    ];
    asks.map(|(whose, ask)| {
        let found = ask(socket)
            .ok()
            .and_then(|address| address.as_socket())
            .filter(|address| address.port() != 0);
        match found {
            Some(address) => format!("{whose} {address}"),
            None => format!("{whose} 없음"),
        }
    })
    .join(", ")
}

fn program() -> io::Result<()> {
    let given = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let Ok(address) = given.parse::<SocketAddr>() else {
        return Err(io::Error::other(format!("{given}은(는) 주소가 아닙니다")));
    };
    let mut out = Crlf(io::stdout());
    let sockets = ROWS.iter().try_fold(Vec::new(), |mut held, row| -> io::Result<_> {
        held.push(Socket::new(Domain::IPV4, row.kind, Some(row.protocol))?);
        out.say(&format!("{}. {} 소켓을 만들었습니다. (Enter)", row.number, row.short))?;
        enter()?;
        Ok(held)
    })?;
    let kinds: Vec<_> = sockets.iter().map(asked).collect::<io::Result<_>>()?;
    out.say(&format!("3. 종류: {}", kinds.join(", ")))?;
    let Some(udp) = sockets.last() else {
        return Err(io::Error::other("소켓이 없습니다"));
    };
    out.say(&format!("4. connect 전: {}", both_ends(udp)))?;
    udp.connect(&address.into())?;
    out.say(&format!("   connect 후: {}", both_ends(udp)))
}

fn main() -> ExitCode {
    program().map_or_else(
        |error| {
            eprint!("오류: {error}\r\n");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}
