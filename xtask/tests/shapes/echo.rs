//! Lesson 11 another way: `program SHAPE ADDRESS`.

use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{ExitCode, exit};
use std::thread;
use std::time::Duration;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let address = arguments[2].clone();
    let outcome = match arguments[1].as_str() {
        "server-chunks" => serve(&address, chunk_by_chunk),
        "server-bytes" => serve(&address, byte_by_byte),
        "server-non-blocking" => serve(&address, without_blocking),
        "server-threads" => serve_on_threads(&address),
        "client-bytes" => converse(&address, line_by_line),
        "client-buffered" => converse(&address, buffered),
        "client-parting" => converse(&address, parting),
        _ => converse(&address, two_threads),
    };
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    eprintln!("오류: {address}: {error}");
    ExitCode::FAILURE
}

/// Echoes until the client leaves (false) or says quit (true).
type Echo = fn(&TcpStream) -> io::Result<bool>;

fn serve(address: &str, echo: Echo) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    for client in listener.incoming() {
        if attend(client?, echo) {
            break;
        }
    }
    Ok(())
}

/// A thread for each client, one after another; the one whose client says quit ends the program.
fn serve_on_threads(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    loop {
        let (client, _) = listener.accept()?;
        let served = thread::spawn(|| {
            if attend(client, byte_by_byte) {
                exit(0);
            }
        });
        let _ = served.join();
    }
}

fn attend(client: TcpStream, echo: Echo) -> bool {
    let echoed = echo(&client);
    if let Ok(true) = echoed {
        let _ = client.set_nonblocking(false);
        let _ = client.shutdown(Shutdown::Write);
        let _ = io::copy(&mut &client, &mut io::sink());
    }
    drop(client);
    println!(
        "{}",
        match echoed {
            Ok(true) => "손님이 quit을 말했습니다. 서버를 마칩니다.",
            Ok(false) => "손님이 떠났습니다.",
            Err(_) => "손님과의 연결이 끊겼습니다.",
        }
    );
    echoed.unwrap_or(false)
}

/// What has come of a line that may be quit; longer ones are not kept.
#[derive(Default)]
struct Line(Vec<u8>);

impl Line {
    /// Takes the next byte; true if it ends a line, and the line is quit.
    fn takes(&mut self, byte: u8) -> bool {
        if byte == b'\n' {
            let line = std::mem::take(&mut self.0);
            return line == b"quit" || line == b"quit\r";
        }
        if self.0.len() < 8 {
            self.0.push(byte);
        }
        false
    }
}

/// Sends back what each read brings, whole lines or not, but nothing after quit.
fn chunk_by_chunk(mut client: &TcpStream) -> io::Result<bool> {
    let (mut line, mut chunk) = (Line::default(), [0; 4096]);
    loop {
        let count = client.read(&mut chunk)?;
        let quit = chunk[..count].iter().position(|byte| line.takes(*byte));
        client.write_all(&chunk[..quit.map_or(count, |last| last + 1)])?;
        if quit.is_some() || count == 0 {
            return Ok(quit.is_some() || line.0 == b"quit");
        }
    }
}

/// Gathers a line byte by byte, and flushes it when it is whole.
fn byte_by_byte(client: &TcpStream) -> io::Result<bool> {
    let mut writer = BufWriter::new(client);
    let mut line = Line::default();
    for byte in BufReader::with_capacity(5, client).bytes() {
        let byte = byte?;
        writer.write_all(&[byte])?;
        let quit = line.takes(byte);
        if byte == b'\n' {
            writer.flush()?;
        }
        if quit {
            return Ok(true);
        }
    }
    writer.flush()?;
    Ok(line.0 == b"quit")
}

/// Never waits in a read: it asks, sleeps a moment, and asks again.
fn without_blocking(mut client: &TcpStream) -> io::Result<bool> {
    client.set_nonblocking(true)?;
    let (mut line, mut byte) = (Line::default(), [0]);
    loop {
        match client.read(&mut byte) {
            Ok(0) => return Ok(line.0 == b"quit"),
            Ok(_) => {
                client.write_all(&byte)?;
                if line.takes(byte[0]) {
                    return Ok(true);
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                thread::sleep(Duration::from_millis(1));
            }
            Err(error) => return Err(error),
        }
    }
}

fn converse(address: &str, with: fn(TcpStream, &str) -> io::Result<()>) -> io::Result<()> {
    with(TcpStream::connect(address)?, address)?;
    println!("대화를 마칩니다.");
    Ok(())
}

/// The lines that are typed, without their ends; none after quit.
fn typed() -> impl Iterator<Item = io::Result<String>> {
    let (mut lines, mut quit) = (io::stdin().lines(), false);
    std::iter::from_fn(move || {
        let line = if quit { None } else { lines.next() };
        quit = matches!(&line, Some(Ok(line)) if line == "quit");
        line
    })
}

/// Prints the next echo; false where the server has finished between two of them.
fn print_an_echo(server: impl Read) -> io::Result<bool> {
    let mut echo = Vec::new();
    for byte in server.bytes() {
        match byte? {
            b'\n' => {
                println!("메아리: {}", String::from_utf8_lossy(&echo));
                return Ok(true);
            }
            byte => echo.push(byte),
        }
    }
    match echo.is_empty() {
        true => Ok(false),
        false => Err(ErrorKind::UnexpectedEof.into()),
    }
}

/// One read for each byte of an echo.
fn line_by_line(mut server: TcpStream, _: &str) -> io::Result<()> {
    for line in typed() {
        writeln!(server, "{}", line?)?;
        if !print_an_echo(&server)? {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}

/// Whole lines out, three bytes at a time in.
fn buffered(server: TcpStream, _: &str) -> io::Result<()> {
    let mut writer = BufWriter::new(&server);
    let mut reader = BufReader::with_capacity(3, &server);
    for line in typed() {
        writer.write_all(line?.as_bytes())?;
        writer.write_all(b"\n")?;
        writer.flush()?;
        if !print_an_echo(&mut reader)? {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}

/// Finishes its own direction first, and leaves when the server has finished too.
fn parting(server: TcpStream, address: &str) -> io::Result<()> {
    line_by_line(server.try_clone()?, address)?;
    server.shutdown(Shutdown::Write)?;
    io::copy(&mut &server, &mut io::sink()).map(drop)
}

/// One thread sends what is typed, the other prints what comes back.
fn two_threads(server: TcpStream, address: &str) -> io::Result<()> {
    let (listening, address) = (server.try_clone()?, address.to_owned());
    let printing = thread::spawn(move || {
        let mut listening = BufReader::new(listening);
        let ended = loop {
            match print_an_echo(&mut listening) {
                Ok(true) => {}
                ended => break ended,
            }
        };
        if let Err(error) = ended {
            // The other thread may be waiting for the keyboard.
            eprintln!("오류: {address}: {error}");
            exit(1);
        }
    });
    for line in typed() {
        writeln!(&server, "{}", line?)?;
    }
    server.shutdown(Shutdown::Write)?;
    printing.join().unwrap();
    Ok(())
}
