//! Linux: the calls from `/proc`, then for the lines one short stop by ptrace.
//!
//! ```text
//! look         what every thread does, by two looks at /proc
//! calls/       the table of system calls, and what a thread in one waits for
//! descriptors  which descriptors a call waits on
//! sockets      what the kernel's tables say of a socket
//! memory       the program's memory, and the copy of a stack
//! stop         every thread stopped, its registers and its stack copied, let go
//! files        the program and its libraries, and where they lie in memory
//! lines        which line of the learner's source an address is
//! image        files and lines together: from registers up the stack
//! guess        up the stack where the registers were refused
//! record/      a program's calls written down while it runs
//! ```

mod calls;
mod descriptors;
mod files;
mod guess;
mod image;
mod lines;
mod look;
mod memory;
pub(crate) mod record;
mod sockets;
mod stop;

use crate::{Doing, Line, Thread};
use image::Image;
use look::{Found, Look, Parked};
use memory::Memory;
use proc::Process;
use sockets::Tables;
use std::time::{Duration, Instant};

/// The most time one question may take; what is not known by then is left out. A
/// machine at rest needs a two-hundredth of it, one with ten busy programs a core a tenth.
const LIMIT: Duration = Duration::from_secs(8);

pub(crate) fn waits(process: u32, own_source: &str) -> Option<Vec<Thread>> {
    let deadline = Instant::now() + LIMIT;
    let process = Process::new(i32::try_from(process).ok()?).ok()?;
    let memory = Memory::open(process.id);
    let first = look::look(process, deadline)?;
    // The time between two looks is well spent on reading the program's files.
    let files = memory
        .as_ref()
        .map(|memory| files::mapped(process, memory))
        .unwrap_or_default();
    let image = Image::of(&files, own_source);
    let looks = look::settled(process, first, deadline)?;
    let tables = Tables::of(process);
    let doings: Vec<Doing> = looks
        .iter()
        .map(|look| doing(process, memory.as_ref(), &tables, look))
        .collect();
    let lines = match &memory {
        Some(memory) if image.has_lines() => lines(process, &image, memory, &looks, deadline),
        _ => vec![None; looks.len()],
    };
    let main = looks.iter().find(|look| look.thread == process.id);
    let common = main.map(|main| main.name.clone());
    let described = looks.iter().zip(doings).zip(lines).zip(1..);
    let threads = described.map(|(((look, doing), line), number)| Thread {
        name: look.thread_name(process.id, common.as_deref(), number),
        doing,
        line,
    });
    Some(threads.collect())
}

pub(crate) fn may_stop(process: u32) -> bool {
    let deadline = Instant::now() + LIMIT;
    let Ok(process) = i32::try_from(process) else {
        return false;
    };
    let memory = Memory::open(process);
    memory.is_some_and(|memory| !stop::catch(&[process], &memory, deadline).is_empty())
}

fn doing(process: Process, memory: Option<&Memory>, tables: &Tables, look: &Look) -> Doing {
    match &look.found {
        Found::Runs => Doing::Runs {
            cpu_ms: u64::try_from(look.processor_time.as_millis()).unwrap_or(u64::MAX),
        },
        Found::Stopped => Doing::Stopped,
        Found::Unseen => Doing::Unknown,
        Found::Parked(Parked { call: None, .. }) => Doing::Unknown,
        Found::Parked(Parked {
            call: Some(call), ..
        }) => match call {
            calls::Call::ForThread => Doing::WaitsForThread,
            calls::Call::Sleeps => Doing::Sleeps,
            calls::Call::ForChild => Doing::WaitsForChild,
            calls::Call::Restarted => Doing::Unknown,
            calls::Call::Waits { name, on } => {
                let (sockets, file) = descriptors::waited_on(process, memory, tables, on);
                Doing::Blocked {
                    call: (*name).to_owned(),
                    sockets,
                    file,
                }
            }
        },
    }
}

/// For each look, the learner's line at which it was taken.
fn lines(
    process: Process,
    image: &Image<'_>,
    memory: &Memory,
    looks: &[Look],
    deadline: Instant,
) -> Vec<Option<Line>> {
    let threads: Vec<i32> = looks.iter().map(|look| look.thread).collect();
    let caught = stop::catch(&threads, memory, deadline);
    let line = |look: &Look| {
        if Instant::now() > deadline {
            return None;
        }
        let (addresses, sure) = match (caught.get(&look.thread), &look.found) {
            (Some(caught), _) => {
                if !look.still_holds(&caught.registers) {
                    return None;
                }
                let walk = image.walk(&caught.registers, &caught.stack);
                (walk.addresses, true)
            }
            (None, Found::Parked(parked)) => {
                let stays = || look::is_still_parked(process, look.thread, parked);
                (guess::addresses(image, memory, parked, stays)?, false)
            }
            _ => return None,
        };
        let mut addresses = addresses.into_iter();
        let place = addresses.find_map(|address| image.place(address))?;
        Some(Line {
            file: place.file,
            line: place.line,
            sure: sure && place.exact,
        })
    };
    looks.iter().map(line).collect()
}
