//! Lesson 08 with std::net: `program SHAPE ADDRESS`.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::exit;
use std::thread;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let listener = TcpListener::bind(&arguments[2]).unwrap();
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr().unwrap()
    );
    thread::spawn(|| {
        if io::stdin().read_line(&mut String::new()).unwrap() > 0 {
            exit(0);
        }
    });
    loop {
        let (client, _) = listener.accept().unwrap();
        if arguments[1] == "thread" {
            thread::spawn(move || tell(serve(client)));
        } else {
            tell(serve(client));
        }
    }
}

fn serve(mut client: TcpStream) -> io::Result<()> {
    let mut request = Vec::new();
    let mut buffer = [0; 7];
    while request.len() <= 1024 {
        let room = buffer.len().min(1025 - request.len());
        match client.read(&mut buffer[..room])? {
            0 => break,
            count => request.extend_from_slice(&buffer[..count]),
        }
    }
    let reply = match request.len() {
        ..=1024 => format!("{}바이트를 받았습니다\n", request.len()),
        _ => "너무 깁니다\n".to_owned(),
    };
    client.write_all(reply.as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    println!("할 말을 다 했습니다.");
    io::copy(&mut client, &mut io::sink()).map(drop)
}

fn tell(ended: io::Result<()>) {
    match ended {
        Ok(()) => println!("손님이 닫았습니다 (FIN)"),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {
            println!("손님이 끊었습니다 (RST)")
        }
        Err(error) => println!("오류: {error}"),
    }
}
