//! Right: a thread reads all lines from the server into a channel, however early they come; main takes one for each line typed; line and newline in two writes.
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Write};
use std::net::TcpStream;
use std::sync::mpsc;

fn run(address: &str) -> io::Result<()> {
    let mut server = TcpStream::connect(address)?;
    server.set_nodelay(true)?;
    let reader = BufReader::new(server.try_clone()?);
    let (news, inbox) = mpsc::channel::<io::Result<String>>();
    std::thread::spawn(move || {
        let mut reader = reader;
        loop {
            let mut line = Vec::new();
            let outcome = reader.read_until(b'\n', &mut line).and_then(|_| match line.pop() {
                Some(b'\n') => String::from_utf8(line).map_err(|e| io::Error::new(ErrorKind::InvalidData, e)),
                _ => Err(io::Error::new(ErrorKind::UnexpectedEof, "the server ended before the newline")),
            });
            let last = outcome.is_err();
            if news.send(outcome).is_err() || last { return }
        }
    });
    let stdin = io::stdin();
    let mut typed = String::new();
    loop {
        if stdin.is_terminal() { print!("> "); io::stdout().flush()?; }
        typed.clear();
        if stdin.read_line(&mut typed)? == 0 { break }
        let line = typed.strip_suffix('\n').map_or(typed.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
        server.write_all(line.as_bytes())?;
        server.write_all(b"\n")?;
        let echo = inbox.recv().map_err(|_| io::Error::from(ErrorKind::BrokenPipe))??;
        println!("메아리: {echo}");
        if line == "quit" { break }
    }
    println!("대화를 마칩니다.");
    Ok(())
}
fn main() {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    if let Err(error) = run(&address) { eprintln!("{address}: {error}"); std::process::exit(11) }
}
