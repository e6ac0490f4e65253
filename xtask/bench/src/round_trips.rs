//! How long a request and its reply take: on one TCP connection, on a TCP connection of
//! its own each, and with UDP.

use crate::effort::Effort;
use crate::ends::{self, PATIENCE};
use crate::record::{RoundTrips, Way};
use crate::statistics::{median, percentile, tenths};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

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
    let server = tcp_server(1)?;
    let stream = connected(server)?;
    (0..count).map(|_| timed(|| asks(&stream))).collect()
}

fn on_a_connection_each(count: usize) -> io::Result<Vec<Duration>> {
    let server = tcp_server(count)?;
    (0..count)
        .map(|_| timed(|| asks(&connected(server)?)))
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

/// A server that echoes on `connections`, one after another; its address.
fn tcp_server(connections: usize) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        let mut buffer = [0; BYTES];
        for _ in 0..connections {
            let Ok((mut stream, _)) = listener.accept() else {
                return;
            };
            let ready = stream.set_nodelay(true);
            if ready.and(stream.set_read_timeout(Some(PATIENCE))).is_err() {
                return;
            }
            // The client's end of the connection ends it.
            while stream.read_exact(&mut buffer).is_ok() && stream.write_all(&buffer).is_ok() {}
        }
    });
    Ok(address)
}

fn connected(server: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(server)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

fn asks(mut stream: &TcpStream) -> io::Result<()> {
    stream.write_all(&[7; BYTES])?;
    stream.read_exact(&mut [0; BYTES])
}

fn timed(work: impl FnOnce() -> io::Result<()>) -> io::Result<Duration> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}
