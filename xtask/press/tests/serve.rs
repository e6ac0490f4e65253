//! The book while it is being written: pages come over HTTP, and a change in a
//! source is printed and announced.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends where it did not get what it needs"
)]

mod small_book;

use press::{Edition, serve};
use small_book::SmallBook;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The body of the answer to a GET.
fn get(url: &str, path: &str) -> String {
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

#[test]
fn a_change_is_printed_and_announced() {
    let book = SmallBook::new();
    let (press, (tell, told)) = (book.press(), mpsc::channel());
    thread::spawn(move || {
        let address = "127.0.0.1:0".parse().unwrap();
        serve::serve(press, Edition::BOTH.to_vec(), address, |url| {
            Ok(tell.send(url.to_owned())?)
        })
    });
    let url = told.recv_timeout(Duration::from_secs(60)).unwrap();
    assert!(!url.ends_with(":0/"));

    let before = get(&url, "/-/print");
    let page = get(&url, "/ko/a.html");
    assert!(page.contains("location.reload()"));
    assert!(
        !book.page("ko/a.html").contains("location.reload()"),
        "the printed file stays as it is"
    );

    // A chapter that cannot be printed changes nothing; the next good one does.
    book.both("a.md", "# A\n\n## 이름 없음\n");
    thread::sleep(Duration::from_secs(1));
    assert_eq!(get(&url, "/-/print"), before);
    assert_eq!(get(&url, "/ko/a.html"), page);

    book.both("a.md", "# A\n\n## 새 제목 {#new}\n");
    let deadline = Instant::now() + Duration::from_secs(60);
    while get(&url, "/-/print") == before {
        assert!(Instant::now() < deadline, "the change was not noticed");
        thread::sleep(Duration::from_millis(50));
    }
    assert!(get(&url, "/ko/a.html").contains("새 제목"));
}

#[test]
fn a_busy_port_is_one_clear_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_press"))
        .args(["--serve", &address])
        .env("RUST_BACKTRACE", "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains(&address) && said.contains("another program listens there"),
        "{said}"
    );
}
