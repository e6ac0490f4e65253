//! The remote control of lesson 22, with a phone that sends commands at irregular moments: how
//! late each is carried out and how many bytes that takes, where who carries them out asks for
//! them again and again, and where the server pushes them.

mod asking;
mod pushed;
mod web;

use crate::effort::Effort;
use crate::house::House;
use crate::record::{Asking, Remote};
use crate::statistics::{hundredths, median, tenths};
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use web::Web;

/// The three buttons of the phone's page.
const BUTTONS: [&str; 3] = ["왼쪽", "오른쪽", "점프"];

/// The same in every run, so that every way meets the same phone.
const SEED: u64 = 22;

/// A command, and when it was pressed or carried out.
#[derive(Clone, Debug)]
struct Command {
    id: u64,
    text: String,
    at: Instant,
}

/// What one that carries out has done until `commands` were.
#[derive(Debug, Default)]
struct CarriedOut {
    commands: Vec<Command>,
    messages: usize,
    sent: usize,
    received: usize,
}

pub(crate) fn measure(program: &Path, effort: &Effort) -> Result<Vec<Remote>> {
    let mut ways = vec![(Asking::Pushed, None)];
    for &every in effort.polls_ms {
        ways.extend([Asking::Polled, Asking::PolledAnew].map(|asking| (asking, Some(every))));
    }
    let one = |(asking, every)| {
        let failed = || format!("{asking:?}, {every:?} ms, failed");
        of_way(program, effort, asking, every).with_context(failed)
    };
    ways.into_iter().map(one).collect()
}

/// A server of its own, a phone, and one that carries out.
fn of_way(program: &Path, effort: &Effort, asking: Asking, every: Option<u64>) -> Result<Remote> {
    let house = House::open(program, &["127.0.0.1:0", "127.0.0.1:0"], 2)?;
    let (phones, unity) = (house.address(0)?, house.address(1)?);
    let begun = Instant::now();
    let (pressed, done) = thread::scope(|scope| {
        let carrying_out = match every {
            None => {
                let connected = pushed::connect(unity)?;
                scope.spawn(move || connected.carries_out(effort.commands))
            }
            Some(every) => {
                let rest = Duration::from_millis(every);
                let web = Web::new(phones, asking == Asking::Polled);
                scope.spawn(move || asking::carries_out(web, rest, effort.commands))
            }
        };
        let pressed = presses(Web::new(phones, true), effort)?;
        let done = carrying_out.join();
        let done = done.map_err(|_| anyhow::anyhow!("who carries out has panicked"))??;
        anyhow::Ok((pressed, done))
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    house.close()?;
    let mut delays = delays(&pressed, &done.commands)?;
    Ok(Remote {
        asking,
        every_ms: every,
        commands: pressed.len(),
        seconds: tenths(seconds),
        messages: done.messages,
        sent_bytes: done.sent,
        received_bytes: done.received,
        median_ms: hundredths(median(&mut delays)),
        worst_ms: hundredths(delays.iter().copied().fold(0.0, f64::max)),
    })
}

/// The phone: rests, and presses a button, again and again.
fn presses(mut web: Web, effort: &Effort) -> Result<Vec<Command>> {
    let mut seed = SEED;
    let press = |number| {
        thread::sleep(Duration::from_millis(irregular(&mut seed, effort.rests_ms)));
        let text = BUTTONS[number as usize % BUTTONS.len()];
        let at = Instant::now();
        let answer = web.asks("POST", "/commands", text)?;
        let id = answer.trim().parse();
        Ok(Command {
            id: id.with_context(|| format!("{answer:?} is no number of a command"))?,
            text: text.to_owned(),
            at,
        })
    };
    (0..effort.commands).map(press).collect()
}

/// The next of a row of numbers that look like chance (Knuth's MMIX generator).
fn irregular(seed: &mut u64, (from, to): (u64, u64)) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    from + (*seed >> 33) % (to - from).max(1)
}

/// In milliseconds; every command has to have been carried out once, and in order.
fn delays(pressed: &[Command], done: &[Command]) -> Result<Vec<f64>> {
    ensure!(
        pressed.len() == done.len(),
        "{} of {} commands were carried out",
        done.len(),
        pressed.len()
    );
    let delay = |(press, done): (&Command, &Command)| {
        ensure!(
            press.id == done.id && press.text == done.text,
            "{} {} was carried out where {} {} was due",
            done.id,
            done.text,
            press.id,
            press.text
        );
        Ok(done.at.duration_since(press.at).as_secs_f64() * 1e3)
    };
    pressed.iter().zip(done).map(delay).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phone_rests_within_its_bounds_and_irregularly() {
        let mut seed = SEED;
        let rests: Vec<_> = (0..50).map(|_| irregular(&mut seed, (50, 550))).collect();
        assert!(rests.iter().all(|rest| (50..550).contains(rest)));
        let mut others = rests.clone();
        others.sort_unstable();
        others.dedup();
        assert!(others.len() > 40, "{rests:?}");
    }

    #[test]
    fn a_command_that_is_lost_or_comes_twice_is_no_figure() {
        let at = Instant::now();
        let command = |id| Command {
            id,
            text: "점프".to_owned(),
            at,
        };
        let two = [command(1), command(2)];
        assert_eq!(delays(&two, &two).unwrap(), [0.0, 0.0]);
        assert!(delays(&two, &two[..1]).is_err());
        assert!(delays(&two, &[command(1), command(1)]).is_err());
    }
}
