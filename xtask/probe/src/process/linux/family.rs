//! Parents and children, as `/proc/PID/stat` tells of them (`man 5 proc`), and the adoption
//! of orphans (`PR_SET_CHILD_SUBREAPER`, `man 2 prctl`).

use proc::{Process, Task};
use rustix::process::{
    Pid, Signal, WaitOptions, getpgrp, getpid, kill_process, kill_process_group,
    set_child_subreaper, waitpid,
};
use std::fs;
use std::io;
use std::mem::MaybeUninit;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a family that goes on growing is chased, at most.
const CHASE: Duration = Duration::from_secs(2);

/// What is known of a process.
pub(super) struct Relative {
    pub(super) id: i32,
    pub(super) parent: i32,
    group: i32,
}

impl Relative {
    /// One file a process: a busy machine has thousands.
    pub(super) fn of(id: i32) -> Option<Self> {
        let stat = Process { id }.stat().ok()?;
        Some(Self {
            id,
            parent: stat.parent,
            group: stat.group,
        })
    }
}

/// Each looked at when its turn comes.
pub(super) fn everyone() -> impl Iterator<Item = Relative> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter_map(Relative::of)
}

/// Whether the orphans of this process's descendants become its children.
pub(crate) fn set_adopting(adopting: bool) {
    // Kernels before 3.4 refuse; then orphans are found by their mark alone.
    let _ = set_child_subreaper(adopting.then(getpid));
}

/// The oldest of the children of `process`.
pub(crate) fn first_child_of(process: u32) -> Option<u32> {
    let children = children_of(process.cast_signed());
    children.into_iter().min().map(i32::cast_unsigned)
}

/// The children of `process`, their children and so on.
pub(crate) fn descendants_of(process: u32) -> Vec<u32> {
    let until = Instant::now() + CHASE;
    let mut family = vec![process.cast_signed()];
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        family.extend(children_of(parent));
        next += 1;
        if Instant::now() > until {
            break;
        }
    }
    family.drain(1..).map(i32::cast_unsigned).collect()
}

/// Has this process children but those that are `known`: orphans?
pub(crate) fn has_children_but(known: &[u32]) -> bool {
    !strange_children(known).is_empty()
}

fn strange_children(known: &[u32]) -> Vec<i32> {
    let mut children = children_of(getpid().as_raw_pid());
    children.retain(|child| !known.contains(&child.cast_unsigned()));
    children
}

/// Those that have ended and were not waited for included. The kernel keeps the list
/// (`man 5 proc_pid_task`, CONFIG_PROC_CHILDREN); where it does not show it, every process
/// is asked for its parent.
pub(super) fn children_of(process: i32) -> Vec<i32> {
    let listed = || {
        let tasks = Process { id: process }.tasks()?;
        tasks.map(Task::children).collect::<io::Result<Vec<_>>>()
    };
    static SHOWN: LazyLock<bool> =
        LazyLock::new(|| fs::exists("/proc/thread-self/children").unwrap_or(false));
    if *SHOWN {
        // An error says that the process has ended: it has none.
        return listed().unwrap_or_default().concat();
    }
    let children = everyone().filter(|one| one.parent == process);
    children.map(|child| child.id).collect()
}

/// Ends these processes, each with its group.
pub(crate) fn kill_family(family: &[u32]) {
    family.iter().copied().for_each(kill);
}

/// Ends every child of this process but those that are `known`; their children become this
/// one's while it adopts orphans, and are ended as well.
pub(crate) fn end_children_but(known: &[u32]) {
    for group in groups_of_orphans().drain(..) {
        kill_group(group);
    }
    let until = Instant::now() + CHASE;
    loop {
        let strange = strange_children(known);
        if strange.is_empty() || Instant::now() > until {
            return;
        }
        strange.into_iter().filter_map(Relative::of).for_each(end);
        chase_the_youngest(known);
    }
}

/// Waits for the orphans that have ended, so that a family of thousands does not stay in the
/// table of processes. One that is `known` is left for whoever started it.
pub(crate) fn reap_but(known: &[u32]) {
    while let Some(ended) = ended_child(libc::P_ALL, 0) {
        if known.contains(&ended.as_raw_nonzero().get().cast_unsigned()) {
            // It stays the first that the kernel names, whoever has ended since.
            let others = strange_children(known).into_iter();
            let ended = others.filter_map(|one| ended_child(libc::P_PID, one.cast_unsigned()));
            return ended.for_each(reap);
        }
        reap(ended);
    }
}

fn reap(orphan: Pid) {
    if let Some(one) = Relative::of(orphan.as_raw_nonzero().get()) {
        let mut groups = groups_of_orphans();
        if !groups.contains(&one.group) {
            groups.push(one.group);
        }
    }
    let _ = waitpid(Some(orphan), WaitOptions::NOHANG);
}

/// The groups of orphans that were waited for: others of the same family may live.
static GROUPS: Mutex<Vec<i32>> = Mutex::new(Vec::new());

fn groups_of_orphans() -> MutexGuard<'static, Vec<i32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A child of those that `whom` and `id` name (`man 2 waitid`) which has ended and was not
/// waited for; it stays so.
fn ended_child(whom: libc::idtype_t, id: libc::id_t) -> Option<Pid> {
    let mut about = MaybeUninit::<libc::siginfo_t>::zeroed();
    let options = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
    // SAFETY: the pointer is valid for a siginfo_t, in which zeros are values; the kernel
    // fills in that of a child, and where there is none its number stays 0.
    let ended = unsafe {
        if libc::waitid(whom, id, about.as_mut_ptr(), options) != 0 {
            return None;
        }
        about.assume_init().si_pid()
    };
    Pid::from_raw(ended)
}

/// A family may have a new member before all processes were looked at: the youngest
/// process of all is looked at again and again, as long as it is strange.
fn chase_the_youngest(known: &[u32]) {
    const LOOKS: usize = 100;
    let own = getpid().as_raw_pid();
    let is_strange = |one: &Relative| one.parent == own && !known.contains(&one.id.cast_unsigned());
    for _ in 0..LOOKS {
        let Some(youngest) = youngest().filter(is_strange) else {
            return;
        };
        end(youngest);
    }
}

/// The last number in `/proc/loadavg` is that of the process that was made last, or of the
/// thread: of a thread there is a `stat` as well, which names its process's parent, and a
/// signal sent to its number ends its process.
fn youngest() -> Option<Relative> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    let id = text.split_whitespace().next_back()?.parse().ok()?;
    Relative::of(id).filter(leads_its_threads)
}

/// Is this the number of a process, and not of another thread in it (`Tgid`)?
fn leads_its_threads(one: &Relative) -> bool {
    let status = Process { id: one.id }.status();
    status.is_ok_and(|status| status.leader == one.id)
}

/// Ends it, and waits for it, as a parent has to.
fn end(one: Relative) {
    kill_with_group(&one);
    let _ = waitpid(Pid::from_raw(one.id), WaitOptions::NOHANG);
}

/// Ends `process` and its group, unless that is this process's own.
fn kill(process: u32) {
    if let Some(one) = Relative::of(process.cast_signed()) {
        kill_with_group(&one);
    }
}

/// A group is killed as a whole, those included that it makes at this moment. Any of them
/// may have ended in between.
pub(super) fn kill_with_group(one: &Relative) {
    kill_group(one.group);
    if let Some(id) = Pid::from_raw(one.id) {
        let _ = kill_process(id, Signal::KILL);
    }
}

fn kill_group(group: i32) {
    if let Some(group) = Pid::from_raw(group).filter(|group| *group != getpgrp()) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_thread_is_not_taken_for_a_process() {
        let thread = || {
            let own = fs::read_link("/proc/thread-self").unwrap();
            own.file_name().unwrap().to_str().unwrap().parse().unwrap()
        };
        let is_one = |id: i32| Relative::of(id).is_some_and(|one| leads_its_threads(&one));
        let (id, taken) = std::thread::spawn(move || (thread(), is_one(thread())))
            .join()
            .unwrap();
        assert_ne!(id, getpid().as_raw_pid());
        assert!(!taken, "{id} is a thread");
        assert!(is_one(getpid().as_raw_pid()));
    }
}
