//! Right: all threads are scoped, main's scope holds everything; an RwLock, and a writer that is told to stop by an empty option.
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::RwLock;
use std::sync::atomic::{AtomicIsize, Ordering::SeqCst};
use std::sync::mpsc::{self, SyncSender, TrySendError};
use std::thread;
use std::time::Duration;

struct Seat<'a>(&'a AtomicIsize);

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, SeqCst);
    }
}

#[derive(Clone)]
struct Mouth<'a> {
    lines: SyncSender<Option<String>>,
    socket: &'a TcpStream,
}

impl Mouth<'_> {
    fn say(&self, line: String) {
        match self.lines.try_send(Some(line)) {
            Err(TrySendError::Full(_)) => drop(self.socket.shutdown(Shutdown::Both)),
            Ok(()) | Err(TrySendError::Disconnected(_)) => {}
        }
    }
}

type Hall = RwLock<BTreeMap<String, (SyncSender<Option<String>>, TcpStream)>>;

fn others(hall: &BTreeMap<String, (SyncSender<Option<String>>, TcpStream)>, me: &str, line: &str) {
    for (name, (lines, socket)) in hall {
        if name != me {
            let mouth = Mouth {
                lines: lines.clone(),
                socket,
            };
            mouth.say(line.to_owned());
        }
    }
}

/// How many may be connected at once.
fn places() -> usize {
    let number = std::env::args().nth(2).unwrap_or("8".to_owned());
    match number.parse() {
        Ok(number) if (1..=100_000).contains(&number) => number,
        _ => {
            eprintln!("오류: 손님은 1명에서 100000명까지입니다");
            std::process::exit(1);
        }
    }
}

fn main() -> io::Result<()> {
    places();
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:12345"))?;
    let told = listener.local_addr()?;
    println!("서버가 시작되었습니다: {told} (Enter로 끝냅니다)");
    let (seats, hall) = (AtomicIsize::new(places() as isize), Hall::default());
    thread::scope(|scope| {
        scope.spawn(|| {
            if io::stdin().lines().next().is_some() {
                std::process::exit(0);
            }
        });
        loop {
            let Ok((socket, _)) = listener.accept() else {
                continue;
            };
            let seat = Seat(&seats);
            if seats.fetch_sub(1, SeqCst) <= 0 {
                let _ = (&socket).write_all("자리가 없습니다\n".as_bytes());
                println!("돌려보냈습니다: 자리가 없습니다");
                continue;
            }
            let hall = &hall;
            scope.spawn(move || {
                let _seat = seat;
                serve(hall, &socket);
            });
        }
    })
}

fn serve(hall: &Hall, socket: &TcpStream) {
    let (lines, queue) = mpsc::sync_channel(10_000);
    thread::scope(|scope| {
        let sending = scope.spawn(move || {
            while let Ok(Some(line)) = queue.recv() {
                if writeln!(&mut &*socket, "{line}").is_err() {
                    break;
                }
            }
            let _ = socket.shutdown(Shutdown::Write);
        });
        let me = Mouth { lines, socket };
        converse(hall, &me);
        if me.lines.try_send(None).is_err() {
            let _ = socket.shutdown(Shutdown::Both);
        }
        drop(me);
        for _ in 0..200 {
            if sending.is_finished() {
                break;
            }
            thread::sleep(Duration::from_millis(5));
        }
        let _ = socket.set_read_timeout(Some(Duration::from_millis(900)));
        let _ = io::copy(&mut (&mut &*socket).take(1 << 20), &mut io::sink());
        let _ = socket.shutdown(Shutdown::Both);
    });
}

fn converse(hall: &Hall, me: &Mouth<'_>) {
    me.say("이름을 알려 주세요".to_owned());
    let mut reader = BufReader::new(me.socket);
    let name = match line(&mut reader) {
        Ok(Some(name)) => name,
        Ok(None) => return println!("이름 없이 나갔습니다"),
        Err(why) => {
            println!("돌려보냈습니다: {why}");
            return me.say(why.to_owned());
        }
    };
    let count = match enter(hall, &name, me) {
        Ok(count) => count,
        Err(why) => {
            println!("돌려보냈습니다: {why}");
            return me.say(why.to_owned());
        }
    };
    println!("들어왔습니다: {name} ({count}명)");
    loop {
        match line(&mut reader) {
            Ok(Some(mut said)) => {
                said.retain(|it| !it.is_control());
                if let Ok(hall) = hall.read() {
                    others(&hall, &name, &format!("{name}: {said}"));
                }
            }
            Ok(None) => break,
            Err(why) => {
                me.say(why.to_owned());
                break;
            }
        }
    }
    let count = hall.write().map_or(0, |mut hall| {
        hall.remove(&name);
        others(&hall, &name, &format!("{name}님이 나갔습니다"));
        hall.len()
    });
    println!("나갔습니다: {name} ({count}명)");
}

fn enter(hall: &Hall, name: &str, me: &Mouth<'_>) -> Result<usize, &'static str> {
    if !(1..=30).contains(&name.len()) || name.chars().any(char::is_control) {
        return Err("쓸 수 없는 이름입니다");
    }
    let Ok(mut hall) = hall.write() else {
        return Err("이미 있는 이름입니다");
    };
    if hall.contains_key(name) {
        return Err("이미 있는 이름입니다");
    }
    let count = hall.len() + 1;
    me.say(format!("환영합니다: {name} ({count}명)"));
    others(&hall, name, &format!("{name}님이 들어왔습니다"));
    let socket = me.socket.try_clone().map_err(|_| "쓸 수 없는 이름입니다")?;
    hall.insert(name.to_owned(), (me.lines.clone(), socket));
    Ok(count)
}

fn line(reader: &mut BufReader<&TcpStream>) -> Result<Option<String>, &'static str> {
    let mut bytes = vec![];
    let read = reader.by_ref().take(1026).read_until(b'\n', &mut bytes);
    if read.is_err() || bytes.is_empty() {
        return Ok(None);
    }
    bytes.pop_if(|it| *it == b'\n');
    bytes.pop_if(|it| *it == b'\r');
    if bytes.len() > 1024 {
        return Err("줄이 너무 깁니다");
    }
    String::from_utf8(bytes).map(Some).map_err(|_| "UTF-8이 아닙니다")
}
