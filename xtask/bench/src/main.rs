//! `bench --bench NAME [--lang ko|en] [--record FILE] [--threads|--poll|--async|--remote
//! SERVER]…`, called by `cargo xtask bench`:
//! measures, prints the tables, and where it is asked for writes the record.

use anyhow::{Context, Result, bail};
use bench::{Bench, Effort, Kind, Lang, Programs, Server, measure};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut bench = None;
    let mut lang = Lang::Ko;
    let mut file = None;
    let mut programs = Programs::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{argument} needs a value"))?;
        match (argument.as_str(), value.as_str()) {
            ("--bench", name) if Bench::named(name).is_some() => bench = Bench::named(name),
            ("--lang", "ko") => lang = Lang::Ko,
            ("--lang", "en") => lang = Lang::En,
            ("--threads", program) => programs.chats.push(Server::new(Kind::Threads, program)),
            ("--poll", program) => programs.chats.push(Server::new(Kind::Poll, program)),
            ("--async", program) => programs.chats.push(Server::new(Kind::Async, program)),
            ("--remote", program) => programs.remote = Some(PathBuf::from(program)),
            ("--record", file_name) => file = Some(PathBuf::from(file_name)),
            _ => bail!("{argument} {value} is not understood"),
        }
    }
    let bench = bench.context("--bench is missing")?;
    let record = measure(bench, &Effort::FULL, &programs)?;
    let tables: Vec<_> = record
        .tables(lang)
        .iter()
        .map(ToString::to_string)
        .collect();
    // The record is written whether somebody reads the table or not.
    let _ = write!(std::io::stdout(), "{}", tables.join("\n"));
    file.map_or(Ok(()), |file| record.write(&file))
}
