//! The book while it is being written: pages come over HTTP, and a change in a
//! source is printed and announced.

use crate::browser::Browser;
use crate::small_book::SmallBook;
use press::{Edition, serve};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The body of the answer to a GET.
fn get(url: &str, path: &str) -> String {
    let (head, body) = ask(url, "GET", path, "");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    body
}

/// The head and the body of an answer.
fn ask(url: &str, method: &str, path: &str, headers: &str) -> (String, String) {
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (
        head.to_lowercase().replacen("http", "HTTP", 1),
        body.to_owned(),
    )
}

/// Serves a book from a thread that ends with the test; its address.
fn served(book: &SmallBook) -> String {
    let (press, (tell, told)) = (book.press(), mpsc::channel());
    thread::spawn(move || {
        let address = "127.0.0.1:0".parse().unwrap();
        serve::serve(press, Edition::BOTH.to_vec(), address, |url| {
            Ok(tell.send(url.to_owned())?)
        })
    });
    told.recv_timeout(Duration::from_secs(60)).unwrap()
}

#[test]
fn a_change_is_printed_and_announced() {
    let book = SmallBook::new();
    let url = served(&book);
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
fn what_was_unfolded_stays_so_when_the_page_loads_itself_again() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let folds = "<details><summary>1</summary>one</details>\n\n<details><summary>2</summary>two</details>\n";
    let book = SmallBook::new();
    book.both("a.md", &format!("# A\n\n{folds}"));
    let url = served(&book);
    let mut tab = browser.tab(1280);
    tab.opens_at(&format!("{url}ko/a.html"));
    let open = "[...document.querySelectorAll('main details')].map(one => String(one.open))";
    tab.tells("document.querySelectorAll('main details')[1].open = true");
    // The page has to know which print it shows before there is another.
    tab.tells(
        "new Promise(done => {
            const asked = () => performance.getEntriesByName(`${location.origin}/-/print`).length > 0;
            const look = () => (asked() ? done(true) : setTimeout(look, 50));
            look();
        })",
    );
    tab.loads_itself_after(|| book.both("a.md", &format!("# Again\n\n{folds}")));
    tab.comes_to_tell(
        "document.querySelector('main h1')?.textContent ?? ''",
        "Again",
    );
    tab.comes_to_tell(&format!("({open}).join()"), "false,true");
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

#[test]
fn a_head_is_that_of_the_page_and_no_page_comes_in_parts() {
    let book = SmallBook::new();
    let url = served(&book);
    let page = get(&url, "/ko/a.html");
    let (head, body) = ask(&url, "HEAD", "/ko/a.html", "");
    assert!(
        head.contains(&format!("content-length: {}", page.len())),
        "{head}"
    );
    assert_eq!(body, "");
    let (head, body) = ask(&url, "GET", "/ko/a.html", "Range: bytes=0-99\r\n");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(body, page);
    for path in ["/ko/none.html".to_owned(), "/a".repeat(2500)] {
        let (head, body) = ask(&url, "GET", &path, "");
        assert!(head.starts_with("HTTP/1.1 404"), "{head}");
        assert!(
            body.contains("location.reload()"),
            "it shows the page once there is one"
        );
    }
}

#[test]
fn a_page_is_there_at_every_moment_while_the_book_is_printed() {
    let book = SmallBook::new();
    let url = served(&book);
    let first = get(&url, "/-/print");
    let mut prints = 0;
    for number in 0..4 {
        let before = get(&url, "/-/print");
        book.both("a.md", &format!("# A\n\n## {number} {{#n}}\n"));
        let deadline = Instant::now() + Duration::from_secs(60);
        while get(&url, "/-/print") == before {
            // Each of them has to be answered with 200.
            for path in ["/ko/a.html", "/en/a.html", "/ko/index.html", "/index.html"] {
                get(&url, path);
            }
            assert!(Instant::now() < deadline, "the change was not noticed");
        }
        prints += 1;
    }
    assert_eq!(prints, 4);
    assert_ne!(get(&url, "/-/print"), first);
}

#[test]
fn two_printers_take_turns() {
    let book = SmallBook::new();
    thread::scope(|scope| {
        let both = [(); 4].map(|()| scope.spawn(|| book.press().print(&Edition::BOTH)));
        for printer in both {
            printer.join().unwrap().unwrap();
        }
    });
    assert!(book.page("ko/a.html").contains("</html>"));
}

#[test]
fn an_address_that_is_none_is_said_in_a_sentence() {
    let output = Command::new(env!("CARGO_BIN_EXE_press"))
        .args(["--serve", "here"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("write a port (3999)"), "{said}");
}
