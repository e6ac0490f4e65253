//! The course's chat servers with a crowd of clients, every tenth of them hostile: the bench
//! that the book quotes, smaller. It fails where a line is lost, comes twice or out of order,
//! and, on Linux, where threads, descriptors or memory of those who are gone stay.

use crate::support::server::built;
use bench::{Bench, Effort, Kind, Lang, Programs, Server, measure};

const SMALL: Effort = Effort {
    crowds: 3,
    clients: 200,
    speakers: 5,
    lines: 10,
    ..Effort::FULL
};

#[test]
fn a_crowd_hears_everything_and_leaves_nothing_behind() {
    let chats = [
        (Kind::Threads, "solution-17-threads", "solution-17-server"),
        (Kind::Poll, "solution-19-poll", "solution-19-poll"),
        (Kind::Async, "solution-20-async", "solution-20-async"),
    ];
    let chats = chats.map(|(kind, package, program)| Server::new(kind, built(package, program)));
    let programs = Programs {
        chats: chats.to_vec(),
        ..Programs::default()
    };
    let record = measure(Bench::Chat, &SMALL, &programs).unwrap();
    let kinds: Vec<_> = record.crowds.iter().map(|one| one.server).collect();
    assert_eq!(kinds, [Kind::Threads, Kind::Poll, Kind::Async]);
    for one in &record.crowds {
        assert_eq!((one.clients, one.hostile), (200, 20));
        // Five of the 180 good ones speak, and hear the four others.
        assert_eq!(one.heard, (175 * 5 + 5 * 4) * SMALL.lines);
        assert_eq!(one.threads.is_some(), cfg!(target_os = "linux"));
    }
    for lang in [Lang::Ko, Lang::En] {
        let tables = record.tables(lang);
        let rows: Vec<_> = tables.iter().map(|table| table.rows.len()).collect();
        assert_eq!(rows, [4]);
    }
}
