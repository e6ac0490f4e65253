//! How many messages arrive when the receiver reads only after all of them were sent: with
//! UDP as many as its queue holds, with TCP all, for there the sender waits.

use crate::effort::Effort;
use crate::ends;
use crate::record::{Queue, Transport};
use std::io::{self, Read, Write};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// Short messages over both, and over UDP also longer ones: the queue is counted in bytes.
const KINDS: [(Transport, usize); 3] = [
    (Transport::Tcp, 64),
    (Transport::Udp, 64),
    (Transport::Udp, 1_200),
];

/// How many lengths of the queue are tried.
const POINTS: usize = 32;

/// A sender that has not sent all by then waits for the receiver.
const WAITING: Duration = Duration::from_millis(100);

pub(crate) fn measure(effort: &Effort) -> io::Result<Vec<Queue>> {
    let lengths = (0..=POINTS).map(|point| effort.queue * point / POINTS);
    let told = KINDS.map(|(transport, bytes)| {
        let points = lengths.clone().map(|sent| {
            let arrived = match transport {
                Transport::Tcp => over_tcp(bytes, sent)?,
                Transport::Udp => over_udp(bytes, sent)?,
            };
            Ok((sent, arrived))
        });
        Ok(Queue {
            transport,
            bytes,
            points: points.collect::<io::Result<_>>()?,
        })
    });
    told.into_iter().collect()
}

fn over_udp(bytes: usize, count: usize) -> io::Result<usize> {
    let (sender, receiver) = ends::udp()?;
    let message = vec![7; bytes];
    for _ in 0..count {
        // A datagram that the system does not take is lost like one that it drops.
        let _ = sender.send(&message);
    }
    receiver.set_nonblocking(true)?;
    let mut buffer = vec![0; bytes];
    let arrived = (0..count).take_while(|_| receiver.recv(&mut buffer).is_ok());
    Ok(arrived.count())
}

fn over_tcp(bytes: usize, count: usize) -> io::Result<usize> {
    let (mut sender, mut receiver) = ends::tcp()?;
    let (teller, all_sent) = channel();
    let sending = thread::spawn(move || {
        let message = vec![7; bytes];
        let sent = (0..count).try_for_each(|_| sender.write_all(&message));
        // The receiver may have begun already.
        let _ = teller.send(());
        sent
    });
    // Either way it is time to read.
    let _ = all_sent.recv_timeout(WAITING);
    let arrived = receiver.read_to_end(&mut Vec::new())? / bytes;
    sending.join().unwrap_or(Ok(()))?;
    Ok(arrived)
}
