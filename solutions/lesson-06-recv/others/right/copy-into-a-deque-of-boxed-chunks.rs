//! Right: io::copy pours the guest into a Write that keeps every chunk as a boxed slice in a deque; they are joined when the end has come.

use socket2::{Domain, Protocol, Socket, Type};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

#[derive(Default)]
struct Chunks(VecDeque<Box<[u8]>>);

impl Write for Chunks {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        self.0.push_back(chunk.into());
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Chunks {
    fn joined(self) -> Vec<u8> {
        self.0.into_iter().flat_map(Vec::from).collect()
    }
}

fn verdict(ended: io::Result<u64>, message: Vec<u8>) -> String {
    match ended.map(|_| String::from_utf8(message)) {
        Ok(Ok(text)) => format!("메시지: {text}"),
        Ok(Err(error)) => {
            let good = error.utf8_error().valid_up_to();
            format!("UTF-8이 아닙니다: {good}바이트까지만 글자입니다")
        }
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {
            "상대가 연결을 끊었습니다 (RST)".into()
        }
        Err(error) => format!("받다가 오류가 났습니다: {error}"),
    }
}

fn serve(mut client: Socket) {
    let mut chunks = Chunks::default();
    let ended = io::copy(&mut client, &mut chunks);
    let message = chunks.joined();
    let count = message.len();
    println!("받은 바이트: {count}\n{}", verdict(ended, message));
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text
        .parse()
        .map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let door = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    door.set_reuse_address(cfg!(unix))?;
    door.bind(&address.into())?;
    door.listen(16)?;
    let bound = door.local_addr()?.as_socket().unwrap_or(address);
    println!("서버가 시작되었습니다: {bound}");
    std::iter::repeat_with(|| door.accept()).try_for_each(|guest| guest.map(|(guest, _)| serve(guest)))
}

fn main() -> ExitCode {
    run().map_or_else(
        |error| {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}
