//! A thousand clients in each of the course's chat servers, every tenth of them hostile: that
//! the good ones hear everything, complete and in order, that nothing of them stays with the
//! server, and what it costs.

mod guest;
mod room;

use crate::effort::Effort;
use crate::house::{House, State};
use crate::measure::timed;
use crate::record::{Crowd, Kind};
use crate::statistics::{median, tenths};
use anyhow::{Context, Result, ensure};
use guest::{Guest, Manner};
use std::path::PathBuf;

/// A chat server to be measured: the program, and what it is made with.
#[derive(Clone, Debug)]
pub struct Server {
    /// What it is made with.
    pub kind: Kind,
    /// Where the program is.
    pub program: PathBuf,
}

impl Server {
    /// That which `program` is.
    pub fn new(kind: Kind, program: impl Into<PathBuf>) -> Self {
        Self {
            kind,
            program: program.into(),
        }
    }
}

/// An allocator's slack, in KiB. A server may need it, and twice what the first crowd needed:
/// lines that wait on a busy machine take memory, too. Of three crowds that stayed there would
/// be three times as much.
const SLACK_KIB: u64 = 4 * 1024;

pub(crate) fn measure(servers: &[Server], effort: &Effort) -> Result<Vec<Crowd>> {
    room::for_descriptors(effort.clients)?;
    let one = |server: &Server| {
        let failed = || format!("the server of {:?} failed", server.kind);
        of_server(server, effort).with_context(failed)
    };
    servers.iter().map(one).collect()
}

/// What one crowd took.
#[derive(Default)]
struct Took {
    joining_ms: Vec<f64>,
    passing_on_ms: Vec<f64>,
}

fn of_server(server: &Server, effort: &Effort) -> Result<Crowd> {
    let house = House::open(
        &server.program,
        &["127.0.0.1:0", &effort.clients.to_string()],
        1,
    )?;
    let empty = without_guests(&house)?;
    let mut took = Took::default();
    let mut full = None;
    let mut most = Vec::new();
    let mut heard = 0;
    for _ in 0..effort.crowds {
        (heard, full) = a_crowd(&house, effort, &mut took)?;
        if let Some(empty) = &empty {
            house.comes_back_to(empty)?;
        }
        most.extend(house.state()?.map(|now| now.most_kib));
    }
    if let [first, .., last] = most[..] {
        ensure!(
            last <= 2 * first + SLACK_KIB,
            "it needs more memory for each crowd: {most:?} KiB"
        );
    }
    let last = house.state()?;
    house.close()?;
    let ran_ms = |state: State| state.ran.as_secs_f64() * 1e3 / effort.crowds.max(1) as f64;
    Ok(Crowd {
        server: server.kind,
        clients: effort.clients,
        hostile: (0..effort.clients)
            .filter(|it| Manner::of(*it) != Manner::Good)
            .count(),
        heard,
        joining_ms: tenths(median(&mut took.joining_ms)),
        passing_on_ms: tenths(median(&mut took.passing_on_ms)),
        cpu_ms: last.map(|state| tenths(ran_ms(state))),
        threads: full.map(|state: State| state.threads),
        memory_mib: last.map(|state| tenths(state.most_kib as f64 / 1024.0)),
    })
}

/// What it has when it has begun and nobody is there: a first guest shows that it has.
fn without_guests(house: &House) -> Result<Option<State>> {
    let first = Guest::comes(house.address(0)?, 0, Manner::Silent)?;
    let with_one = house.state()?;
    drop(first);
    if let Some(with_one) = with_one {
        house.comes_back_to(&State {
            descriptors: with_one.descriptors - 1,
            ..with_one
        })?;
    }
    house.state()
}

/// They come, some of them speak, all hear it, and they leave: how many lines were heard, and
/// what the server had while all were there.
fn a_crowd(house: &House, effort: &Effort, took: &mut Took) -> Result<(usize, Option<State>)> {
    let (mut good, mut hostile) = (Vec::new(), Vec::new());
    let joining = timed(|| -> Result<()> {
        for number in 0..effort.clients {
            let manner = Manner::of(number);
            let guest = Guest::comes(house.address(0)?, number, manner)
                .with_context(|| format!("client {number} ({manner:?})"))?;
            let kept = if manner == Manner::Good {
                &mut good
            } else {
                &mut hostile
            };
            kept.extend(guest);
        }
        Ok(())
    })?;
    let full = house.state()?;
    let speakers: Vec<_> = good
        .iter()
        .take(effort.speakers)
        .map(|it| it.name().to_owned())
        .collect();
    let mut heard = 0;
    let passing_on = timed(|| -> Result<()> {
        for number in 0..effort.lines {
            good.iter()
                .take(effort.speakers)
                .try_for_each(|it| it.says(number))?;
        }
        for guest in &mut good {
            heard += guest.hears(&speakers, effort.lines)?;
        }
        Ok(())
    })?;
    good.into_iter().try_for_each(Guest::leaves)?;
    drop(hostile);
    took.joining_ms.push(joining.as_secs_f64() * 1e3);
    took.passing_on_ms.push(passing_on.as_secs_f64() * 1e3);
    Ok((heard, full))
}
