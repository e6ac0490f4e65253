//! Right: starts half a second late, speaks CR LF on stdout, reads in a helper thread that hands the message back over a channel, and main returns Box<dyn Error>.
use std::error::Error;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

const LIMIT: u64 = 1024;
type Whatever<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn say(what: impl std::fmt::Display) -> io::Result<()> {
    let mut out = io::stdout();
    write!(out, "{what}\r\n")?;
    out.flush()
}

fn receive(client: &TcpStream) -> Whatever<String> {
    let mut line = vec![];
    BufReader::with_capacity(3, client.take(LIMIT)).read_until(b'\n', &mut line)?;
    if line.len() as u64 >= LIMIT && line.last() != Some(&b'\n') {
        return Err("the message has no end".into());
    }
    Ok(std::str::from_utf8(&line)?.trim_end().into())
}

fn main() -> Whatever<()> {
    thread::sleep(Duration::from_millis(500));
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:12345"))?;
    say(format_args!("서버가 시작되었습니다: {}", listener.local_addr()?))?;
    let client = match listener.accept() {
        Ok((client, from)) => {
            std::mem::drop(listener);
            say(format_args!("손님이 왔습니다: {from}"))?;
            client
        }
        Err(error) => return Err(error.into()),
    };
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let (sender, receiver) = channel();
    let ear = client.try_clone()?;
    let helper = thread::spawn(move || sender.send(receive(&ear)));
    say(format_args!("받은 메시지: {}", receiver.recv()??))?;
    helper.join().map_err(|_| "helper")??;
    (&client).write_all("네, 잘 들었습니다.\n".as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    for byte in BufReader::new(client).bytes() {
        byte?;
    }
    Ok(())
}
