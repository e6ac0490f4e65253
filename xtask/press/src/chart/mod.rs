//! Turns `{{#chart lesson-15-udp-echo/udp-and-tcp queue}}` into a figure: a chart drawn
//! from a recorded bench, the same figures as a table, and a line saying where they were
//! measured. The record beside the solution is the only source.
//!
//! ```text
//! words    what a chart says, in both languages
//! lines    lines over a scale: the queue
//! bars     bars below one another: round trips, throughput, rounds,
//!          crowds and remotes
//! ```

mod bars;
mod lines;
mod words;

use crate::edition::Edition;
use anyhow::{Result, bail};
use bench::{Lang, Record, Table};
use html_escape::{encode_double_quoted_attribute, encode_text};
use std::path::Path;

/// What of a record a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    RoundTrips,
    Throughput,
    Queue,
    Rounds,
    /// How long a chat server takes to pass lines on.
    PassingOn,
    /// How much memory it has at most.
    Memory,
    /// How late a remote control's commands are carried out.
    Delay,
    /// How many bytes that takes.
    Bytes,
}

/// A record, and the part of it to be drawn.
pub struct Chart {
    pub record: Record,
    pub part: Part,
    /// The bench's name, as `cargo xtask bench` knows it.
    pub bench: String,
}

impl Chart {
    /// The chart that `<lesson>/<bench> <part>` names.
    pub fn read(argument: &str, solutions: &Path) -> Result<Self> {
        let Some(((lesson, bench), part)) = argument
            .split_once(' ')
            .and_then(|(place, part)| Some((place.split_once('/')?, part)))
        else {
            bail!("a chart is written {{{{#chart <lesson>/<bench> <part>}}}}");
        };
        let part = match part {
            "round-trips" => Part::RoundTrips,
            "throughput" => Part::Throughput,
            "queue" => Part::Queue,
            "rounds" => Part::Rounds,
            "passing-on" => Part::PassingOn,
            "memory" => Part::Memory,
            "delay" => Part::Delay,
            "bytes" => Part::Bytes,
            other => bail!(
                "{other} is not part of a record \
                 (round-trips, throughput, queue, rounds, passing-on, memory, delay, bytes)"
            ),
        };
        let file = solutions.join(lesson).join("bench").join(bench);
        let chart = Self {
            record: Record::read(&file.with_extension("json"))?,
            part,
            bench: bench.to_owned(),
        };
        if !chart.table(Lang::En).has_figures() {
            bail!("{bench} does not measure what {argument} is to show");
        }
        Ok(chart)
    }

    fn table(&self, lang: Lang) -> Table {
        match self.part {
            Part::RoundTrips => self.record.round_trips_table(lang),
            Part::Throughput => self.record.throughput_table(lang),
            Part::Queue => self.record.queue_table(lang),
            Part::Rounds => self.record.rounds_table(lang),
            Part::PassingOn | Part::Memory => self.record.crowds_table(lang),
            Part::Delay => self.record.delays_table(lang),
            Part::Bytes => self.record.traffic_table(lang),
        }
    }

    /// The figure as HTML.
    pub fn figure(&self, edition: Edition) -> String {
        let Self {
            record,
            part,
            bench,
        } = self;
        let table = self.table(words::lang(edition));
        let label = encode_double_quoted_attribute(table.title);
        let drawn = match part {
            Part::RoundTrips => bars::html(&words::round_trips(record, edition), &label),
            Part::Throughput => bars::html(&words::throughput(record, edition), &label),
            Part::Queue => lines::svg(&words::queue(record, edition), &label),
            Part::Rounds => bars::html(&words::rounds(record, edition), &label),
            Part::PassingOn => bars::html(&words::passing_on(record, edition), &label),
            Part::Memory => bars::html(&words::memory(record, edition), &label),
            Part::Delay => bars::html(&words::delay(record, edition), &label),
            Part::Bytes => bars::html(&words::bytes(record, edition), &label),
        };
        format!(
            "<figure class=\"chart\"><p class=\"chart-title\">{title}</p>\
             {drawn}<figcaption><p><code>cargo xtask bench {bench}</code> · {recorded}</p>\
             <details><summary>{as_table}</summary>{rows}</details></figcaption></figure>",
            title = encode_text(table.title),
            bench = encode_text(bench),
            recorded = encode_text(&words::recorded(&record.system, edition)),
            as_table = words::as_table(edition),
            rows = html_table(&table.rows),
        )
    }
}

fn html_table(rows: &[Vec<String>]) -> String {
    let mut html = String::from("<table>");
    for (number, row) in rows.iter().enumerate() {
        html += "<tr>";
        for cell in row {
            let cell = encode_text(cell);
            html += &if number == 0 {
                format!("<th scope=\"col\">{cell}</th>")
            } else {
                format!("<td>{cell}</td>")
            };
        }
        html += "</tr>";
    }
    html + "</table>"
}
