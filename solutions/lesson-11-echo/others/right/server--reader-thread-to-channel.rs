//! Right: for each client a reader thread sends its lines over a channel to main, which writes them; the reader stops at quit.
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

fn is_quit(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line) == b"quit"
}
fn echo(client: TcpStream) -> io::Result<bool> {
    let mut reader = BufReader::with_capacity(1 << 20, client.try_clone()?);
    let (lines, inbox) = sync_channel::<io::Result<Vec<u8>>>(0);
    let reading = thread::spawn(move || loop {
        let mut line = Vec::new();
        match reader.by_ref().take(65_536).read_until(b'\n', &mut line) {
            Ok(0) => return,
            Ok(_) => {
                let last = is_quit(&line);
                if lines.send(Ok(line)).is_err() || last { return }
            }
            Err(error) => { let _ = lines.send(Err(error)); return }
        }
    });
    let mut quit = false;
    let outcome = (|| {
        for line in &inbox {
            let line = line?;
            (&client).write_all(&line)?;
            quit |= is_quit(&line);
        }
        if quit { client.shutdown(Shutdown::Write)? }
        Ok(quit)
    })();
    if outcome.is_err() { let _ = client.shutdown(Shutdown::Both); }
    drop(inbox);
    let _ = reading.join();
    if quit && outcome.is_ok() {
        client.set_read_timeout(Some(Duration::from_secs(10)))?;
        let _ = io::copy(&mut &client, &mut io::sink());
    }
    outcome
}
fn main() {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let listener = TcpListener::bind(&address).unwrap_or_else(|e| { eprintln!("{address}: {e}"); std::process::exit(4) });
    print!("서버가 시작되었습니다: {}\r\n", listener.local_addr().unwrap());
    io::stdout().flush().unwrap();
    for client in listener.incoming() {
        let outcome = client.and_then(echo);
        let (line, over) = match outcome {
            Ok(true) => ("손님이 quit을 말했습니다. 서버를 마칩니다.", true),
            Ok(false) => ("손님이 떠났습니다.", false),
            Err(_) => ("손님과의 연결이 끊겼습니다.", false),
        };
        print!("{line}\r\n");
        io::stdout().flush().unwrap();
        if over { return }
    }
}
