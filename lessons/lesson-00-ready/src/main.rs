//! 레슨 00 ready: 이름을 읽고 인사하는 서버. 고칠 것은 없습니다.
//! Lesson 00 ready: a server that reads a name and says hello. Nothing to write.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    let listener = start(&address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let (client, _) = listener.accept()?;
    greet(client)
}

fn start(address: &str) -> io::Result<TcpListener> {
    TcpListener::bind(address)
}

fn greet(mut client: TcpStream) -> io::Result<()> {
    let mut name = String::new();
    BufReader::new(&client).read_line(&mut name)?;
    client.write_all(format!("안녕하세요, {}님!\n", name.trim_end()).as_bytes())
}
