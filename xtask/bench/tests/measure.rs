//! A small run, and what has to be true of every run wherever it takes place.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use bench::{Bench, Effort, Lang, Programs, Record, Transport, Writing, measure};
use std::path::Path;

const SMALL: Effort = Effort {
    rounds: 2,
    round_trips: 50,
    messages: &[(64, 500), (1_200, 500)],
    queue: 2_048,
    ..Effort::FULL
};

#[test]
fn tcp_loses_nothing_and_udp_what_its_queue_does_not_hold() {
    let record = measure(Bench::UdpAndTcp, &SMALL, &Programs::default()).unwrap();

    let counts: Vec<_> = record.round_trips.iter().map(|one| one.count).collect();
    assert_eq!(counts, [100, 10, 100]);
    for one in &record.round_trips {
        assert!(0.0 < one.median_us && one.median_us <= one.p99_us);
    }

    assert_eq!(record.throughput.len(), 4);
    for one in &record.throughput {
        assert!(one.mib_per_second > 0.0);
        match one.transport {
            Transport::Tcp => assert_eq!(one.arrived, one.sent),
            Transport::Udp => assert!((1..=one.sent).contains(&one.arrived)),
        }
    }

    assert_eq!(record.queue.len(), 3);
    for one in &record.queue {
        assert_eq!(one.points.first(), Some(&(0, 0)));
        let &(sent, arrived) = one.points.last().unwrap();
        assert_eq!(sent, SMALL.queue);
        match one.transport {
            Transport::Tcp => assert!(one.points.iter().all(|(sent, came)| sent == came)),
            // 2 MiB of datagrams and more are not kept by any system's default.
            Transport::Udp if one.bytes > 1_000 => assert!(0 < arrived && arrived < sent),
            Transport::Udp => assert!(0 < arrived),
        }
    }
}

/// How much later two calls are depends on the system: on some they may not be.
#[test]
fn a_request_of_two_parts_is_answered_however_it_is_written() {
    let record = small_writes();
    let kinds: Vec<_> = record
        .rounds
        .iter()
        .map(|one| (one.writing, one.bytes))
        .collect();
    let all = [
        (Writing::TwoCalls, 15),
        (Writing::TwoCallsNodelay, 15),
        (Writing::OneCall, 15),
        (Writing::Buffered, 15),
        (Writing::Buffered, 32_000),
    ];
    assert_eq!(kinds, all);
    for one in &record.rounds {
        assert_eq!(one.count, 20);
        assert!(one.median_ms > 0.0);
    }
}

fn small_writes() -> Record {
    let once = Effort { rounds: 1, ..SMALL };
    measure(Bench::SmallWrites, &once, &Programs::default()).unwrap()
}

#[test]
fn benches_are_found_by_their_names() {
    for bench in Bench::ALL {
        assert_eq!(Bench::named(bench.name()), Some(bench));
    }
    assert_eq!(Bench::named("udp-or-tcp"), None);
}

#[test]
fn a_record_is_read_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bench").join("record.json");
    for record in [
        measure(Bench::UdpAndTcp, &SMALL, &Programs::default()).unwrap(),
        small_writes(),
    ] {
        record.write(&file).unwrap();
        assert_eq!(Record::read(&file).unwrap(), record);
    }
    let kept = std::fs::read_to_string(&file).unwrap();
    assert!(
        !kept.contains("round_trips"),
        "what was not measured: {kept}"
    );
    std::fs::write(&file, "{}").unwrap();
    let refused = format!("{:#}", Record::read(&file).unwrap_err());
    assert!(refused.contains("record.json is not a record of a bench"));
    let missing = Record::read(Path::new("nowhere.json")).unwrap_err();
    assert!(missing.to_string().contains("nowhere.json cannot be read"));
}

#[test]
fn its_tables_have_a_cell_for_each_column_in_both_languages() {
    let all = [
        (
            measure(Bench::UdpAndTcp, &SMALL, &Programs::default()).unwrap(),
            vec![4, 5, 10],
        ),
        (small_writes(), vec![6]),
    ];
    for (record, rows) in all {
        for lang in [Lang::Ko, Lang::En] {
            let tables = record.tables(lang);
            let lengths: Vec<_> = tables.iter().map(|table| table.rows.len()).collect();
            assert_eq!(lengths, rows);
            for table in tables {
                let columns = table.rows[0].len();
                assert!(table.rows.iter().all(|row| row.len() == columns), "{table}");
            }
        }
    }
}
