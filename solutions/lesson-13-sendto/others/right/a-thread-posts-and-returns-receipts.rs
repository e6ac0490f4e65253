//! Right: a thread owns the socket and posts letters from a channel; each letter carries the sender for its own receipt.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io::{self, BufRead};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::thread;

const MOST: usize = 65_507;

struct Letter {
    words: Box<[u8]>,
    receipt: SyncSender<Receipt>,
}

type Receipt = Result<usize, String>;

fn post(socket: &Socket, words: &[u8], to: &SockAddr) -> Receipt {
    let outcome = loop {
        match socket.send_to_with_flags(words, to, 0) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => break outcome,
        }
    };
    outcome.map_err(|error| match words.len() {
        ..=MOST => error.to_string(),
        length => format!("{length}바이트는 데이터그램 하나에 담을 수 없습니다"),
    })
}

fn post_office(socket: Socket, to: SocketAddr, letters: Receiver<Letter>) {
    let to = SockAddr::from(to);
    letters.into_iter().for_each(|letter| {
        let _ = letter.receipt.send(post(&socket, &letter.words, &to));
    });
}

fn words(line: &str) -> Box<[u8]> {
    let number = line.strip_prefix('#').map(str::parse::<usize>);
    match number {
        Some(Ok(count)) => std::iter::repeat_n(b'x', count).collect(),
        _ => line.as_bytes().into(),
    }
}

fn write_letters(office: Sender<Letter>) -> io::Result<()> {
    println!("보낼 줄을 치세요. #1000은 1000바이트입니다.");
    for line in io::stdin().lock().lines() {
        let (receipt, receipts) = mpsc::sync_channel(1);
        let letter = Letter { words: words(&line?), receipt };
        office.send(letter).map_err(io::Error::other)?;
        match receipts.recv().map_err(io::Error::other)? {
            Ok(count) => println!("보냈습니다: {count}바이트"),
            Err(why) => println!("보내지 못했습니다: {why}"),
        }
    }
    Ok(())
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let to: SocketAddr = text
        .parse()
        .map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let socket = Socket::new(Domain::for_address(to), Type::DGRAM, Some(Protocol::UDP))?;
    let (office, letters) = mpsc::channel();
    let postman = thread::spawn(move || post_office(socket, to, letters));
    let outcome = write_letters(office);
    let _ = postman.join();
    outcome
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}
