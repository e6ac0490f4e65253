//! Lesson 09 in other shapes: `program SHAPE ADDRESS`.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::exit;
use std::thread;

const GREETING: &str = "안녕하세요? 반갑습니다!";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (shape, address) = (arguments[1].as_str(), arguments[2].as_str());
    let outcome = match shape {
        "byte-by-byte" => serve(address),
        "thread" => {
            let address = address.to_owned();
            thread::spawn(move || serve(&address)).join().unwrap()
        }
        _ => ask(address, shape),
    };
    if let Err(error) = outcome {
        eprintln!("오류: {address}: {error}");
        exit(1);
    }
}

fn serve(address: &str) -> io::Result<()> {
    let mut client = {
        let listener = TcpListener::bind(address)?;
        println!("서버가 시작되었습니다: {}", listener.local_addr()?);
        listener.accept()?.0
    };
    println!("손님이 왔습니다: {}", client.peer_addr()?);
    let mut message = Vec::new();
    for byte in client.try_clone()?.bytes().take(1024) {
        match byte? {
            b'\n' => break,
            byte => message.push(byte),
        }
    }
    let message = String::from_utf8(message).map_err(|_| io::Error::other("UTF-8이 아닙니다"))?;
    println!("받은 메시지: {message}");
    client.write_all("네, 잘 들었습니다.\n".as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    while client.read(&mut [0; 512])? > 0 {}
    Ok(())
}

fn ask(address: &str, shape: &str) -> io::Result<()> {
    let mut server = TcpStream::connect(address)?;
    writeln!(server, "{GREETING}")?;
    if shape == "client-half-closes" {
        server.shutdown(Shutdown::Write)?;
    }
    let reply = server.bytes().collect::<io::Result<Vec<u8>>>()?;
    if reply.is_empty() {
        return Err(io::Error::other("답이 없습니다"));
    }
    let reply = String::from_utf8(reply).map_err(io::Error::other)?;
    println!("서버의 답: {}", reply.trim_end());
    Ok(())
}
