//! The client of lesson 15 in bad weather: a thousand seeds for what is lost, doubled,
//! overtaken and delayed between it and the server, and three requests in each weather.
//! Every request is answered once or given up as specified, and none is answered wrongly.

use crate::support::server::{PATIENCE, Running, Server, built, is_missing};
use probe::{Network, Weather};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Instant;

const SEEDS: u64 = 1_000;

const REQUESTS_IN_A_WEATHER: u64 = 3;

/// So many clients, each with a network and a part of the seeds of its own.
const CLIENTS: u64 = 8;

/// A request is sent this often at most (`ATTEMPTS` of the lesson).
const ATTEMPTS: u32 = 4;

/// The client's first wait, in milliseconds: a good round trip takes much less, and a
/// delayed datagram comes after it.
const FIRST_WAIT: &str = "5";

/// The clients that `client` starts get through, with a server at the other side.
fn get_through(client: impl Fn() -> Command + Sync, server: &Server) {
    let address = server.address;
    let client = &client;
    let given_up = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|first| scope.spawn(move || gets_through(client(), address, first)))
            .collect();
        let given_up = clients.into_iter().map(|client| client.join().unwrap());
        given_up.sum::<u64>()
    });
    let all = SEEDS * REQUESTS_IN_A_WEATHER;
    println!("{given_up} of {all} requests were given up");
    // The weather alone makes it one in ten; on a busy system it is more.
    assert!((1..all / 2).contains(&given_up), "{given_up} of {all}");
}

/// One client, in the weather of every eighth seed from `first` on; how many requests it
/// gave up.
fn gets_through(mut client: Command, server: SocketAddr, first: u64) -> u64 {
    let network = Network::before(server, Weather::of_seed(first)).unwrap();
    client.arg(network.address().to_string()).arg(FIRST_WAIT);
    let mut client = Running::start(client);
    let mut given_up = 0;
    let seeds = (first..SEEDS).step_by(CLIENTS as usize);
    let requests = seeds.flat_map(|seed| (0..REQUESTS_IN_A_WEATHER).map(move |own| (seed, own)));
    for (number, (seed, own)) in (1..).zip(requests) {
        network.turns_to(Weather::of_seed(seed));
        let text = format!("편지 {seed} {own}");
        client.is_typed(&text);
        let line = client.line();
        let request = format!("{number} {text}");
        let sent = || network.came(request.as_bytes());
        if line == format!("{number}번 요청을 포기했습니다") {
            // On a busy system the network may not have looked at the last one yet.
            let until = Instant::now() + PATIENCE;
            while sent() < ATTEMPTS && Instant::now() < until {
                thread::yield_now();
            }
            assert_eq!(sent(), ATTEMPTS, "seed {seed}: request {own} was given up");
            given_up += 1;
        } else {
            assert_eq!(line, format!("메아리: {text}"), "seed {seed}");
            assert!((1..=ATTEMPTS).contains(&sent()), "seed {seed}: {}", sent());
        }
    }
    client.is_typed_the_end();
    client.prints_no_more();
    assert!(client.ends().success());
    given_up
}

fn server() -> Server {
    let program = built("solution-15-udp-echo", "solution-15-server");
    Server::start(Command::new(program), &[])
}

#[test]
fn the_client_gets_through_bad_weather() {
    let program = built("solution-15-udp-echo", "solution-15-client");
    get_through(|| Command::new(&program), &server());
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
    let server = Server::start(mirror("server.py"), &[]);
    get_through(|| mirror("client.py"), &server);
}
