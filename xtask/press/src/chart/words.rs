//! What a chart says: the record's own words, and those that only a chart has.

use super::bars::Bar;
use super::lines::{Line, Lines};
use crate::edition::Edition;
use bench::{
    Asking, Crowd, Lang, Queue, Record, Remote, RoundTrips, Rounds, System, Throughput, Transport,
    milliseconds,
};

pub fn lang(edition: Edition) -> Lang {
    match edition {
        Edition::Ko => Lang::Ko,
        Edition::En => Lang::En,
    }
}

/// Under the chart: where its figures come from.
pub fn recorded(system: &System, edition: Edition) -> String {
    let System {
        os,
        arch,
        processors,
    } = system;
    match edition {
        Edition::Ko => format!("{os} {arch}, CPU {processors}개에서 잰 값"),
        Edition::En => format!("measured on {os} {arch} with {processors} CPUs"),
    }
}

pub fn as_table(edition: Edition) -> &'static str {
    match edition {
        Edition::Ko => "표로 보기",
        Edition::En => "as a table",
    }
}

fn class(transport: Transport) -> &'static str {
    match transport {
        Transport::Tcp => "tcp",
        Transport::Udp => "udp",
    }
}

pub fn round_trips(record: &Record, edition: Edition) -> Vec<Bar> {
    let bar = |one: &RoundTrips| {
        let (median, slow) = (one.median_us, one.p99_us);
        Bar {
            class: class(one.way.transport()),
            name: one.way.name(lang(edition)).to_owned(),
            value: median,
            told: match edition {
                Edition::Ko => format!("{median:.0} (99%는 {slow:.0} 이하)"),
                Edition::En => format!("{median:.0} (99% within {slow:.0})"),
            },
        }
    };
    record.round_trips.iter().map(bar).collect()
}

pub fn throughput(record: &Record, edition: Edition) -> Vec<Bar> {
    let bar = |one: &Throughput| {
        let (rate, lost) = (one.mib_per_second, one.lost());
        Bar {
            class: class(one.transport),
            name: one.name(lang(edition)),
            value: rate,
            told: match edition {
                Edition::Ko => format!("{rate:.0} ({lost} 잃음)"),
                Edition::En => format!("{rate:.0} ({lost} lost)"),
            },
        }
    };
    record.throughput.iter().map(bar).collect()
}

pub fn rounds(record: &Record, edition: Edition) -> Vec<Bar> {
    let bar = |one: &Rounds| Bar {
        class: class(Transport::Tcp),
        name: one.name(lang(edition)),
        value: one.median_ms,
        told: match one.median_ms {
            short if short < 10.0 => format!("{short:.2} ms"),
            long => format!("{long:.0} ms"),
        },
    };
    record.rounds.iter().map(bar).collect()
}

pub fn passing_on(record: &Record, edition: Edition) -> Vec<Bar> {
    let bar = |one: &Crowd| crowd(one, edition, one.passing_on_ms, "ms");
    record.crowds.iter().map(bar).collect()
}

/// Nothing where the record was made on a system that does not show it.
pub fn memory(record: &Record, edition: Edition) -> Vec<Bar> {
    let bar = |one: &Crowd| Some(crowd(one, edition, one.memory_mib?, "MiB"));
    record.crowds.iter().filter_map(bar).collect()
}

fn crowd(one: &Crowd, edition: Edition, value: f64, unit: &str) -> Bar {
    Bar {
        class: class(Transport::Tcp),
        name: one.server.name(lang(edition)).to_owned(),
        value,
        told: format!("{value:.0} {unit}"),
    }
}

/// From a press until it was carried out: the median, and the worst.
pub fn delay(record: &Record, edition: Edition) -> Vec<Bar> {
    let bar = |one: &Remote| {
        let (median, worst) = (milliseconds(one.median_ms), milliseconds(one.worst_ms));
        let told = match edition {
            Edition::Ko => format!("{median} (최대 {worst})"),
            Edition::En => format!("{median} (at most {worst})"),
        };
        remote(one, edition, one.median_ms, told)
    };
    record.remotes.iter().map(bar).collect()
}

/// Both ways together.
pub fn bytes(record: &Record, edition: Edition) -> Vec<Bar> {
    let bar = |one: &Remote| {
        let all = one.sent_bytes + one.received_bytes;
        let told = lang(edition).bytes(all);
        remote(one, edition, all as f64, told)
    };
    record.remotes.iter().map(bar).collect()
}

fn remote(one: &Remote, edition: Edition, value: f64, told: String) -> Bar {
    let class = match one.asking {
        Asking::Pushed => "udp",
        Asking::Polled | Asking::PolledAnew => "tcp",
    };
    Bar {
        class,
        name: one.name(lang(edition)),
        value,
        told,
    }
}

pub fn queue(record: &Record, edition: Edition) -> Lines {
    let line = |one: &Queue| Line {
        class: match (one.transport, one.bytes) {
            (Transport::Udp, 1_000..) => "udp-long",
            (transport, _) => class(transport),
        },
        name: one.name(lang(edition)),
        points: one.points.clone(),
    };
    let (across, up) = match edition {
        Edition::Ko => ("보낸 수", "도착한 수"),
        Edition::En => ("sent", "arrived"),
    };
    Lines {
        across: across.to_owned(),
        up: up.to_owned(),
        lines: record.queue.iter().map(line).collect(),
    }
}
