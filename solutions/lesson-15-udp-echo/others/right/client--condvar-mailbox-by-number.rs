//! Right: a receiving thread puts replies into a Mutex'd map by number and rings a Condvar that main waits on until a deadline.

use std::collections::BTreeMap;
use std::io::{self, BufRead, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::process::ExitCode;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

#[derive(Default)]
struct Mailbox {
    letters: Mutex<BTreeMap<String, String>>,
    bell: Condvar,
    failed: Mutex<Option<io::Error>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Mailbox {
    /// A letter is kept only while somebody waits for its number.
    fn fill(&self, socket: &UdpSocket, server: SocketAddr) {
        let mut room = vec![0; 65_535];
        loop {
            let (count, from) = match socket.recv_from(&mut room) {
                Ok(received) => received,
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::Interrupted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused
                    ) =>
                {
                    continue;
                }
                Err(error) => {
                    *locked(&self.failed) = Some(error);
                    let _letters = locked(&self.letters);
                    return self.bell.notify_all();
                }
            };
            let Some((number, text)) = std::str::from_utf8(&room[..count]).ok().and_then(|text| text.split_once(' '))
            else {
                continue;
            };
            if from == server
                && let Some(slot) = locked(&self.letters).get_mut(number)
                && slot.is_empty()
            {
                // A mark in front, so that an empty reply is a reply, too.
                *slot = format!("!{text}");
                self.bell.notify_all();
            }
        }
    }

    fn wait_for(&self, number: &str, until: Instant) -> io::Result<Option<String>> {
        let left = until.saturating_duration_since(Instant::now());
        let waiting = |letters: &mut BTreeMap<String, String>| {
            letters.get(number).is_some_and(String::is_empty) && locked(&self.failed).is_none()
        };
        let outcome = self.bell.wait_timeout_while(locked(&self.letters), left, waiting);
        let (mut letters, _) = outcome.unwrap_or_else(PoisonError::into_inner);
        match letters.get(number).and_then(|letter| letter.strip_prefix('!')).map(str::to_owned) {
            Some(text) => {
                letters.remove(number);
                Ok(Some(text))
            }
            None => locked(&self.failed).take().map_or(Ok(None), Err),
        }
    }
}

fn ask(
    socket: &UdpSocket,
    server: SocketAddr,
    mail: &Mailbox,
    number: u32,
    line: &str,
    first: Duration,
) -> io::Result<Option<String>> {
    let key = number.to_string();
    locked(&mail.letters).insert(key.clone(), String::new());
    for wait in std::iter::successors(Some(first), |wait| wait.checked_mul(2)).take(4) {
        socket.send_to(format!("{number} {line}").as_bytes(), server)?;
        if let Some(text) = mail.wait_for(&key, Instant::now() + wait)? {
            return Ok(Some(text));
        }
    }
    locked(&mail.letters).remove(&key);
    Ok(None)
}

fn run(place: &str, first: Duration) -> io::Result<()> {
    let server = place.to_socket_addrs()?.next().ok_or_else(|| io::Error::other("이름에 주소가 없습니다"))?;
    let socket = Arc::new(UdpSocket::bind(if server.is_ipv6() { "[::]:0" } else { "0.0.0.0:0" })?);
    let mail = Arc::new(Mailbox::default());
    {
        let (socket, mail) = (Arc::clone(&socket), Arc::clone(&mail));
        thread::spawn(move || mail.fill(&socket, server));
    }
    let mut number = 0;
    for line in io::stdin().lock().lines() {
        number += 1;
        match ask(&socket, server, &mail, number, &line?, first)? {
            Some(text) => println!("메아리: {text}"),
            None => println!("{number}번 요청을 포기했습니다"),
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let place = given.first().map_or("127.0.0.1:12345", String::as_str);
    let first = given.get(1).and_then(|text| text.parse().ok()).unwrap_or(500);
    match run(place, Duration::from_millis(first)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {place}: {error}");
            ExitCode::FAILURE
        }
    }
}
