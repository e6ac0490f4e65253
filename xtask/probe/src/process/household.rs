//! The processes that this one has started, and the orphans that those leave to it. What
//! nobody knows of is ended, whatever group, session or environment it has given itself.
//!
//! Only Linux hands a process the orphans of its descendants (`PR_SET_CHILD_SUBREAPER`,
//! `man 2 prctl`); elsewhere [`adopt_orphans`] and [`end_orphans`] do nothing.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a shell says of a command that Ctrl-C has ended: 128 and the number of SIGINT.
#[cfg(unix)]
const INTERRUPTED: i32 = 130;

/// Between two looks at orphans that have ended.
#[cfg(target_os = "linux")]
const REAPING: std::time::Duration = std::time::Duration::from_millis(5);

/// How long children that were asked to end may take to do so.
#[cfg(unix)]
const LEAVING: std::time::Duration = std::time::Duration::from_secs(1);

/// The children that are waited for by whoever started them.
static KNOWN: Mutex<Vec<u32>> = Mutex::new(Vec::new());

fn known() -> MutexGuard<'static, Vec<u32>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a child with `spawn`, whose process `id` tells: from here until [`forget`] it is
/// no orphan.
///
/// # Errors
/// Those of `spawn`.
pub fn start<C>(
    spawn: impl FnOnce() -> io::Result<C>,
    id: impl FnOnce(&C) -> u32,
) -> io::Result<C> {
    let mut known = known();
    let child = spawn()?;
    known.push(id(&child));
    Ok(child)
}

/// Does something that starts children and waits for them, while no orphans are ended.
pub fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    let _known = known();
    work()
}

/// Was this process left orphans?
#[cfg(target_os = "linux")]
pub(crate) fn has_orphans() -> bool {
    crate::process::linux::has_children_but(&known())
}

/// The child has ended and was waited for.
pub fn forget(id: u32) {
    known().retain(|known| *known != id);
}

/// From here on the orphans of this process's descendants become its own children, until
/// the last value is dropped.
#[must_use]
pub struct Adopting(());

/// How many [`Adopting`] there are.
static ADOPTING: Mutex<usize> = Mutex::new(0);

/// The orphans of this process's descendants become its own children, as long as the value is
/// there.
pub fn adopt_orphans() -> Adopting {
    let mut adopting = ADOPTING.lock().unwrap_or_else(PoisonError::into_inner);
    *adopting += 1;
    #[cfg(target_os = "linux")]
    crate::process::linux::set_adopting(true);
    Adopting(())
}

impl Drop for Adopting {
    fn drop(&mut self) {
        let mut adopting = ADOPTING.lock().unwrap_or_else(PoisonError::into_inner);
        *adopting -= 1;
        #[cfg(target_os = "linux")]
        crate::process::linux::set_adopting(*adopting > 0);
    }
}

/// Ctrl-C, SIGTERM and SIGHUP end this process with all its children, and those groups that
/// its children lead. On Windows the console itself tells everyone.
pub fn take_children_along() {
    // Fails only where there is a handler already; that one decides.
    #[cfg(unix)]
    let _ = ctrlc::set_handler(|| {
        // Nobody starts or gives up a child any more, so that nothing more is reported.
        let known = known();
        leave(&known);
        #[cfg(target_os = "linux")]
        crate::process::linux::end_children_but(&[]);
        std::process::exit(INTERRUPTED);
    });
}

#[cfg(unix)]
fn leave(children: &[u32]) {
    use rustix::process::{Pid, Signal, kill_process, kill_process_group, test_kill_process};
    let ids = || {
        children
            .iter()
            .filter_map(|id| Pid::from_raw(id.cast_signed()))
    };
    for child in ids() {
        // One that leads no group has to see to its own children first.
        let _ = kill_process_group(child, Signal::KILL);
        let _ = kill_process(child, Signal::TERM);
    }
    let gone = || ids().all(|child| test_kill_process(child).is_err());
    crate::deadline::watch(LEAVING, || gone().then_some(()));
    for child in ids() {
        let _ = kill_process(child, Signal::KILL);
    }
}

/// Waits, from here on, for the orphans that end.
pub(crate) fn reap_orphans() {
    #[cfg(target_os = "linux")]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        let reap = || loop {
            std::thread::sleep(REAPING);
            crate::process::linux::reap_but(&known());
        };
        ONCE.call_once(|| drop(std::thread::spawn(reap)));
    }
}

/// Ends every child that was not started by [`start`], with its process group.
pub fn end_orphans() {
    let known = known();
    #[cfg(target_os = "linux")]
    crate::process::linux::end_children_but(&known);
    drop(known);
}

/// Ends the orphans if no child is left that one of them may belong to.
pub(crate) fn end_orphans_if_alone() {
    let known = known();
    #[cfg(target_os = "linux")]
    if known.is_empty() {
        crate::process::linux::end_children_but(&known);
    }
    drop(known);
}
