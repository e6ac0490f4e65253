//! The same messages over TCP and over UDP, as fast as the sender can: how much arrives,
//! and how fast. The sender makes one call for each message in both cases; TCP has its
//! defaults, so that its kernel may put small messages together (RFC 9293, section 3.7.4).

use crate::effort::Effort;
use crate::ends;
use crate::record::{Throughput, Transport};
use crate::statistics::{median, tenths};
use std::io::{self, ErrorKind, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// What one turn gave.
struct Turn {
    /// How many bytes arrived, and within which time from the first send.
    bytes: usize,
    took: Duration,
}

pub(crate) fn measure(effort: &Effort) -> io::Result<Vec<Throughput>> {
    let mut told = Vec::new();
    for &(bytes, count) in effort.messages {
        let mut turns = [(Transport::Tcp, Vec::new()), (Transport::Udp, Vec::new())];
        for _ in 0..effort.rounds {
            for (transport, turns) in &mut turns {
                turns.push(match transport {
                    Transport::Tcp => over_tcp(bytes, count)?,
                    Transport::Udp => over_udp(bytes, count)?,
                });
            }
        }
        told.extend(turns.map(|(transport, turns)| {
            let of_all = |figure: fn(&Turn) -> f64| {
                let mut figures: Vec<_> = turns.iter().map(figure).collect();
                median(&mut figures)
            };
            Throughput {
                transport,
                bytes,
                sent: count,
                arrived: of_all(|turn| turn.bytes as f64) as usize / bytes,
                mib_per_second: tenths(of_all(Turn::mib_per_second)),
            }
        }));
    }
    Ok(told)
}

impl Turn {
    fn mib_per_second(&self) -> f64 {
        self.bytes as f64 / f64::from(1 << 20) / self.took.as_secs_f64()
    }
}

fn over_tcp(bytes: usize, count: usize) -> io::Result<Turn> {
    let (mut sender, mut receiver) = ends::tcp()?;
    let begun = Instant::now();
    let receiving = thread::spawn(move || {
        let mut buffer = vec![0; 65_536];
        let mut bytes = 0;
        loop {
            match receiver.read(&mut buffer)? {
                0 => return Ok::<_, io::Error>((bytes, Instant::now())),
                count => bytes += count,
            }
        }
    });
    let message = vec![7; bytes];
    for _ in 0..count {
        sender.write_all(&message)?;
    }
    drop(sender);
    let (bytes, last) = joined(receiving.join())?;
    Ok(Turn {
        bytes,
        took: last - begun,
    })
}

fn over_udp(bytes: usize, count: usize) -> io::Result<Turn> {
    let (sender, receiver) = ends::udp()?;
    receiver.set_read_timeout(Some(Duration::from_millis(20)))?;
    let all_sent = AtomicBool::new(false);
    let begun = Instant::now();
    thread::scope(|scope| {
        let receiving = scope.spawn(|| {
            let mut buffer = vec![0; bytes];
            let (mut bytes, mut last) = (0, begun);
            loop {
                // Over loopback a datagram is in the queue, or lost, when `send` returns.
                let nothing_more = all_sent.load(Ordering::SeqCst);
                match receiver.recv(&mut buffer) {
                    Ok(count) => (bytes, last) = (bytes + count, Instant::now()),
                    Err(error) if !is_a_time_out(&error) => return Err(error),
                    Err(_) if nothing_more => return Ok((bytes, last)),
                    Err(_) => {}
                }
            }
        });
        let message = vec![7; bytes];
        let sent = (0..count).try_for_each(|_| match sender.send(&message) {
            // Some systems say so when a queue is full (ENOBUFS): a lost datagram.
            Err(error) if error.kind() == ErrorKind::InvalidInput => Err(error),
            _ => Ok(()),
        });
        all_sent.store(true, Ordering::SeqCst);
        sent?;
        let (bytes, last) = joined(receiving.join())?;
        Ok(Turn {
            bytes,
            took: last - begun,
        })
    })
}

fn is_a_time_out(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

fn joined<T>(outcome: thread::Result<io::Result<T>>) -> io::Result<T> {
    outcome.unwrap_or_else(|_| Err(io::Error::other("the receiver's thread panicked")))
}
