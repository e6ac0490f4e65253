//! A record in words: a table for each of its parts, in the reader's language.

use crate::record::{
    Asking, Crowd, Kind, Queue, Record, Remote, RoundTrips, Rounds, Throughput, Transport, Way,
    Writing,
};
use std::fmt;
use unicode_width::UnicodeWidthStr;

/// The reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Korean.
    Ko,
    /// English.
    En,
}

/// Every so many of the queue's lengths are told.
const TOLD: usize = 4;

/// A title and rows of cells; the first row has the columns' names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the figures are, with their unit.
    pub title: &'static str,
    /// The columns' names, and then the figures.
    pub rows: Vec<Vec<String>>,
}

impl Lang {
    fn tr(self, ko: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Ko => ko,
            Self::En => en,
        }
    }

    /// A number of bytes in words.
    pub fn bytes(self, count: usize) -> String {
        match self {
            Self::Ko => format!("{count}바이트"),
            Self::En => format!("{count} bytes"),
        }
    }
}

impl Record {
    /// All that was recorded, to be printed.
    pub fn tables(&self, lang: Lang) -> Vec<Table> {
        let tables = [
            self.round_trips_table(lang),
            self.throughput_table(lang),
            self.queue_table(lang),
            self.rounds_table(lang),
            self.crowds_table(lang),
            self.delays_table(lang),
            self.traffic_table(lang),
        ];
        let measured = tables.into_iter().filter(Table::has_figures);
        measured.collect()
    }

    /// A row for each way, in microseconds.
    pub fn round_trips_table(&self, lang: Lang) -> Table {
        let names = [
            lang.tr("방법", "way"),
            lang.tr("중앙값", "median"),
            lang.tr("느린 1%", "slowest 1%"),
        ];
        let row = |one: &RoundTrips| {
            vec![
                one.way.name(lang).to_owned(),
                format!("{:.1}", one.median_us),
                format!("≥ {:.1}", one.p99_us),
            ]
        };
        Table::new(
            lang.tr(
                "64바이트를 보내고 64바이트 답을 받기까지 (마이크로초)",
                "From a request of 64 bytes to its reply of 64 bytes (microseconds)",
            ),
            &names,
            self.round_trips.iter().map(row),
        )
    }

    /// A row for each length and transport.
    pub fn throughput_table(&self, lang: Lang) -> Table {
        let names = [
            lang.tr("메시지", "message"),
            lang.tr("방법", "way"),
            lang.tr("MiB/초", "MiB/s"),
            lang.tr("보낸 수", "sent"),
            lang.tr("도착한 수", "arrived"),
            lang.tr("잃은 비율", "lost"),
        ];
        let row = |one: &Throughput| {
            vec![
                lang.bytes(one.bytes),
                one.transport.name().to_owned(),
                format!("{:.0}", one.mib_per_second),
                one.sent.to_string(),
                one.arrived.to_string(),
                one.lost(),
            ]
        };
        Table::new(
            lang.tr(
                "쉬지 않고 보낼 때 1초에 도착한 양 (MiB)",
                "What arrives in a second when the sender does not pause (MiB)",
            ),
            &names,
            self.throughput.iter().map(row),
        )
    }

    /// A row for each way to write a request, in milliseconds.
    pub fn rounds_table(&self, lang: Lang) -> Table {
        let names = [
            lang.tr("보내는 방법", "how it is sent"),
            lang.tr("본문", "body"),
            lang.tr("밀리초", "milliseconds"),
        ];
        let row = |one: &Rounds| {
            vec![
                one.writing.name(lang).to_owned(),
                lang.bytes(one.bytes),
                format!("{:.2}", one.median_ms),
            ]
        };
        Table::new(
            lang.tr(
                "헤더와 본문을 보내고 답을 받기를 20번 되풀이한 시간 (밀리초)",
                "How long 20 rounds take, each a header, a body and their reply (milliseconds)",
            ),
            &names,
            self.rounds.iter().map(row),
        )
    }

    /// A row for each server: times in milliseconds, memory in MiB.
    pub fn crowds_table(&self, lang: Lang) -> Table {
        let names = [
            lang.tr("서버", "server"),
            lang.tr("들어오기", "joining"),
            lang.tr("전하기", "passing on"),
            lang.tr("CPU 시간", "CPU time"),
            lang.tr("스레드", "threads"),
            lang.tr("메모리", "memory"),
        ];
        let shown = |figure: Option<f64>, unit: &str| {
            figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.0} {unit}"))
        };
        let row = |one: &Crowd| {
            vec![
                one.server.name(lang).to_owned(),
                format!("{:.0} ms", one.joining_ms),
                format!("{:.0} ms", one.passing_on_ms),
                shown(one.cpu_ms, "ms"),
                one.threads
                    .map_or_else(|| "-".to_owned(), |count| count.to_string()),
                shown(one.memory_mib, "MiB"),
            ]
        };
        Table::new(
            lang.tr(
                "손님 천 명이 들어와 열 명이 스무 줄씩 말하고 모두 나갈 때",
                "A thousand clients come, ten of them say twenty lines each, and all leave",
            ),
            &names,
            self.crowds.iter().map(row),
        )
    }

    /// A row for each way in which commands got through, in milliseconds.
    pub fn delays_table(&self, lang: Lang) -> Table {
        let names = [
            lang.tr("방법", "way"),
            lang.tr("중앙값", "median"),
            lang.tr("최대", "worst"),
        ];
        let row = |one: &Remote| {
            vec![
                one.name(lang),
                milliseconds(one.median_ms),
                milliseconds(one.worst_ms),
            ]
        };
        Table::new(
            lang.tr(
                "누른 때부터 실행할 때까지 (명령 스무 개)",
                "From a press until it is carried out (twenty commands)",
            ),
            &names,
            self.remotes.iter().map(row),
        )
    }

    /// A row for each of the same ways.
    pub fn traffic_table(&self, lang: Lang) -> Table {
        let names = [
            lang.tr("방법", "way"),
            lang.tr("보낸 횟수", "times sent"),
            lang.tr("보낸 바이트", "bytes sent"),
            lang.tr("받은 바이트", "bytes received"),
        ];
        let row = |one: &Remote| {
            vec![
                one.name(lang),
                one.messages.to_string(),
                one.sent_bytes.to_string(),
                one.received_bytes.to_string(),
            ]
        };
        Table::new(
            lang.tr(
                "그동안 실행하는 쪽이 주고받은 바이트",
                "Bytes that the one who carries out sent and received meanwhile",
            ),
            &names,
            self.remotes.iter().map(row),
        )
    }

    /// A row for every fourth number of messages that was tried.
    pub fn queue_table(&self, lang: Lang) -> Table {
        let kinds: Vec<_> = self.queue.iter().map(|one| one.name(lang)).collect();
        let mut names = vec![lang.tr("보낸 수", "sent")];
        names.extend(kinds.iter().map(String::as_str));
        let lengths = self.queue.first().map_or(0, |first| first.points.len());
        let row = |place: usize| {
            let points = || {
                self.queue
                    .iter()
                    .filter_map(move |one| one.points.get(place))
            };
            let sent = points().take(1).map(|(sent, _)| sent.to_string());
            sent.chain(points().map(|(_, arrived)| arrived.to_string()))
                .collect()
        };
        Table::new(
            lang.tr(
                "받는 쪽이 읽지 않는 동안 보낸 메시지 가운데 도착한 수",
                "How many messages arrive that were sent while the receiver read nothing",
            ),
            &names,
            (0..lengths).step_by(TOLD).map(row),
        )
    }
}

impl Table {
    /// Whether anything of it was measured.
    pub fn has_figures(&self) -> bool {
        self.rows.len() > 1
    }

    fn new(title: &'static str, names: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Self {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            title,
            rows: std::iter::once(names).chain(rows).collect(),
        }
    }
}

/// For a terminal: the first column to the left, the others to the right.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        writeln!(f, "{}", self.title)?;
        for row in &self.rows {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let space = " ".repeat(width(column) - cell.width());
                if column == 0 {
                    format!("  {cell}{space}")
                } else {
                    format!("  {space}{cell}")
                }
            });
            writeln!(f, "{}", cells.collect::<String>().trim_end())?;
        }
        Ok(())
    }
}

/// Short ones with a digit more.
pub fn milliseconds(count: f64) -> String {
    if count < 10.0 {
        format!("{count:.1} ms")
    } else {
        format!("{count:.0} ms")
    }
}

impl Transport {
    /// As everybody calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
        }
    }
}

impl Way {
    /// In the reader's language.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::TcpOneConnection => lang.tr("TCP, 맺어 둔 연결로", "TCP, on an open connection"),
            Self::TcpConnectionEach => {
                lang.tr("TCP, 매번 새로 연결해서", "TCP, with a new connection each")
            }
            Self::Udp => "UDP",
        }
    }

    /// What carries a request on this way.
    pub fn transport(self) -> Transport {
        match self {
            Self::TcpOneConnection | Self::TcpConnectionEach => Transport::Tcp,
            Self::Udp => Transport::Udp,
        }
    }
}

impl Writing {
    /// In the reader's language.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::TwoCalls => lang.tr("write 두 번", "two calls of write"),
            Self::TwoCallsNodelay => lang.tr(
                "write 두 번, TCP_NODELAY",
                "two calls of write, TCP_NODELAY",
            ),
            Self::OneCall => lang.tr("write 한 번", "one call of write"),
            Self::Buffered => lang.tr("BufWriter와 flush", "BufWriter and flush"),
        }
    }
}

impl Kind {
    /// In the reader's language, with the lesson.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Threads => lang.tr("17 스레드", "17 threads"),
            Self::Poll => lang.tr("19 poll (mio)", "19 poll (mio)"),
            Self::Async => lang.tr("20 async (tokio)", "20 async (tokio)"),
        }
    }
}

impl Rounds {
    /// How it is sent and the body's length, in the reader's language.
    pub fn name(&self, lang: Lang) -> String {
        format!("{}: {}", self.writing.name(lang), lang.bytes(self.bytes))
    }
}

impl Remote {
    /// How the commands got through, in the reader's language.
    pub fn name(&self, lang: Lang) -> String {
        let every = match self.every_ms {
            None => return lang.tr("푸시", "pushed").to_owned(),
            Some(1_000) => lang.tr("1초", "1 s").to_owned(),
            Some(every) => format!("{every} ms"),
        };
        match (self.asking, lang) {
            (Asking::PolledAnew, Lang::Ko) => format!("폴링 {every}, 매번 새로 연결"),
            (Asking::PolledAnew, Lang::En) => format!("polled, {every}, a new connection each"),
            (_, Lang::Ko) => format!("폴링 {every}"),
            (_, Lang::En) => format!("polled, {every}"),
        }
    }
}

impl Queue {
    /// The transport and a message's length, in the reader's language.
    pub fn name(&self, lang: Lang) -> String {
        format!("{}, {}", self.transport.name(), lang.bytes(self.bytes))
    }
}

impl Throughput {
    /// The transport and a message's length, in the reader's language.
    pub fn name(&self, lang: Lang) -> String {
        format!("{}, {}", self.transport.name(), lang.bytes(self.bytes))
    }
}
