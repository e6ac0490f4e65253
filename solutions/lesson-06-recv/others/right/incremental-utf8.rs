//! Right: decodes while the bytes come, with an own machine that carries unfinished syllables over to the next piece; nothing is printed before the end.
use socket2::{Domain, Protocol, Socket, Type};
use std::error::Error;
use std::io::{ErrorKind, Read};
use std::net::{SocketAddr, TcpListener};

#[derive(Default)]
struct Decoder {
    text: String,
    carry: Vec<u8>,
    spoilt: bool,
    bytes: usize,
}

impl Decoder {
    fn feed(&mut self, piece: &[u8]) {
        self.bytes += piece.len();
        if self.spoilt {
            return;
        }
        self.carry.extend(piece);
        match std::str::from_utf8(&self.carry) {
            Ok(good) => {
                self.text.push_str(good);
                self.carry.clear();
            }
            Err(error) => {
                let good: Vec<u8> = self.carry.drain(..error.valid_up_to()).collect();
                self.text.push_str(&String::from_utf8_lossy(&good));
                self.spoilt = error.error_len().is_some();
            }
        }
    }
    fn finish(self) -> String {
        if self.spoilt || !self.carry.is_empty() {
            format!("UTF-8이 아닙니다: {}바이트까지만 글자입니다", self.text.len())
        } else {
            ["메시지: ", &self.text].concat()
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = address.parse().map_err(|_| format!("{address}?"))?;
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        socket.set_reuse_address(true)?;
    }
    socket.bind(&address.into())?;
    socket.listen(128)?;
    let listener = TcpListener::from(socket);
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    loop {
        let (mut client, _peer) = listener.accept()?;
        let mut decoder = Decoder::default();
        let mut buffer = [0; 3];
        let broken = loop {
            match client.read(&mut buffer) {
                Ok(0) => break None,
                Ok(count) => decoder.feed(&buffer[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Some(error),
            }
        };
        println!("받은 바이트: {}", decoder.bytes);
        println!(
            "{}",
            match broken {
                None => decoder.finish(),
                Some(error) if error.kind() == ErrorKind::ConnectionReset => "상대가 연결을 끊었습니다 (RST)".to_owned(),
                Some(error) => format!("연결 오류: {error}"),
            }
        );
    }
}
