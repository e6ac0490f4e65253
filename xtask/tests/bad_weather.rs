//! The client of lesson 15 in bad weather: a thousand requests, each with a seed of its
//! own for what is lost, doubled and overtaken between it and the server. Every request is
//! answered once or given up as specified, and none is answered wrongly.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/server.rs"]
mod server;

use server::{Running, Server, built, is_missing};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

const REQUESTS: u32 = 1_000;

/// A request is sent this often at most (`ATTEMPTS` of the lesson).
const ATTEMPTS: u32 = 4;

/// The client's first wait, in milliseconds: a good round trip takes much less.
const FIRST_WAIT: &str = "5";

/// What happens to a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Lost,
    Doubled,
    /// It comes after the next one of its direction.
    Overtaken,
    Delivered,
}

/// Three in ten are lost, one is doubled and two are overtaken: by the request's number,
/// which is its seed, the direction, and how many there were of it.
fn fate(number: u32, direction: &str, count: u32) -> Fate {
    let mut hasher = DefaultHasher::new();
    (number, direction, count).hash(&mut hasher);
    match hasher.finish() % 10 {
        0..3 => Fate::Lost,
        3 => Fate::Doubled,
        4 | 5 => Fate::Overtaken,
        _ => Fate::Delivered,
    }
}

/// One direction of the network between the client and the server.
struct Direction {
    name: &'static str,
    from: UdpSocket,
    to: UdpSocket,
    /// How many datagrams of each request there were.
    counts: BTreeMap<u32, u32>,
    overtaken: Vec<Vec<u8>>,
}

impl Direction {
    /// Takes one datagram, if one comes within a moment; its sender.
    fn takes_one(&mut self, receiver: SocketAddr) -> Option<SocketAddr> {
        let mut buffer = [0; 2_048];
        let (length, sender) = self.from.recv_from(&mut buffer).ok()?;
        let datagram = buffer[..length].to_vec();
        let count = self.counts.entry(number_of(&datagram)).or_default();
        *count += 1;
        let fate = fate(number_of(&datagram), self.name, *count);
        let held = std::mem::take(&mut self.overtaken);
        match fate {
            Fate::Lost => {}
            Fate::Doubled => self.deliver(&[datagram.clone(), datagram], receiver),
            Fate::Overtaken => self.overtaken.push(datagram),
            Fate::Delivered => self.deliver(&[datagram], receiver),
        }
        self.deliver(&held, receiver);
        Some(sender)
    }

    fn deliver(&self, datagrams: &[Vec<u8>], receiver: SocketAddr) {
        for datagram in datagrams {
            self.to.send_to(datagram, receiver).unwrap();
        }
    }
}

fn number_of(datagram: &[u8]) -> u32 {
    let text = std::str::from_utf8(datagram).unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

/// The network: two sockets, and a thread for each direction.
struct Network {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<BTreeMap<u32, u32>>>,
}

impl Network {
    fn before(server: SocketAddr) -> Self {
        let socket = || {
            let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let moment = Duration::from_millis(5);
            socket.set_read_timeout(Some(moment)).unwrap();
            socket
        };
        let (front, back) = (socket(), socket());
        let client = Arc::new(Mutex::new(front.local_addr().unwrap()));
        let over = Arc::new(AtomicBool::new(false));
        let direction = |name, from: &UdpSocket, to: &UdpSocket| Direction {
            name,
            from: from.try_clone().unwrap(),
            to: to.try_clone().unwrap(),
            counts: BTreeMap::new(),
            overtaken: Vec::new(),
        };
        let mut there = direction("there", &front, &back);
        let mut back_again = direction("back", &back, &front);
        let (seen, until) = (Arc::clone(&client), Arc::clone(&over));
        let requests = thread::spawn(move || {
            while !until.load(Ordering::SeqCst) {
                if let Some(sender) = there.takes_one(server) {
                    *seen.lock().unwrap() = sender;
                }
            }
            there.counts
        });
        let until = Arc::clone(&over);
        let replies = thread::spawn(move || {
            while !until.load(Ordering::SeqCst) {
                let receiver = *client.lock().unwrap();
                back_again.takes_one(receiver);
            }
            back_again.counts
        });
        Self {
            address: front.local_addr().unwrap(),
            over,
            threads: vec![requests, replies],
        }
    }

    /// How many datagrams of each request the client sent.
    fn requests(self) -> BTreeMap<u32, u32> {
        self.over.store(true, Ordering::SeqCst);
        let counts = self
            .threads
            .into_iter()
            .map(|thread| thread.join().unwrap());
        counts.collect::<Vec<_>>().swap_remove(0)
    }
}

/// The client gets through, with `server` at the other side of the network.
fn gets_through(mut client: Command, server: &Server) {
    let network = Network::before(server.address);
    client.arg(network.address.to_string()).arg(FIRST_WAIT);
    let mut client = Running::start(client);
    let mut given_up = Vec::new();
    for number in 1..=REQUESTS {
        let text = format!("{number}번 편지");
        client.is_typed(&text);
        let line = client.line();
        if line == format!("{number}번 요청을 포기했습니다") {
            given_up.push(number);
        } else {
            assert_eq!(line, format!("메아리: {text}"));
        }
    }
    let sent = network.requests();
    assert!(sent.values().all(|count| *count <= ATTEMPTS), "{sent:?}");
    for number in &given_up {
        assert_eq!(sent[number], ATTEMPTS, "request {number} was given up");
    }
    // By the fates alone 118 are; on a busy system some more.
    assert!(given_up.len() < REQUESTS as usize / 2, "{given_up:?}");
    println!("{} of {REQUESTS} were given up", given_up.len());
}

fn server() -> Server {
    let program = built("solution-15-udp-echo", "solution-15-server");
    Server::start(Command::new(program), &[])
}

#[test]
fn the_client_gets_through_bad_weather() {
    let program = built("solution-15-udp-echo", "solution-15-client");
    gets_through(Command::new(program), &server());
}

#[test]
fn the_mirror_gets_through_bad_weather() {
    let Some(python) = probe::python() else {
        return is_missing("Python 3");
    };
    let mirrors =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../solutions/lesson-15-udp-echo/python");
    let mirror = |file: &str| {
        let mut command = Command::new(python);
        command.arg(mirrors.join(file));
        command
    };
    gets_through(
        mirror("client.py"),
        &Server::start(mirror("server.py"), &[]),
    );
}
