//! How long requests of two parts take, a header and a body: written in two calls, Nagle's
//! algorithm keeps the body back until the header is acknowledged (RFC 9293, 3.7.4), and
//! the receiver delays that for want of something to send (3.8.6.3).

use crate::effort::Effort;
use crate::ends;
use crate::measure::timed;
use crate::record::{Rounds, Writing};
use crate::statistics::{hundredths, median};
use std::io::{self, BufWriter, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Of a header, as in the lesson on framing.
const HEADER: usize = 4;

/// How many requests there are in a turn.
const REQUESTS: usize = 20;

/// How a request is written, and how long its body is. A BufWriter does not gather what is
/// longer than its buffer of 8 KiB.
const KINDS: [(Writing, usize); 5] = [
    (Writing::TwoCalls, 15),
    (Writing::TwoCallsNodelay, 15),
    (Writing::OneCall, 15),
    (Writing::Buffered, 15),
    (Writing::Buffered, 32_000),
];

pub(crate) fn measure(effort: &Effort) -> io::Result<Vec<Rounds>> {
    let mut took = KINDS.map(|kind| (kind, Vec::new()));
    for _ in 0..effort.rounds {
        for ((writing, body), took) in &mut took {
            took.push(requests(*writing, *body)?.as_secs_f64() * 1e3);
        }
    }
    let told = took.map(|((writing, bytes), mut took)| Rounds {
        writing,
        bytes,
        count: REQUESTS,
        median_ms: hundredths(median(&mut took)),
    });
    Ok(told.into())
}

/// How long all of a turn take on a connection of their own, each sent when the reply to
/// the one before has come.
fn requests(writing: Writing, body: usize) -> io::Result<Duration> {
    let server = ends::echo_server(1, HEADER + body)?;
    let stream = ends::connected(server, writing == Writing::TwoCallsNodelay)?;
    let (header, body) = ([7; HEADER], vec![7; body]);
    let mut reply = vec![0; HEADER + body.len()];
    timed(|| {
        (0..REQUESTS).try_for_each(|_| {
            write(&stream, writing, &header, &body)?;
            (&stream).read_exact(&mut reply)
        })
    })
}

fn write(mut stream: &TcpStream, writing: Writing, header: &[u8], body: &[u8]) -> io::Result<()> {
    match writing {
        Writing::TwoCalls | Writing::TwoCallsNodelay => {
            stream.write_all(header)?;
            stream.write_all(body)
        }
        Writing::OneCall => stream.write_all(&[header, body].concat()),
        Writing::Buffered => {
            let mut buffered = BufWriter::new(stream);
            buffered.write_all(header)?;
            buffered.write_all(body)?;
            buffered.flush()
        }
    }
}
