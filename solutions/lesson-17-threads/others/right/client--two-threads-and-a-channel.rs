//! Right: the keyboard and the server each have a thread, and main waits for whichever ends first on a channel.
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::channel;
use std::thread;

enum End {
    OfTheServer,
    OfTheInput,
}

fn main() -> io::Result<()> {
    let address = std::env::args().nth(1);
    let server = TcpStream::connect(address.unwrap_or("127.0.0.1:12345".to_owned()))?;
    let (ends, end) = channel();
    let (hears, heard) = (server.try_clone()?, ends.clone());
    thread::spawn(move || {
        let mut reader = BufReader::new(hears);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|it| it > 0) || !line.is_empty() {
            if line.last() != Some(&b'\n') {
                line.push(b'\n');
            }
            let mut stdout = io::stdout().lock();
            let _ = stdout.write_all(&line).and_then(|()| stdout.flush());
            line.clear();
        }
        let _ = heard.send(End::OfTheServer);
    });
    let mut says = server.try_clone()?;
    thread::spawn(move || {
        for line in io::stdin().lines().map_while(Result::ok) {
            if says.write_all((line + "\n").as_bytes()).is_err() {
                return;
            }
        }
        let _ = ends.send(End::OfTheInput);
    });
    match end.recv() {
        Ok(End::OfTheInput) => {
            let _ = server.shutdown(Shutdown::Write);
            let _ = end.recv();
        }
        _ => println!("서버가 끝냈습니다"),
    }
    Ok(())
}
