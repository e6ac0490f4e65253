//! Right: one thread owns the commands and answers messages on a channel; each Unity has a channel of its own.
mod frames;
mod http;

use frames::{number, number_after, read_frame, send_frame};
use http::{Answer, Request, is_ip, name_and_port};
use std::collections::BTreeMap;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

enum Ask {
    Take(String, Sender<Option<u64>>),
    All(Sender<(BTreeMap<u64, String>, u64)>),
    Hello(u64, u64, TcpStream, Sender<(u64, Receiver<String>)>),
    Done(u64, u64, Sender<bool>),
    Bye(u64),
}

struct Seat {
    who: u64,
    stream: TcpStream,
    frames: Sender<String>,
}

fn own(asks: Receiver<Ask>) {
    let mut kept: BTreeMap<u64, String> = BTreeMap::new();
    let (mut last, mut done) = (0, 0);
    let mut seat: Option<Seat> = None;
    let finish = |kept: &mut BTreeMap<u64, String>, done: &mut u64, upto: u64| {
        while *done < upto {
            *done += 1;
            println!("전달했습니다: {done}");
        }
        kept.retain(|id, _| *id + 100 > *done);
    };
    for ask in asks {
        match ask {
            Ask::Take(text, back) => {
                if last - done == 100 {
                    let _ = back.send(None);
                    continue;
                }
                last += 1;
                println!("받았습니다: {last} {text}");
                if let Some(seat) = &seat {
                    let _ = seat.frames.send(format!("{last} {text}"));
                }
                kept.insert(last, text);
                let _ = back.send(Some(last));
            }
            Ask::All(back) => {
                let _ = back.send((kept.clone(), done));
            }
            Ask::Hello(who, said, stream, back) => {
                match &seat {
                    Some(before) => {
                        println!("유니티가 바뀌었습니다");
                        let _ = before.stream.shutdown(Shutdown::Both);
                    }
                    None => println!("유니티가 연결되었습니다"),
                }
                let after = if said > last { 0 } else { said };
                finish(&mut kept, &mut done, after);
                let (frames, queue) = channel();
                for (id, text) in kept.range(done + 1..) {
                    let _ = frames.send(format!("{id} {text}"));
                }
                seat = Some(Seat { who, stream, frames });
                let _ = back.send((after, queue));
            }
            // Whatever was accepted has been put into the channel of who has the seat.
            Ask::Done(who, id, back) => {
                let fine = seat.as_ref().is_some_and(|it| it.who == who) && id <= last;
                if fine {
                    finish(&mut kept, &mut done, id);
                }
                let _ = back.send(fine);
            }
            Ask::Bye(who) => {
                if seat.as_ref().is_some_and(|it| it.who == who) {
                    seat = None;
                    println!("유니티가 떠났습니다");
                }
            }
        }
    }
}

fn asked<T>(owner: &Sender<Ask>, ask: impl FnOnce(Sender<T>) -> Ask) -> Option<T> {
    let (back, answer) = channel();
    owner.send(ask(back)).ok()?;
    answer.recv().ok()
}

fn unity(owner: &Sender<Ask>, who: u64, stream: &TcpStream) -> Option<()> {
    let said = number_after("last ", &read_frame(stream).ok()??).ok()?;
    let own = stream.try_clone().ok()?;
    let (after, queue) = asked(owner, |back| Ask::Hello(who, said, own, back))?;
    let sends = stream.try_clone().ok()?;
    thread::spawn(move || {
        let first = [format!("after {after}")];
        for frame in first.into_iter().chain(queue) {
            if send_frame(&sends, &frame).is_err() {
                break;
            }
        }
    });
    loop {
        let id = number_after("done ", &read_frame(stream).ok()??).ok()?;
        asked(owner, |back| Ask::Done(who, id, back)).filter(|fine| *fine)?;
    }
}

fn allowed(request: &Request, port: u16) -> bool {
    let Some(host) = request.field("host") else {
        return false;
    };
    let ours = name_and_port(host).is_some_and(|(name, given)| {
        given == port && (is_ip(name) || name.to_ascii_lowercase() == "localhost")
    });
    match request.field("origin") {
        Some(origin) => ours && origin.strip_prefix("http://") == Some(host),
        None => ours,
    }
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |done, c| match c {
        '&' | '<' | '>' | '"' | '\'' => format!("{done}&#x{:x};", c as u32),
        c => format!("{done}{c}"),
    })
}

fn answer(owner: &Sender<Ask>, request: &Request, port: u16) -> Option<Answer> {
    if !allowed(request, port) {
        return Some(Answer::text(403, "no\n"));
    }
    if request.method == "POST" && request.path == "/commands" {
        return take(owner, &request.body);
    }
    let (kept, done) = asked(owner, Ask::All)?;
    let state = |id: u64, both: [&'static str; 2]| both[usize::from(id <= done)];
    Some(match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/") => {
            let items = kept.iter().rev().take(10).map(|(id, text)| {
                let how = state(*id, ["대기", "완료"]);
                format!("<li>{id} <i>{}</i> {how}</li>", escaped(text))
            });
            Answer::html(format!("<ol>{}</ol>", items.collect::<String>()))
        }
        ("GET", "/commands") => {
            let after = match request.query.as_str() {
                "" => Some(0),
                query => query.strip_prefix("after=").and_then(number),
            };
            match after {
                None => Answer::text(400, "no\n"),
                Some(after) => {
                    let lines = kept.iter().filter(|it| *it.0 > after);
                    let lines = lines.map(|(id, text)| format!("{id} {text}\n"));
                    Answer::text(200, lines.collect::<String>())
                }
            }
        }
        ("GET", path) => match path.strip_prefix("/commands/").and_then(number) {
            Some(id) if kept.contains_key(&id) => {
                Answer::text(200, state(id, ["waiting\n", "done\n"]))
            }
            _ => Answer::text(404, "no\n"),
        },
        _ => Answer::text(405, "no\n").with("Allow", "GET, HEAD".into()),
    })
}

fn take(owner: &Sender<Ask>, body: &[u8]) -> Option<Answer> {
    let text = String::from_utf8_lossy(body);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text).to_string();
    let bad = text.is_empty() || text.len() > 200 || text.contains(char::is_control);
    if bad || str::from_utf8(body).is_err() {
        return Some(Answer::text(400, "no\n"));
    }
    Some(match asked(owner, |back| Ask::Take(text, back))? {
        Some(id) => Answer::text(202, format!("{id}\n")).with("Location", format!("/commands/{id}")),
        None => Answer::text(503, "full\n"),
    })
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut bind = |default: &str| {
        let address = arguments.next().unwrap_or(default.to_string());
        TcpListener::bind(&address).unwrap_or_else(|error| {
            eprintln!("오류: {address}: {error}");
            std::process::exit(1)
        })
    };
    let (phones, unities) = (bind("127.0.0.1:8080"), bind("127.0.0.1:9090"));
    let port = phones.local_addr().map_or(0, |it| it.port());
    for (line, door) in [("휴대폰", &phones), ("유니티", &unities)] {
        let address = door.local_addr().map_or(String::new(), |it| it.to_string());
        let end = if line == "유니티" { " (Enter로 끝냅니다)" } else { "" };
        let particle = if line == "유니티" { "를" } else { "을" };
        println!("{line}{particle} 기다립니다: {address}{end}");
    }
    let (owner, asks) = channel();
    thread::spawn(move || own(asks));
    let at_phones = owner.clone();
    thread::spawn(move || {
        for phone in phones.incoming().flatten() {
            let owner = at_phones.clone();
            thread::spawn(move || {
                http::serve(&phone, |request| {
                    answer(&owner, request, port).unwrap_or(Answer::text(500, "no\n"))
                });
            });
        }
    });
    thread::spawn(move || {
        for (who, stream) in (0..).zip(unities.incoming().flatten()) {
            let owner = owner.clone();
            thread::spawn(move || {
                unity(&owner, who, &stream);
                let _ = owner.send(Ask::Bye(who));
                let _ = stream.shutdown(Shutdown::Both);
            });
        }
    });
    let mut line = String::new();
    while !matches!(std::io::stdin().read_line(&mut line), Ok(1..)) {
        thread::park();
    }
}
