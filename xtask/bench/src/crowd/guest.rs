//! One client of a chat, good or hostile. Each joins under a name of its own.

use crate::house::PATIENCE;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

/// How a client behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Good,
    /// Never says its name.
    Silent,
    /// Joins, and reads nothing any more.
    Deaf,
    /// Joins, and sends what is no text.
    Rubbish,
    /// Joins, and breaks off with RST.
    Reset,
    /// Joins, and ends its half of the connection.
    HalfClosed,
}

impl Manner {
    const HOSTILE: [Self; 5] = [
        Self::Silent,
        Self::Deaf,
        Self::Rubbish,
        Self::Reset,
        Self::HalfClosed,
    ];

    /// Every tenth is hostile, each in another way.
    pub(super) fn of(number: usize) -> Self {
        if number % 10 == 9 {
            Self::HOSTILE[number / 10 % Self::HOSTILE.len()]
        } else {
            Self::Good
        }
    }
}

pub(super) struct Guest {
    name: String,
    stream: BufReader<TcpStream>,
}

impl Guest {
    /// Comes to the server, and does what `manner` has it do at once. `None`: it has gone again.
    pub(super) fn comes(server: SocketAddr, number: usize, manner: Manner) -> Result<Option<Self>> {
        let stream = TcpStream::connect(server).context("no connection")?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut guest = Self {
            name: format!("g{number}"),
            stream: BufReader::new(stream),
        };
        if manner == Manner::Reset {
            // What has not been read makes of its end an RST (RFC 2525, 2.17).
            writeln!(guest.stream.get_ref(), "{}", guest.name)?;
            guest.stream.get_ref().peek(&mut [0])?;
            return Ok(None);
        }
        ensure!(
            guest.line()? == "이름을 알려 주세요",
            "it does not ask for a name"
        );
        if manner == Manner::Silent {
            return Ok(Some(guest));
        }
        writeln!(guest.stream.get_ref(), "{}", guest.name)?;
        let welcome = format!("환영합니다: {} (", guest.name);
        let told = guest.line()?;
        ensure!(told.starts_with(&welcome), "{told:?} is no welcome");
        match manner {
            Manner::Rubbish => guest.stream.get_ref().write_all(b"\xff\xfe\n")?,
            Manner::HalfClosed => guest.stream.get_ref().shutdown(Shutdown::Write)?,
            _ => {}
        }
        Ok(Some(guest))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line);
        read.with_context(|| format!("{} waits in vain", self.name))?;
        ensure!(!line.is_empty(), "the server has closed {}", self.name);
        Ok(line.trim_end().to_owned())
    }

    pub(super) fn says(&self, number: usize) -> Result<()> {
        writeln!(self.stream.get_ref(), "{number}").context("nothing can be said")
    }

    /// Hears until the lines from 0 to `lines` of each of `speakers` but itself have come: each
    /// speaker's in order, none of them twice. How many there were.
    pub(super) fn hears(&mut self, speakers: &[String], lines: usize) -> Result<usize> {
        let others = speakers.iter().filter(|name| **name != self.name);
        let mut due: BTreeMap<_, _> = others.map(|name| (name.clone(), 0)).collect();
        let all = due.len() * lines;
        for _ in 0..all {
            let (who, number) = self.message()?;
            let Some(next) = due.get_mut(&who) else {
                bail!("{} hears {who}, who says nothing", self.name);
            };
            ensure!(
                number == *next && number < lines,
                "{} hears {number} of {who} where {next} is due",
                self.name
            );
            *next += 1;
        }
        Ok(all)
    }

    /// The next line that is no notice: whose, and which number it says.
    fn message(&mut self) -> Result<(String, usize)> {
        loop {
            let line = self.line()?;
            if let Some((who, number)) = line.split_once(": ") {
                let number = number.parse();
                let number = number.with_context(|| format!("{line:?} was never said"))?;
                return Ok((who.to_owned(), number));
            }
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Ends its half, and hears the rest until the server ends the other.
    pub(super) fn leaves(mut self) -> Result<()> {
        // A server that has closed already has nothing to be told.
        let _ = self.stream.get_ref().shutdown(Shutdown::Write);
        let mut rest = Vec::new();
        let heard = self.stream.read_to_end(&mut rest);
        heard.with_context(|| format!("{} is not let go", self.name))?;
        Ok(())
    }
}
