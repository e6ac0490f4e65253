//! Right: a thread for each client reads with a BufReader of 1 MiB and read_to_end; main joins it, and tells before the socket is dropped.
use std::io::{self, BufReader, Read};
use std::net::TcpListener;
use std::sync::mpsc;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(std::env::args().nth(1).as_deref().unwrap_or("127.0.0.1:12345"))?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let (work, jobs) = mpsc::channel();
    let (done, results) = mpsc::channel();
    std::thread::spawn(move || {
        for client in jobs {
            let mut message = Vec::with_capacity(16 << 20);
            let mut reader = BufReader::with_capacity(1 << 20, client);
            let outcome = reader.read_to_end(&mut message);
            done.send((message, outcome, reader)).expect("main lives");
        }
    });
    loop {
        work.send(listener.accept()?.0).expect("the reader lives");
        let (message, outcome, still_open) = results.recv().expect("the reader lives");
        println!("받은 바이트: {}", message.len());
        println!("{}", match outcome {
            Err(e) if e.kind() == io::ErrorKind::ConnectionReset => "상대가 연결을 끊었습니다 (RST)".to_owned(),
            Err(e) => format!("끝까지 받지 못했습니다: {e}"),
            Ok(_) => match std::str::from_utf8(&message) {
                Ok(text) => ["메시지: ", text].concat(),
                Err(e) => format!("UTF-8이 아닙니다: {}바이트까지만 글자입니다", e.valid_up_to()),
            },
        });
        drop(still_open);
    }
}
