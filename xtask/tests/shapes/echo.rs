//! Lesson 11 in other shapes: `program SHAPE ADDRESS`.

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::exit;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (shape, address) = (arguments[1].as_str(), arguments[2].as_str());
    let outcome = match shape {
        "chunks" | "split" => run(address, shape),
        _ => converse(address, shape),
    };
    if let Err(error) = outcome {
        eprintln!("오류: {address}: {error}");
        exit(1);
    }
}

fn run(address: &str, shape: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    for client in listener.incoming() {
        let client = client?;
        let echo = if shape == "chunks" {
            echo_chunks
        } else {
            echo_split
        };
        match echo(&client) {
            Ok(true) => {
                println!("손님이 quit을 말했습니다. 서버를 마칩니다.");
                return Ok(());
            }
            Ok(false) => println!("손님이 떠났습니다."),
            Err(_) => println!("손님과의 연결이 끊겼습니다."),
        }
    }
    Ok(())
}

/// Sends each chunk back as it comes, and keeps the line in mind.
fn echo_chunks(mut client: &TcpStream) -> io::Result<bool> {
    let mut line = Vec::new();
    let mut chunk = [0; 5];
    loop {
        let count = client.read(&mut chunk)?;
        if count == 0 {
            return Ok(line == b"quit" && parted(client));
        }
        for byte in &chunk[..count] {
            client.write_all(&[*byte])?;
            if *byte != b'\n' {
                line.push(*byte);
            } else if line == b"quit" || line == b"quit\r" {
                return Ok(parted(client));
            } else {
                line.clear();
            }
        }
    }
}

fn echo_split(client: &TcpStream) -> io::Result<bool> {
    let mut reader = BufReader::with_capacity(3, client);
    let mut writer = BufWriter::new(client);
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(false);
        }
        writer.write_all(&line)?;
        writer.flush()?;
        if String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']) == "quit" {
            return Ok(parted(client));
        }
    }
}

fn parted(mut client: &TcpStream) -> bool {
    let _ = client.shutdown(Shutdown::Write);
    let _ = io::copy(&mut client, &mut io::sink());
    true
}

fn converse(address: &str, shape: &str) -> io::Result<()> {
    let mut server = TcpStream::connect(address)?;
    let mut typed = String::new();
    while io::stdin().read_line(&mut typed)? > 0 {
        if shape == "client-buffered" {
            let mut writer = BufWriter::new(&server);
            writer.write_all(typed.as_bytes())?;
            writer.flush()?;
        } else {
            server.write_all(typed.as_bytes())?;
        }
        let mut echo = Vec::new();
        loop {
            let mut byte = [0];
            if server.read(&mut byte)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            if byte == [b'\n'] {
                break;
            }
            echo.push(byte[0]);
        }
        println!("메아리: {}", String::from_utf8_lossy(&echo));
        if typed == "quit\n" {
            break;
        }
        typed.clear();
    }
    println!("대화를 마칩니다.");
    Ok(())
}
