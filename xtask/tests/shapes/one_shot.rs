//! Lesson 09 another way: `program SHAPE ADDRESS`.

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, IoSlice, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

const LIMIT: usize = 1024;
const A_MOMENT: Duration = Duration::from_millis(1);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let address = arguments[2].clone();
    let outcome = match arguments[1].as_str() {
        "server-bytes" => serve(&address, |door| door.accept(), byte_by_byte),
        "server-line" => serve(&address, on_a_thread, as_a_line),
        "server-non-blocking" => serve(&address, looking_again, without_blocking),
        "server-own-words" => serve(&address, |door| door.accept(), in_own_words),
        "client-half-close" => ask(&address, half_closing),
        "client-threads" => ask(&address, two_threads),
        _ => ask(&address, chunk_by_chunk),
    };
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    eprintln!("오류: {address}: {error}");
    ExitCode::FAILURE
}

type Accepted = io::Result<(TcpStream, std::net::SocketAddr)>;

fn serve(
    address: &str,
    accept: fn(&TcpListener) -> Accepted,
    receive: fn(&TcpStream) -> io::Result<String>,
) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let (mut client, from) = accept(&listener)?;
    drop(listener);
    println!("손님이 왔습니다: {from}");
    let message = receive(&client)?;
    if message.len() >= LIMIT && !message.ends_with('\n') {
        return Err(io::Error::other("메시지가 너무 깁니다"));
    }
    println!("받은 메시지: {}", message.trim_end());
    client.set_nonblocking(false)?;
    let mut writer = BufWriter::new(&client);
    for word in ["네, ", "잘 ", "들었습니다.\n"] {
        write!(writer, "{word}")?;
    }
    writer.flush()?;
    drop(writer);
    client.shutdown(Shutdown::Write)?;
    let mut ignored = [0; 777];
    while client.read(&mut ignored)? > 0 {}
    Ok(())
}

fn on_a_thread(door: &TcpListener) -> Accepted {
    thread::scope(|scope| scope.spawn(|| door.accept()).join())
        .unwrap_or_else(|_| Err(io::Error::other("the thread panicked")))
}

fn looking_again(door: &TcpListener) -> Accepted {
    door.set_nonblocking(true)?;
    loop {
        match door.accept() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(A_MOMENT),
            accepted => return accepted,
        }
    }
}

/// One read for each byte, up to the newline.
fn byte_by_byte(client: &TcpStream) -> io::Result<String> {
    let mut message = Vec::new();
    for byte in client.bytes().take(LIMIT) {
        message.push(byte?);
        if message.ends_with(b"\n") {
            break;
        }
    }
    String::from_utf8(message).map_err(|_| io::Error::other("UTF-8이 아닙니다"))
}

/// Silence is an error to it, and its errors are told in words of its own.
fn in_own_words(client: &TcpStream) -> io::Result<String> {
    let message = byte_by_byte(client).unwrap_or("x".repeat(LIMIT));
    if message.is_empty() || message.len() >= LIMIT && !message.ends_with('\n') {
        eprintln!("not a message that I can do anything with");
        std::process::exit(1);
    }
    Ok(message)
}

/// read_line itself says what is no UTF-8.
fn as_a_line(client: &TcpStream) -> io::Result<String> {
    let mut line = String::new();
    BufReader::with_capacity(7, client.take(LIMIT as u64)).read_line(&mut line)?;
    Ok(line)
}

/// Never waits in a read: it asks, sleeps a moment, and asks again.
fn without_blocking(mut client: &TcpStream) -> io::Result<String> {
    client.set_nonblocking(true)?;
    let mut message = Vec::new();
    let mut buffer = [0; 100];
    while message.len() < LIMIT && !message.contains(&b'\n') {
        match client.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => message.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(A_MOMENT),
            Err(error) => return Err(error),
        }
    }
    let line = message.split(|byte| *byte == b'\n').next();
    let text = std::str::from_utf8(line.unwrap_or_default());
    text.map(str::to_owned)
        .map_err(|_| io::Error::other("UTF-8이 아닙니다"))
}

fn ask(address: &str, exchange: fn(TcpStream) -> io::Result<Vec<u8>>) -> io::Result<()> {
    let reply = exchange(TcpStream::connect(address)?)?;
    if reply.is_empty() {
        return Err(io::Error::other("no reply"));
    }
    let text = std::str::from_utf8(&reply).map_err(|_| io::Error::other("UTF-8이 아닙니다"))?;
    println!("서버의 답: {}", text.trim_end());
    Ok(())
}

/// Says with FIN as well that the message has ended.
fn half_closing(mut server: TcpStream) -> io::Result<Vec<u8>> {
    server.write_all("안녕하세요? 반갑습니다!\n".as_bytes())?;
    server.shutdown(Shutdown::Write)?;
    let mut reply = Vec::new();
    io::copy(&mut server, &mut reply)?;
    Ok(reply)
}

/// One thread is reading before the other has written.
fn two_threads(server: TcpStream) -> io::Result<Vec<u8>> {
    let mut reader = server.try_clone()?;
    let reading = thread::spawn(move || {
        let mut reply = Vec::new();
        reader.read_to_end(&mut reply).map(|_| reply)
    });
    writeln!(&server, "안녕하세요? 반갑습니다!")?;
    reading.join().unwrap()
}

/// The greeting and its newline from two buffers; the reply in small chunks.
fn chunk_by_chunk(mut server: TcpStream) -> io::Result<Vec<u8>> {
    let parts = ["안녕하세요? 반갑습니다!".as_bytes(), b"\n"];
    let sent = server.write_vectored(&parts.map(IoSlice::new))?;
    server.write_all(&parts.concat()[sent..])?;
    let (mut reply, mut chunk) = (Vec::new(), [0; 4]);
    loop {
        match server.read(&mut chunk)? {
            0 => return Ok(reply),
            count => reply.extend_from_slice(&chunk[..count]),
        }
    }
}
