//! What a program says when something failed: its exit status, and what it printed on
//! stderr. The sentences are the learner's own; here it is only seen what they name.

use crate::cast::program::Program;
use crate::deadline::PATIENCE;
use crate::process::ending::{Ending, complaints_in};
use crate::transcript::happening::{End, Happening, Stderr};
use crate::transcript::text::Text;
use std::io;
use std::ops::RangeInclusive;

impl Program {
    /// Waits until the program has ended in an error. Which exit status that is, 101 (a
    /// panic's) aside, is its own choice: `exit not 0`.
    pub fn ends_with_an_error(&mut self) {
        self.tells_its_end(|ending| match ending.is_an_error() {
            true => Some(Happening::End(End::Failed)),
            false => Happening::of_ending(ending),
        });
    }

    /// Has the program ended in an error, and printed nothing on stdout? Waits until it is
    /// clear; not written down.
    pub(crate) fn fails_without_a_line(&self) -> bool {
        let spoke = self.stage.watch(|| self.running.stdout.spoke());
        let ending = || self.running.ending_within(PATIENCE);
        spoke == Some(false) && ending().is_some_and(|ending| ending.is_an_error())
    }

    /// Waits until the program has ended in failure, by a panic as well: `exit not 0`. For
    /// what stands in no step, and may be said in any way.
    pub fn fails(&mut self) {
        self.tells_its_end(|ending| match ending {
            Ending::Exit(0) => Happening::of_ending(ending),
            _ => Some(Happening::End(End::Failed)),
        });
    }

    /// As [`Program::fails`], whatever lines it has printed until then, which are not told.
    pub fn fails_whatever_it_printed(&mut self) {
        let printed = &self.running.stdout;
        if self
            .stage
            .watch(|| self.has_ended().then_some(()))
            .is_some()
        {
            printed.run_dry();
            printed.forget();
        }
        self.fails();
    }

    /// Waits until the program has ended, with whatever exit status but these: `exit neither
    /// 10 nor 11`. A step that is not written may be among the reasons.
    pub fn ends_with_neither(&mut self, one: i32, nor: i32) {
        self.tells_its_end(|ending| match ending {
            Ending::Exit(status) if ![one, nor].contains(status) => {
                Some(Happening::End(End::Neither(one, nor)))
            }
            other => Happening::of_ending(other),
        });
    }

    /// Waits for a line on stderr that names `subject`, among as many others as there are; an
    /// address may be told in two parts, host and port. Written `stderr a line naming
    /// <subject>`, or `no line` where the program has ended without one.
    pub fn complains_about(&mut self, subject: &str) {
        let named = self.stage.watch(|| {
            let ended = self.has_ended();
            let stderr = if ended {
                self.last_words()
            } else {
                self.running.stderr.text()
            };
            let mut lines = complaints_in(&stderr).into_iter();
            let named = lines.any(|line| is_named(subject, line));
            (named || ended).then_some(named)
        });
        self.tells_of_stderr(Stderr::Named {
            there: named == Some(true),
            subject: Text::of(subject.as_bytes()),
        });
    }

    /// Did the program print a whole number of this range on stderr? Call it after the
    /// program's end.
    pub fn complained_with_a_number(&mut self, range: RangeInclusive<u64>) {
        let there = numbers_in(&self.last_words()).any(|number| range.contains(&number));
        let (from, to) = range.into_inner();
        self.tells_of_stderr(Stderr::Number { there, from, to });
    }

    /// Are the words on stderr others than those of `before`, a program that could not bind
    /// its address for another reason? Addresses, numbers and the system's own words for
    /// a port in use, and for an address that cannot be bound, do not count: they differ by
    /// themselves. Call it after both have ended.
    pub fn complained_in_other_words_than(&mut self, before: &Self) {
        let other = own_words(&self.last_words()) != own_words(&before.last_words());
        self.tells_of_stderr(Stderr::Words { other });
    }

    /// All of stderr, of a program that has ended.
    pub(crate) fn last_words(&self) -> String {
        self.running.stderr.run_dry();
        self.running.stderr.text()
    }

    fn tells_of_stderr(&self, said: Stderr) {
        self.tell(Happening::Stderr(said));
    }
}

/// Is `subject` there, whole, or, if it is an address, its host and its port?
fn is_named(subject: &str, line: &str) -> bool {
    is_in(subject, line)
        || host_and_port(subject)
            .is_some_and(|(host, port)| is_in(host, line) && is_in(port, &line.replace(host, " ")))
}

/// `127.0.0.1:80` or `[::1]:80` in two parts.
fn host_and_port(address: &str) -> Option<(&str, &str)> {
    let (host, port) = address.rsplit_once(':')?;
    let host = host.trim_matches(['[', ']']);
    let is_a_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (is_a_port && !host.is_empty()).then_some((host, port))
}

/// Is `part` in `line`, and not as a piece of a longer number?
fn is_in(part: &str, line: &str) -> bool {
    let digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
    let joined = |one: Option<u8>, other: Option<u8>| digit(one) && digit(other);
    let (first, last) = (part.bytes().next(), part.bytes().next_back());
    line.match_indices(part).any(|(at, _)| {
        let before = line[..at].bytes().next_back();
        let after = line[at + part.len()..].bytes().next();
        !joined(before, first) && !joined(last, after)
    })
}

/// The whole numbers in `text`; `1,234` and `1_234` are one.
fn numbers_in(text: &str) -> impl Iterator<Item = u64> {
    let joined = text.replace([',', '_'], "");
    let words: Vec<u64> = joined
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    words.into_iter()
}

/// `stderr` without what differs by itself where a bind fails.
fn own_words(stderr: &str) -> String {
    let mut text = complaints_in(stderr).join("\n");
    for words in words_for_failed_binds() {
        text = text.replace(&words, "");
    }
    // What is left of an address of IPv6 has letters, and is no word.
    let of_an_address = |c: char| c.is_ascii_hexdigit() || ".:[]".contains(c);
    for part in text.clone().split(|c| !of_an_address(c)) {
        if part.contains("::") {
            text = text.replace(part, "");
        }
    }
    text.retain(|c| c.is_alphabetic());
    text
}

/// What a system and Rust call a port in use, and an address that cannot be bound. The
/// longest first: one may begin as another does.
fn words_for_failed_binds() -> Vec<String> {
    #[cfg(unix)]
    let numbers = {
        use rustix::io::Errno;
        [Errno::ADDRINUSE, Errno::ADDRNOTAVAIL, Errno::INVAL].map(Errno::raw_os_error)
    };
    // WSAEADDRINUSE, WSAEADDRNOTAVAIL and WSAEINVAL.
    #[cfg(not(unix))]
    let numbers = [10048, 10049, 10022];
    let mut words: Vec<_> = numbers
        .map(io::Error::from_raw_os_error)
        .iter()
        .flat_map(|error| {
            let whole = error.to_string();
            let bare = whole.split(" (os error").next().unwrap_or_default();
            let kind = error.kind();
            [bare.to_owned(), kind.to_string(), format!("{kind:?}")]
        })
        .collect();
    words.sort_by_key(|words| std::cmp::Reverse(words.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_be_told_in_two_parts() {
        for line in [
            "127.0.0.1:45391 is in use",
            "127.0.0.1 주소의 45391번 포트는 이미 쓰이고 있습니다.",
            "port 45391 of 127.0.0.1",
            "('127.0.0.1', 45391): in use",
        ] {
            assert!(is_named("127.0.0.1:45391", line), "{line}");
        }
        for line in [
            "45391번 포트는 이미 쓰이고 있습니다.",
            "127.0.0.1은 이미 쓰이고 있습니다.",
            "127.0.0.1:4539",
            "127.0.0.1:453910",
            "",
        ] {
            assert!(!is_named("127.0.0.1:45391", line), "{line}");
        }
        assert!(is_named("[::1]:80", "port 80 at ::1"));
        assert!(!is_named("127.0.0.1:0", "127.0.0.1"));
    }

    #[test]
    fn what_is_no_address_is_told_whole() {
        assert!(is_named("많이", "백로그는 숫자여야 합니다: 많이"));
        assert!(is_named("127.0.0.1", "127.0.0.1: no port"));
        assert!(!is_named("127.0.0.1", "127.0.0.10: no port"));
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        let numbers: Vec<_> =
            numbers_in("after 3,905,139 of 16_777_216 bytes: os error 104").collect();
        assert_eq!(numbers, [3_905_139, 16_777_216, 104]);
    }

    #[test]
    fn the_system_s_words_alone_do_not_make_another_sentence() {
        let [in_use, elsewhere] = [io::ErrorKind::AddrInUse, io::ErrorKind::AddrNotAvailable];
        let say =
            |address: &str, kind: io::ErrorKind| format!("오류: {address}: {kind} ({kind:?})\n");
        assert_eq!(
            own_words(&say("127.0.0.1:5", in_use)),
            own_words(&say("192.0.2.1:0", elsewhere))
        );
        assert_eq!(
            own_words(&say("[fe80::1]:0", io::ErrorKind::InvalidInput)),
            own_words(&say("127.0.0.1:5", in_use))
        );
        assert_ne!(
            own_words("오류: 127.0.0.1:5은(는) 쓰이고 있습니다."),
            own_words(&say("192.0.2.1:0", elsewhere))
        );
    }
}
