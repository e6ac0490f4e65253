//! What a program prints, taken out of its pipe as fast as it comes, so that a
//! full pipe never blocks it, and kept only up to a limit, so that a program that
//! prints without end costs neither memory nor the reader's patience. How a line ends is
//! the system's own matter: CR LF, as a program on Windows prints it, is taken for LF.

use crate::deadline::DRAINING;
use crate::glimpse;
use crate::process::pipe::Pipe;
use crate::process::this_thread;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How much of one stream is kept, in bytes. The rest is read and thrown away.
pub const KEPT: usize = 256 * 1024;

/// One output stream of a running program.
#[derive(Clone)]
pub(crate) struct Outlet {
    shared: Arc<(Mutex<Kept>, Condvar)>,
    pipe: Arc<Pipe>,
}

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    /// Where the next line begins.
    read: usize,
    flooded: bool,
    closed: bool,
    /// For how long the thread that reads had to wait for a processor, until it took in what
    /// came last.
    late: Duration,
}

/// What came of waiting for a line.
pub(crate) enum NextLine {
    /// A line with its newline, or the last one without. A newline is LF, whatever the
    /// program printed.
    Line(Vec<u8>),
    /// The program closed the stream (or ended), and everything was read.
    Closed,
    /// Nothing came in time; what came without a newline is not a line yet.
    Silence { unfinished: Vec<u8> },
}

impl Outlet {
    /// Reads `pipe` to its end on a thread of its own.
    pub(crate) fn drain(pipe: impl Into<Pipe>) -> Self {
        let outlet = Self {
            shared: Arc::default(),
            pipe: Arc::new(pipe.into()),
        };
        let filled = outlet.clone();
        std::thread::spawn(move || filled.fill());
        outlet
    }

    fn fill(&self) {
        let mut chunk = vec![0; 64 * 1024];
        let mut before = this_thread::queued().time;
        loop {
            let (count, mut kept) = self.pipe.read(&mut chunk, || self.lock());
            let queued = this_thread::queued().time;
            kept.late = queued.saturating_sub(before);
            before = queued;
            let room = KEPT - kept.bytes.len();
            kept.bytes.extend_from_slice(&chunk[..count.min(room)]);
            kept.flooded |= count > room;
            kept.closed = count == 0;
            let closed = kept.closed;
            drop(kept);
            self.shared.1.notify_all();
            if closed {
                return;
            }
        }
    }

    /// Waits for the next line, at most `limit`. What the program had written until then has
    /// come, where the system shows it, however busy the machine is.
    pub(crate) fn next_line(&self, limit: Duration) -> NextLine {
        let until = Instant::now() + limit;
        glimpse::look();
        let mut kept = self.lock();
        loop {
            let full = kept.closed || kept.flooded;
            if let Some(line) = kept.take_line(full) {
                return NextLine::Line(line);
            }
            if full {
                return NextLine::Closed;
            }
            let mut left = until.saturating_duration_since(Instant::now());
            if left.is_zero() && self.pipe.holds_something() {
                left = DRAINING;
            }
            if left.is_zero() {
                return NextLine::Silence {
                    unfinished: kept.bytes[kept.read..].to_vec(),
                };
            }
            glimpse::nothing();
            let waits = || self.shared.1.wait_timeout(kept, left);
            let (waited, late) = this_thread::late_after(waits);
            let (again, in_vain) = waited.unwrap_or_else(PoisonError::into_inner);
            kept = again;
            if !in_vain.timed_out() {
                glimpse::woken(late + kept.late);
            }
        }
    }

    /// The lines that have come and that nobody has read, at most so many. The last may lack
    /// its newline.
    pub(crate) fn unread_lines(&self, most: usize) -> Vec<Vec<u8>> {
        let mut kept = self.lock();
        let lines = std::iter::from_fn(|| kept.take_line(true));
        lines.take(most).collect()
    }

    /// Did anything come? `None`: not yet.
    pub(crate) fn spoke(&self) -> Option<bool> {
        let kept = self.lock();
        let spoke = !kept.bytes.is_empty();
        (spoke || kept.closed).then_some(spoke)
    }

    /// Everything kept so far, read or not; its lines end in LF.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.lock().bytes).replace("\r\n", "\n")
    }

    /// Did the program print more than is kept?
    pub(crate) fn flooded(&self) -> bool {
        self.lock().flooded
    }

    /// What was kept counts as read.
    pub(crate) fn forget(&self) {
        let mut kept = self.lock();
        kept.read = kept.bytes.len();
    }

    /// Waits until the stream has ended: for a program that was killed.
    pub(crate) fn run_dry(&self) {
        let kept = self.lock();
        let ended = self
            .shared
            .1
            .wait_timeout_while(kept, DRAINING, |kept| !kept.closed);
        drop(ended);
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn take_line(&mut self, unfinished_too: bool) -> Option<Vec<u8>> {
        let waiting = &self.bytes[self.read..];
        let length = match waiting.iter().position(|byte| *byte == b'\n') {
            Some(newline) => newline + 1,
            None if unfinished_too && !waiting.is_empty() => waiting.len(),
            None => return None,
        };
        let mut line = waiting[..length].to_vec();
        self.read += length;
        if line.ends_with(b"\r\n") {
            line.remove(length - 2);
        }
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// The outlet of a program that prints `bytes` and ends.
    fn outlet_of(bytes: &'static [u8]) -> Outlet {
        let (pipe, mut program) = std::io::pipe().unwrap();
        std::thread::spawn(move || program.write_all(bytes).unwrap());
        Outlet::drain(pipe)
    }

    /// However late the thread is that reads: what is in the pipe is not taken for silence.
    #[cfg(unix)]
    #[test]
    fn what_was_printed_before_a_look_is_seen_by_it() {
        let (pipe, mut program) = std::io::pipe().unwrap();
        let outlet = Outlet::drain(pipe);
        for _ in 0..2000 {
            program.write_all(b"line\n").unwrap();
            assert!(matches!(
                outlet.next_line(Duration::ZERO),
                NextLine::Line(_)
            ));
            let silence = outlet.next_line(Duration::ZERO);
            assert!(matches!(silence, NextLine::Silence { .. }));
        }
    }

    fn line(outlet: &Outlet) -> Option<String> {
        match outlet.next_line(Duration::from_secs(10)) {
            NextLine::Line(line) => Some(String::from_utf8(line).unwrap()),
            NextLine::Closed => None,
            NextLine::Silence { .. } => panic!("the pipe had ended"),
        }
    }

    #[test]
    fn lines_come_with_their_newline_and_the_last_one_without() {
        let outlet = outlet_of(b"one\n\ntwo");
        assert_eq!(line(&outlet).as_deref(), Some("one\n"));
        assert_eq!(line(&outlet).as_deref(), Some("\n"));
        assert_eq!(line(&outlet).as_deref(), Some("two"));
        assert_eq!(line(&outlet), None);
    }

    #[test]
    fn a_line_may_end_in_cr_lf() {
        let outlet = outlet_of(b"one\r\ntwo\n\r\nin\rside\r\r\nlast\r");
        for expected in ["one\n", "two\n", "\n", "in\rside\r\n", "last\r"] {
            assert_eq!(line(&outlet).as_deref(), Some(expected));
        }
        assert_eq!(line(&outlet), None);
        assert_eq!(outlet.text(), "one\ntwo\n\nin\rside\r\nlast\r");
    }

    #[test]
    fn a_flood_is_read_to_its_end_and_kept_to_the_limit() {
        let outlet = outlet_of(&[b'x'; 3_000_000]);
        outlet.run_dry();
        assert_eq!(outlet.text().len(), KEPT);
        assert!(outlet.flooded());
    }
}
