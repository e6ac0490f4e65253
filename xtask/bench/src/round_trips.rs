//! How long a request and its reply take: on one TCP connection, on a TCP connection of
//! its own each, and with UDP.

use crate::effort::Effort;
use crate::ends;
use crate::measure::timed;
use crate::record::{RoundTrips, Way};
use crate::statistics::{median, percentile, tenths};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// Of a request, and of a reply.
const BYTES: usize = 64;

const WAYS: [Way; 3] = [Way::TcpOneConnection, Way::TcpConnectionEach, Way::Udp];

pub(crate) fn measure(effort: &Effort) -> io::Result<Vec<RoundTrips>> {
    let mut took = WAYS.map(|way| (way, Vec::new()));
    for _ in 0..effort.rounds {
        for (way, took) in &mut took {
            took.extend(match way {
                Way::TcpOneConnection => on_one_connection(effort.round_trips)?,
                Way::TcpConnectionEach => on_a_connection_each(effort.round_trips / 10)?,
                Way::Udp => with_datagrams(effort.round_trips)?,
            });
        }
    }
    let told = took.map(|(way, took)| {
        let mut micros: Vec<_> = took.iter().map(|time| time.as_secs_f64() * 1e6).collect();
        RoundTrips {
            way,
            bytes: BYTES,
            count: micros.len(),
            median_us: tenths(median(&mut micros)),
            p99_us: tenths(percentile(&mut micros, 99)),
        }
    });
    Ok(told.into())
}

fn on_one_connection(count: usize) -> io::Result<Vec<Duration>> {
    let server = ends::echo_server(1, BYTES)?;
    let stream = ends::connected(server, true)?;
    (0..count).map(|_| timed(|| asks(&stream))).collect()
}

fn on_a_connection_each(count: usize) -> io::Result<Vec<Duration>> {
    let server = ends::echo_server(count, BYTES)?;
    (0..count)
        .map(|_| timed(|| asks(&ends::connected(server, true)?)))
        .collect()
}

fn with_datagrams(count: usize) -> io::Result<Vec<Duration>> {
    let (client, server) = ends::udp()?;
    let answering = thread::spawn(move || {
        let mut buffer = [0; BYTES];
        for _ in 0..count {
            let (length, from) = server.recv_from(&mut buffer)?;
            server.send_to(&buffer[..length], from)?;
        }
        Ok::<_, io::Error>(())
    });
    let ask = || {
        client.send(&[7; BYTES])?;
        client.recv(&mut [0; BYTES]).map(drop)
    };
    let took = (0..count).map(|_| timed(ask)).collect::<io::Result<_>>()?;
    answering.join().unwrap_or(Ok(()))?;
    Ok(took)
}

fn asks(mut stream: &TcpStream) -> io::Result<()> {
    stream.write_all(&[7; BYTES])?;
    stream.read_exact(&mut [0; BYTES])
}
