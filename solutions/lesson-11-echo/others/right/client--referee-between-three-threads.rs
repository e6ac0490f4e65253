//! Right: three scoped threads around main: one types, one sends, one receives; main is the referee that hands out turns.

use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

fn keyboard(turns: Receiver<()>, lines: SyncSender<io::Result<Option<String>>>) {
    let mut input = io::stdin().lock();
    for () in turns {
        if io::stdin().is_terminal() {
            print!("> ");
            let _ = io::stdout().flush();
        }
        let mut line = String::new();
        let typed = input.read_line(&mut line).map(|count| {
            let bare = line.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
            (count > 0).then(|| bare.unwrap_or(&line).to_owned())
        });
        if lines.send(typed).is_err() {
            return;
        }
    }
}

fn sender(mut server: &TcpStream, lines: Receiver<String>, failed: SyncSender<io::Result<String>>) {
    for mut line in lines {
        line.push('\n');
        if let Err(error) = server.write_all(line.as_bytes()) {
            let _ = failed.send(Err(error));
            return;
        }
    }
}

fn receiver(server: &TcpStream, echoes: SyncSender<io::Result<String>>) {
    let mut reader = BufReader::with_capacity(16, server);
    loop {
        let mut line = Vec::new();
        let outcome = match reader.read_until(b'\n', &mut line) {
            Ok(_) if line.pop_if(|last| *last == b'\n').is_some() => {
                String::from_utf8(line).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
            }
            Ok(_) => Err(ErrorKind::UnexpectedEof.into()),
            Err(error) => Err(error),
        };
        let over = outcome.is_err();
        if echoes.send(outcome).is_err() || over {
            return;
        }
    }
}

fn run(address: &str) -> io::Result<()> {
    let server = TcpStream::connect(address)?;
    let (turns, turn) = sync_channel(0);
    let (typed, lines) = sync_channel(0);
    // Not scoped: after an error nobody waits for the keyboard.
    thread::spawn(move || keyboard(turn, typed));
    thread::scope(|scope| {
        let (say, to_say) = sync_channel(1);
        let (heard, echoes) = sync_channel(1);
        let failed = heard.clone();
        let server = &server;
        scope.spawn(move || sender(server, to_say, failed));
        scope.spawn(move || receiver(server, heard));
        let gone = |_| io::Error::from(ErrorKind::BrokenPipe);
        let referee = || -> io::Result<()> {
            loop {
                turns.send(()).map_err(|_| io::Error::from(ErrorKind::BrokenPipe))?;
                let Some(line) = lines.recv().map_err(gone)?? else { return Ok(()) };
                let last = line == "quit";
                say.send(line).map_err(|_| io::Error::from(ErrorKind::BrokenPipe))?;
                let echo = echoes.recv().map_err(gone)??;
                println!("메아리: {echo}");
                if last {
                    return Ok(());
                }
            }
        };
        let outcome = referee();
        drop((say, echoes));
        // Both others wake up; nothing that was sent is lost by it.
        let _ = server.shutdown(Shutdown::Both);
        outcome
    })?;
    drop(server);
    println!("대화를 마칩니다.");
    Ok(())
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    match run(&address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
