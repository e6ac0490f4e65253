//! Right: a fixed array takes the message in slices of seven bytes, the reply leaves in two vectored halves, and the error is a boxed trait object.

use std::error::Error;
use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

const REPLY: &str = "네, 잘 들었습니다.\n";
const LIMIT: usize = 1024;

struct Message {
    bytes: [u8; LIMIT],
    length: usize,
}

impl Message {
    fn hear(mut from: &TcpStream) -> io::Result<Message> {
        let mut message = Message { bytes: [0; LIMIT], length: 0 };
        while message.length < LIMIT && !message.whole() {
            let end = LIMIT.min(message.length + 7);
            match from.read(&mut message.bytes[message.length..end]) {
                Ok(0) => break,
                Ok(count) => message.length += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(message)
    }

    fn heard(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    fn whole(&self) -> bool {
        self.heard().contains(&b'\n')
    }

    fn text(&self) -> Result<&str, &'static str> {
        if self.length == LIMIT && !self.whole() {
            return Err("메시지가 너무 깁니다");
        }
        let line = self.heard().split_inclusive(|byte| *byte == b'\n').next();
        std::str::from_utf8(line.unwrap_or_default())
            .map(str::trim_end)
            .map_err(|_| "메시지가 UTF-8이 아닙니다")
    }
}

fn say(mut to: &TcpStream, words: &[u8]) -> io::Result<()> {
    let (first, second) = words.split_at(words.len() / 2);
    let mut said = 0;
    while said < words.len() {
        let halves = [
            IoSlice::new(&first[said.min(first.len())..]),
            IoSlice::new(&second[said.saturating_sub(first.len())..]),
        ];
        match to.write_vectored(&halves) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => said += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn admit(address: &str) -> io::Result<(TcpStream, SocketAddr)> {
    let door = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", door.local_addr()?);
    door.accept()
}

fn run(address: &str) -> Result<(), Box<dyn Error>> {
    let (client, from) = admit(address)?;
    println!("손님이 왔습니다: {from}");
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    println!("받은 메시지: {}", Message::hear(&client)?.text()?);
    say(&client, REPLY.as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    (&client).bytes().try_for_each(|byte| byte.map(drop))?;
    Ok(())
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    if let Err(error) = run(&address) {
        eprintln!("오류: {address}: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
