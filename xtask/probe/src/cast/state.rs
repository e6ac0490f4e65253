//! What the system shows of a program that goes on: the sockets that it holds, and whether
//! it rests or waits. Only Linux does; elsewhere a scenario that asks for the sockets, or
//! for rest, is skipped ([`crate::Sight`]).

use crate::cast::peer::Peer;
use crate::cast::program::Program;
#[cfg(target_os = "linux")]
use crate::deadline::{Looking, PATIENCE};
use crate::deadline::{QUIET, watch};
use crate::judge::reason::Reason;
use crate::judge::verdict::Cause;
#[cfg(target_os = "linux")]
use crate::process::linux::{
    endpoints, held_sockets, most_resident, not_read_by, rests, shortest_limit, sleeps_often,
    unacknowledged,
};
use crate::process::lockstep::{is_at_rest, only_reads};
use crate::process::output::NextLine;
use crate::transcript::happening::{Happening, Output};
#[cfg(target_os = "linux")]
use crate::transcript::kind::Kind;
#[cfg(target_os = "linux")]
use std::io;
use std::time::{Duration, Instant};

/// How long a line may be on its way through the pipe, where it is not shown.
const IN_THE_PIPE: Duration = Duration::from_millis(5);

/// On a busy machine a program has its turn seldom.
#[cfg(target_os = "linux")]
const LONG_ENOUGH: Duration = Duration::from_secs(10);

/// A time limit, or a number of rests, that a scenario waits for.
#[cfg(target_os = "linux")]
const SHORT: Duration = Duration::from_secs(3);

/// A program that waits with a time limit of its own.
#[cfg(target_os = "linux")]
struct Limited {
    limit: Duration,
    /// The bytes that it had printed.
    printed: usize,
    /// The sockets that it held, where that is shown.
    held: Option<Vec<String>>,
}

impl Program {
    /// Records which sockets the program holds at this moment, by protocol.
    #[cfg(target_os = "linux")]
    pub fn holds_sockets(&mut self) {
        self.tells_its_sockets(|_| true);
    }

    /// Waits until the program holds `due`, by protocol and sorted, and no other socket;
    /// records which it holds then, or at the deadline. When exactly it closes a socket that
    /// it needs no more is its own business.
    #[cfg(target_os = "linux")]
    pub fn comes_to_hold(&mut self, due: &[&str]) {
        self.tells_its_sockets(|held| held == due);
    }

    #[cfg(target_os = "linux")]
    fn tells_its_sockets(&self, enough: impl Fn(&[String]) -> bool) {
        let look = || held_sockets(self.process());
        let seen = watch(PATIENCE, || match look() {
            Ok(held) if !enough(&held) => None,
            seen => Some(seen),
        });
        match seen.unwrap_or_else(look) {
            Ok(names) => self.tell(Happening::Sockets(names)),
            Err(error) => self.has_unseen_sockets(&error),
        }
    }

    /// Records the endpoints that the program's sockets have on its side at this moment:
    /// `endpoints none` where none is bound or connected yet.
    #[cfg(target_os = "linux")]
    pub fn has_endpoints(&mut self) {
        match endpoints(self.process()) {
            Ok(all) => self.tell(Happening::Endpoints(
                all.into_iter().map(Into::into).collect(),
            )),
            Err(error) => self.has_unseen_sockets(&error),
        }
    }

    /// Those of a program that has ended are not shown to everybody.
    #[cfg(target_os = "linux")]
    fn has_unseen_sockets(&self, error: &io::Error) -> ! {
        if self.has_ended() {
            self.tells_its_end_instead();
        }
        self.cannot_be_seen(Reason::SocketsUnseen {
            error: Kind::of(error),
        })
    }

    /// Never reached where the sockets cannot be seen.
    #[cfg(not(target_os = "linux"))]
    pub fn holds_sockets(&mut self) {
        self.cannot_be_seen(Reason::Missing {
            sight: crate::sight::Sight::HeldSockets,
        });
    }

    /// Never reached where the sockets cannot be seen.
    #[cfg(not(target_os = "linux"))]
    pub fn comes_to_hold(&mut self, _due: &[&str]) {
        self.holds_sockets();
    }

    /// Never reached where the sockets cannot be seen.
    #[cfg(not(target_os = "linux"))]
    pub fn has_endpoints(&mut self) {
        self.holds_sockets();
    }

    /// Watches, at most for 10 seconds, whether the program rests where it can do nothing
    /// but wait: `rests`, or `busy`. Never reached where [`crate::Sight::Rest`] is missing.
    pub fn rests(&mut self) {
        #[cfg(target_os = "linux")]
        {
            let rests = rests(self.process(), LONG_ENOUGH, || ());
            if self.running.has_ended() {
                self.tells_its_end_instead();
            }
            self.tell(Happening::Rests(rests));
        }
    }

    /// As [`Program::rests`], and goes on to rest though nothing comes: where it waits with a
    /// time limit of three seconds at most, that is waited for, and what it then does by
    /// itself is told. Never reached where [`crate::Sight::Rest`] is missing.
    pub fn rests_for_good(&mut self) {
        #[cfg(target_os = "linux")]
        {
            // Looked at all the while: on a busy machine a limit may be over before the rest is.
            let mut seen: Option<Limited> = None;
            let look = || {
                if seen.is_none() {
                    seen = self.limited();
                }
            };
            let rests = rests(self.process(), LONG_ENOUGH, look);
            if let Some(limited) = seen.or_else(|| self.limited()).filter(|_| rests) {
                self.tells_what_it_does_within(&limited);
            }
            self.tell(Happening::Rests(rests));
        }
    }

    /// How the program is while it waits with a limit that is short.
    #[cfg(target_os = "linux")]
    fn limited(&self) -> Option<Limited> {
        let limit = shortest_limit(self.process()).filter(|limit| *limit <= SHORT)?;
        Some(Limited {
            limit,
            printed: self.running.stdout.text().len(),
            held: held_sockets(self.process()).ok(),
        })
    }

    /// Tells what the program does by itself until its limit is over: it ends, opens or closes
    /// sockets, or prints more than it had.
    #[cfg(target_os = "linux")]
    fn tells_what_it_does_within(&mut self, limited: &Limited) {
        let Limited {
            limit,
            printed,
            held,
        } = limited;
        let more = || {
            self.running
                .stdout
                .text()
                .get(*printed..)
                .map(str::to_owned)
        };
        // It rests by now, so the call that waits has begun; and one that was woken at its end
        // acts as soon as it gets its turn.
        let is_over = Instant::now() + *limit + QUIET;
        let acted = watch(*limit + LONG_ENOUGH, || {
            let more = more().filter(|more| !more.is_empty());
            let other = || held_sockets(self.process()).ok() != *held;
            if more.is_some() || self.running.has_ended() || other() {
                return Some(Some(more));
            }
            (Instant::now() >= is_over && !self.running.turns().ready).then_some(None)
        });
        match acted.flatten() {
            None => {}
            Some(Some(more)) => {
                // It is told now, and not as what came after.
                self.running.stdout.forget();
                self.tell(Happening::line(more.as_bytes()));
            }
            Some(None) if self.running.has_ended() => self.tells_its_end_instead(),
            Some(None) => self.holds_sockets(),
        }
    }

    /// As [`Program::rests`], from when the program has sent `peer` more than it takes.
    pub fn rests_before(&mut self, peer: &Peer) {
        #[cfg(target_os = "linux")]
        {
            let (own, theirs) = peer.ends();
            let waiting = || unacknowledged(own, theirs);
            // What it has to do before it sends takes longer on a busy machine.
            let mut looking = Looking::begin();
            let mut in_vain = || self.stage.in_vain(looking.time());
            watch(LONG_ENOUGH * 4, || {
                (waiting() > 0 || in_vain()).then_some(())
            });
            self.tell(Happening::Rests(rests(
                self.process(),
                LONG_ENOUGH,
                waiting,
            )));
        }
        #[cfg(not(target_os = "linux"))]
        let _ = peer;
    }

    /// Waits until the program has handed over so many bytes that `peer` has not read. Not
    /// written down; one that does not is found out by what it does next. Needs
    /// [`crate::Sight::LittleRoom`].
    pub fn has_handed_over(&self, peer: &Peer, bytes: usize) {
        #[cfg(target_os = "linux")]
        {
            let (own, theirs) = peer.ends();
            let waiting = || usize::try_from(not_read_by(own, theirs)).unwrap_or_default();
            watch(PATIENCE, || (waiting() >= bytes).then_some(()));
        }
        #[cfg(not(target_os = "linux"))]
        let _ = (peer, bytes);
    }

    /// `peer` does not read for `time`, and, where the system shows it, until the program has
    /// rested as often as one that rests for a millisecond does meanwhile: a busy machine
    /// wakes it less often, and how often it may rest is what a program may have counted. One
    /// that waits for good is not waited for.
    pub fn is_not_read_by(&self, peer: &mut Peer, time: Duration) {
        let begun = Instant::now();
        #[cfg(target_os = "linux")]
        {
            // Its rests are a little longer than it asks for.
            let often = u64::try_from(time.as_millis()).unwrap_or(u64::MAX) * 3 / 4;
            sleeps_often(self.process(), often, SHORT);
        }
        peer.reads_nothing_since(begun, time);
    }

    /// The most that the program has had in memory so far, in bytes; 0 where the system does
    /// not tell.
    pub fn memory(&self) -> u64 {
        #[cfg(target_os = "linux")]
        let most = most_resident(self.process());
        #[cfg(not(target_os = "linux"))]
        let most = None;
        most.unwrap_or_default()
    }

    /// Records whether the program's memory has been more than `most` bytes above `before`,
    /// if only for a moment: `memory grows`, or `memory flat`. Only
    /// [`crate::Sight::Memory`] makes it worth asking.
    pub fn keeps_its_memory(&mut self, before: u64, most: u64) {
        let grew = self.memory() > before + most;
        self.tell(Happening::Memory { grew });
    }

    /// Waits for a while ([`QUIET`]) until it has done what its input makes it do: it has ended,
    /// or waits in every thread for something else. Not written down; a program that goes on
    /// reading its input is as right.
    pub fn comes_to_rest(&self) {
        let rests = || self.running.has_ended() || is_at_rest(self.running.process());
        // Its threads are looked at one by one, so that a single look may miss one.
        watch(QUIET, || (rests() && rests()).then_some(()));
    }

    /// Watches until the program has ended, or waits in every thread for something else than
    /// its input, at most for a while ([`QUIET`]), and sees no line: as
    /// [`Program::prints_nothing`], and no end either is told.
    pub fn prints_nothing_more(&mut self) {
        let stdout = &self.running.stdout;
        let line = watch(QUIET, || {
            let rests = self.running.has_ended() || is_at_rest(self.running.process());
            // What it printed before it came to rest takes a moment to get here.
            let moment = if rests { IN_THE_PIPE } else { Duration::ZERO };
            match stdout.next_line(moment) {
                NextLine::Line(line) => Some(Some(line)),
                _ => rests.then_some(None),
            }
        });
        self.tell(match line.flatten() {
            Some(line) => Happening::line(&line),
            None => Happening::Stdout(Output::Silence),
        });
    }

    /// The program does not end: it is watched for a while ([`QUIET`]), or until it waits
    /// itself for what others send. Written `goes-on`.
    pub fn goes_on(&mut self) {
        let ended = watch(QUIET, || {
            // In this order: a program that has ended reads no more.
            let waits = only_reads(self.running.process());
            let ended = self.running.has_ended();
            (ended || waits).then_some(ended)
        });
        if ended == Some(true) {
            self.tells_its_end_instead();
        }
        self.tell(Happening::GoesOn);
    }

    fn cannot_be_seen(&self, why: Reason) -> ! {
        self.stage.stop(Cause::Broken(why))
    }
}
