//! Finds and ends processes by a mark in their environment, which every descendant
//! inherits. A mark names its owner, so that those whose owner is gone are known as well.

use super::family::{Relative, children_of, everyone, kill_with_group};
use proc::Process;
use std::fs;
use std::path::Path;

/// Looks again until none is found, for a process may fork while it is looked for.
const ROUNDS: usize = 10;

/// This process, as a mark names it: its number, when it started, and the namespace in
/// which the number counts (`man 7 pid_namespaces`).
pub(crate) fn owner() -> String {
    name_of(std::process::id().cast_signed()).unwrap_or_default()
}

fn name_of(process: i32) -> Option<String> {
    let start = Process { id: process }.stat().ok()?.began;
    let space = fs::read_link(format!("/proc/{process}/ns/pid")).ok()?;
    let space: String = space
        .to_string_lossy()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    Some(format!("{space}.{process}.{start}"))
}

/// Ends every orphan that this process was left and that has `variable=value` in its
/// environment. The orphans that those leave are found the next time round.
pub(crate) fn kill_marked(variable: &str, value: &str) {
    let own = std::process::id().cast_signed();
    let orphans = || children_of(own).into_iter().filter_map(Relative::of);
    kill_all(orphans, variable, |mark| mark == value);
}

/// Ends every process whose mark `variable` names an owner that is gone.
pub(crate) fn kill_left_behind(variable: &str) {
    kill_all(others, variable, has_no_owner);
}

/// The same, of those programs only that lie in `folder`.
pub(crate) fn kill_left_behind_in(variable: &str, folder: &Path) {
    for one in others() {
        let program = fs::read_link(format!("/proc/{}/exe", one.id)).unwrap_or_default();
        let mark = || mark_of(&one, variable);
        if program.starts_with(folder) && mark().is_some_and(|mark| has_no_owner(&mark)) {
            kill_with_group(&one);
        }
    }
}

/// `4026531836.1234.99-0` is a mark of the process 1234 that started at 99.
fn has_no_owner(mark: &str) -> bool {
    let owner = mark.split_once('-').map_or(mark, |(owner, _count)| owner);
    let mut parts = owner.split('.');
    let (Some(space), Some(Ok(process)), Some(_)) =
        (parts.next(), parts.next().map(str::parse), parts.next())
    else {
        return false;
    };
    // Numbers of another namespace say nothing here.
    let here = self::owner();
    here.split('.').next() == Some(space) && name_of(process).as_deref() != Some(owner)
}

/// Each whose mark is meant, with its group, as it was before it was looked at more closely:
/// one that has made another in its place by then has left it the group.
fn kill_all<I: Iterator<Item = Relative>>(
    among: impl Fn() -> I,
    variable: &str,
    is_meant: impl Fn(&str) -> bool,
) {
    for _ in 0..ROUNDS {
        let mut any = false;
        for one in among() {
            if mark_of(&one, variable).is_some_and(|mark| is_meant(&mark)) {
                kill_with_group(&one);
                any = true;
            }
        }
        if !any {
            return;
        }
    }
}

fn others() -> impl Iterator<Item = Relative> {
    let own = std::process::id().cast_signed();
    everyone().filter(move |one| one.id != own)
}

/// A zombie's environment is empty, so it is not found again.
fn mark_of(one: &Relative, variable: &str) -> Option<String> {
    value_in(
        &fs::read(format!("/proc/{}/environ", one.id)).ok()?,
        variable,
    )
}

fn value_in(environment: &[u8], variable: &str) -> Option<String> {
    let entries = environment.split(|byte| *byte == 0);
    let value = |entry: &[u8]| {
        let (name, value) = std::str::from_utf8(entry).ok()?.split_once('=')?;
        (name == variable).then(|| value.to_owned())
    };
    entries.filter_map(value).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_has_an_owner_while_that_process_lives() {
        let owner = owner();
        assert!(!has_no_owner(&format!("{owner}-3")));
        let (space, rest) = owner.split_once('.').unwrap();
        let (number, start) = rest.split_once('.').unwrap();
        assert!(has_no_owner(&format!(
            "{space}.{number}.{}-3",
            start.parse::<u64>().unwrap() + 1
        )));
        assert!(
            !has_no_owner(&format!("1.{number}.1-3")),
            "another namespace's"
        );
        assert!(!has_no_owner("anything"));
    }
}
