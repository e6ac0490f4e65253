//! Parents and children, as `/proc/PID/stat` tells of them (`man 5 proc`), and the adoption
//! of orphans (`PR_SET_CHILD_SUBREAPER`, `man 2 prctl`).

use procfs::process::Process;
use rustix::process::{
    Pid, Signal, WaitOptions, getpgrp, getpid, kill_process, kill_process_group,
    set_child_subreaper, waitpid,
};
use std::fs;
use std::time::{Duration, Instant};

/// How long a family that goes on growing is chased, at most.
const CHASE: Duration = Duration::from_secs(2);

/// What is known of a process.
struct Relative {
    id: i32,
    parent: i32,
    group: i32,
}

impl Relative {
    fn of(id: i32) -> Option<Self> {
        let stat = Process::new(id).and_then(|process| process.stat()).ok()?;
        Some(Self {
            id,
            parent: stat.ppid,
            group: stat.pgrp,
        })
    }
}

fn everyone() -> Vec<Relative> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter_map(Relative::of).collect()
}

/// Whether the orphans of this process's descendants become its children.
pub(crate) fn set_adopting(adopting: bool) {
    // Kernels before 3.4 refuse; then orphans are found by their mark alone.
    let _ = set_child_subreaper(adopting.then(getpid));
}

/// The children of `process`, their children and so on, as they are at this moment.
pub(crate) fn descendants(process: u32) -> Vec<u32> {
    let everyone = everyone();
    let mut family = vec![process.cast_signed()];
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        let children = everyone.iter().filter(|one| one.parent == parent);
        family.extend(children.map(|child| child.id));
        next += 1;
    }
    family.drain(..1);
    family.into_iter().map(i32::cast_unsigned).collect()
}

/// Ends the processes that [`descendants`] found.
pub(crate) fn kill_family(family: &[u32]) {
    family.iter().copied().for_each(kill);
}

/// Ends every child of this process but those that are `known`; their children become this
/// one's while it adopts orphans, and are ended as well.
pub(crate) fn end_children_but(known: &[u32]) {
    let own = getpid().as_raw_pid();
    let is_strange = |one: &Relative| one.parent == own && !known.contains(&one.id.cast_unsigned());
    let until = Instant::now() + CHASE;
    loop {
        let strange: Vec<_> = everyone().into_iter().filter(is_strange).collect();
        if strange.is_empty() || Instant::now() > until {
            return;
        }
        strange.iter().for_each(end);
        chase_the_youngest(&is_strange);
    }
}

/// A family may have a new member before all processes were looked at: the youngest
/// process of all is looked at again and again, as long as it is strange.
fn chase_the_youngest(is_strange: &impl Fn(&Relative) -> bool) {
    const LOOKS: usize = 100;
    for _ in 0..LOOKS {
        let Some(youngest) = youngest().filter(|one| is_strange(one)) else {
            return;
        };
        end(&youngest);
    }
}

/// The last number in `/proc/loadavg` is that of the process that was made last.
fn youngest() -> Option<Relative> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    let id = text.split_whitespace().next_back()?.parse().ok()?;
    Relative::of(id)
}

/// Ends it, and waits for it, as a parent has to.
fn end(one: &Relative) {
    kill_with_group(one);
    let _ = waitpid(Pid::from_raw(one.id), WaitOptions::NOHANG);
}

/// Ends `process` and its group, unless that is this process's own.
pub(super) fn kill(process: u32) {
    if let Some(one) = Relative::of(process.cast_signed()) {
        kill_with_group(&one);
    }
}

/// A group is killed as a whole, those included that it makes at this moment. Any of them
/// may have ended in between.
fn kill_with_group(one: &Relative) {
    if let Some(group) = Pid::from_raw(one.group).filter(|group| *group != getpgrp()) {
        let _ = kill_process_group(group, Signal::KILL);
    }
    if let Some(id) = Pid::from_raw(one.id) {
        let _ = kill_process(id, Signal::KILL);
    }
}
