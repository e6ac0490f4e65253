//! Reads the rest of a transcript's line, piece by piece. Each method takes what it reads,
//! and gives `None` where the line says something else.

use crate::transcript::address::{Address, Port, name_at_start};
use crate::transcript::escape::take_quoted;
use crate::transcript::text::{BETWEEN_PIECES, Payload, Quoted};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

pub(crate) struct Reader<'a> {
    rest: &'a str,
}

/// All of `text`, as `read` reads it.
pub(crate) fn whole<'a, T>(
    text: &'a str,
    read: impl FnOnce(&mut Reader<'a>) -> Option<T>,
) -> Option<T> {
    let mut reader = Reader { rest: text };
    let value = read(&mut reader)?;
    reader.rest.is_empty().then_some(value)
}

impl<'a> Reader<'a> {
    /// Exactly these words.
    pub(crate) fn words(&mut self, words: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(words)?;
        Some(())
    }

    /// Are these the words that come? Then they are taken.
    pub(crate) fn has(&mut self, words: &str) -> bool {
        self.words(words).is_some()
    }

    /// Everything up to the end.
    pub(crate) fn remainder(&mut self) -> &'a str {
        std::mem::take(&mut self.rest)
    }

    pub(crate) fn number<T: FromStr>(&mut self) -> Option<T> {
        self.take_while(|c| c.is_ascii_digit()).parse().ok()
    }

    fn take_while(&mut self, of_it: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !of_it(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// `1 byte`, `6 bytes`.
    pub(crate) fn count(&mut self) -> Option<usize> {
        let count = self.number()?;
        self.words(" byte")?;
        self.has("s");
        Some(count)
    }

    pub(crate) fn address(&mut self) -> Option<Address> {
        let ip = if self.has("[") {
            let ip: Ipv6Addr = self
                .take_while(|c| c.is_ascii_hexdigit() || c == ':' || c == '.')
                .parse()
                .ok()?;
            self.words("]")?;
            IpAddr::V6(ip)
        } else {
            let ip: Ipv4Addr = self
                .take_while(|c| c.is_ascii_digit() || c == '.')
                .parse()
                .ok()?;
            IpAddr::V4(ip)
        };
        self.words(":")?;
        let port = match name_at_start(self.rest) {
            Some(length) => {
                let (name, rest) = self.rest.split_at(length);
                self.rest = rest;
                Port::Named(name[1..length - 1].to_owned())
            }
            None => Port::Number(self.number()?),
        };
        Some(Address { ip, port })
    }

    pub(crate) fn quoted(&mut self) -> Option<Quoted> {
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            let count = self.number()?;
            self.words(" bytes [digest ")?;
            let digest = self.take_while(|c| c.is_ascii_hexdigit());
            let digest = u64::from_str_radix(digest, 16).ok()?;
            self.words("] ")?;
            let (beginning, rest) = take_quoted(self.rest)?;
            self.rest = rest;
            self.words(" …")?;
            return Some(Quoted::Long {
                count,
                digest,
                beginning: beginning.bytes()?.to_vec(),
            });
        }
        let (text, rest) = take_quoted(self.rest)?;
        self.rest = rest;
        Some(Quoted::Whole(text))
    }

    pub(crate) fn payload(&mut self) -> Option<Payload> {
        let mut pieces = vec![self.quoted()?];
        while self.has(BETWEEN_PIECES) {
            pieces.push(self.quoted()?);
        }
        let count = match pieces.as_slice() {
            [Quoted::Long { count, .. }] => *count,
            _ => {
                self.words(" ")?;
                self.count()?
            }
        };
        Some(Payload { pieces, count })
    }
}
