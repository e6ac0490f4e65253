//! The course's remote control, polled and pushed: the bench that the book quotes, smaller. It
//! fails where a command is lost, comes twice or out of order.

use crate::support::server::built;
use bench::{Asking, Bench, Effort, Lang, Programs, measure};

const SMALL: Effort = Effort {
    commands: 6,
    rests_ms: (1, 20),
    polls_ms: &[5],
    ..Effort::FULL
};

#[test]
fn every_command_is_carried_out_once_whether_it_is_asked_for_or_pushed() {
    let programs = Programs {
        remote: Some(built("solution-22-remote-control", "solution-22-server")),
        ..Programs::default()
    };
    let record = measure(Bench::Remote, &SMALL, &programs).unwrap();
    let ways: Vec<_> = record.remotes.iter().map(|one| one.asking).collect();
    assert_eq!(ways, [Asking::Pushed, Asking::Polled, Asking::PolledAnew]);
    for one in &record.remotes {
        assert_eq!(one.commands, 6);
        assert!(0.0 < one.median_ms && one.median_ms <= one.worst_ms);
    }
    let pushed = &record.remotes[0];
    assert_eq!((pushed.every_ms, pushed.messages), (None, 7));
    for lang in [Lang::Ko, Lang::En] {
        let tables = record.tables(lang);
        let rows: Vec<_> = tables.iter().map(|table| table.rows.len()).collect();
        assert_eq!(rows, [4, 4]);
    }
}
