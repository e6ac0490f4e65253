//! The server of lesson 10 against ten thousand clients, one after another, of which
//! every tenth is hostile: no good one goes unanswered, no socket is left, and memory
//! stays flat. Linux shows the sockets and the memory, and accepts a connection that was
//! reset before, so that every client has its number; elsewhere there is nothing to test.
#![cfg(target_os = "linux")]

use crate::support::server::{PATIENCE, Server, built, is_missing};
use socket2::SockRef;
use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What the server gives each client, in milliseconds: every silent client costs that
/// much, and a good one that a busy system holds up for longer would be lost. So there
/// are few silent ones, and the time is long: 500 were not enough beside 16 busy programs
/// on two processors.
const TIME: &str = "3000";

/// How much the server's memory may grow after the first tenth of the clients, in KiB: an
/// allocator's slack, and less than 30 bytes for each of the nine thousand others.
const SLACK: u64 = 256;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Good,
    BreaksOff,
    SendsRubbish,
    LeavesWithoutAWord,
    StaysSilent,
}

/// Every tenth is hostile; of these every two hundred and fiftieth is silent.
fn manner_of(number: u64) -> Manner {
    match (number % 10, number % 2_500, number / 10 % 3) {
        (1.., ..) => Manner::Good,
        (_, 500, _) => Manner::StaysSilent,
        (.., 0) => Manner::LeavesWithoutAWord,
        (.., 1) => Manner::BreaksOff,
        _ => Manner::SendsRubbish,
    }
}

fn comes(manner: Manner, number: u64, server: &Server) {
    let mut client = TcpStream::connect(server.address).unwrap();
    client.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut said = Vec::new();
    let expected = match manner {
        Manner::Good => {
            client.write_all("안녕하세요\n".as_bytes()).unwrap();
            client.read_to_end(&mut said).unwrap();
            let reply = format!("{number}번째 손님, 반갑습니다.\n");
            assert_eq!(String::from_utf8_lossy(&said), reply);
            format!("{number}번째 손님: 안녕하세요")
        }
        Manner::BreaksOff => {
            client.write_all("안녕".as_bytes()).unwrap();
            lost(number, "연결이 끊김")
        }
        Manner::SendsRubbish => {
            client.write_all(b"\xff\xfe\xec\n").unwrap();
            client.read_to_end(&mut said).unwrap();
            lost(number, "읽을 수 없는 메시지")
        }
        Manner::LeavesWithoutAWord => {
            client.shutdown(Shutdown::Write).unwrap();
            client.read_to_end(&mut said).unwrap();
            lost(number, "아무 말 없이 떠남")
        }
        Manner::StaysSilent => {
            client.read_to_end(&mut said).unwrap();
            lost(number, "시간이 다 됨")
        }
    };
    // Breaks off a conversation that is not over. One that has been heard to its end leaves
    // no TIME_WAIT behind so: thousands of those slow down every look at the system's
    // table of sockets, which other tests need.
    SockRef::from(&client)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
    drop(client);
    assert_eq!(server.line(), expected);
}

fn lost(number: u64, why: &str) -> String {
    format!("{number}번째 손님을 놓쳤습니다: {why}")
}

/// The server's resident memory, in KiB (`man 5 proc`).
fn memory(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.process())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let size = line.unwrap().split_whitespace().nth(1).unwrap();
    size.parse().unwrap()
}

fn sockets(server: &Server) -> usize {
    let held = fs::read_dir(format!("/proc/{}/fd", server.process())).unwrap();
    held.filter_map(|entry| fs::read_link(entry.unwrap().path()).ok())
        .filter(|target| target.to_string_lossy().starts_with("socket:"))
        .count()
}

fn outlives(clients: u64, mut server: Server) {
    let mut after_a_tenth = u64::MAX;
    for number in 1..=clients {
        comes(manner_of(number), number, &server);
        if number == clients / 10 {
            after_a_tenth = memory(&server);
        }
    }
    let grown = memory(&server).saturating_sub(after_a_tenth);
    assert!(grown <= SLACK, "the server's memory grew by {grown} KiB");
    assert_eq!(sockets(&server), 1, "the listener, and nothing else");
    server.is_typed("stop");
    assert_eq!(server.line(), format!("서버를 마칩니다. 손님 {clients}명"));
    assert!(server.ends().success());
}

#[test]
fn the_server_outlives_ten_thousand_clients() {
    let program = built("solution-10-client-server", "solution-10-server");
    outlives(10_000, Server::start(Command::new(program), &[TIME]));
}

#[test]
fn the_mirror_outlives_a_thousand_clients() {
    let Some(python) = probe::python() else {
        return is_missing("Python 3");
    };
    let mirror = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../solutions/lesson-10-client-server/python/server.py");
    let mut command = Command::new(python);
    command.arg(mirror);
    outlives(1_000, Server::start(command, &[TIME]));
}
