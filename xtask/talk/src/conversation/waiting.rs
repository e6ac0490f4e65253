//! `:recv`: goes on when what was waited for has come, whether it came before or comes now,
//! and says so where it does not come.

use super::{Conversation, LOOK, PATIENCE};
use crate::link::Link;
use std::collections::VecDeque;
use std::time::Instant;
use talk::{Awaited, Command, tr};

impl Conversation {
    pub(super) fn waits_for(&mut self, awaited: Awaited) {
        if self.link.is_none() {
            self.missed = true;
            self.open_link();
            return;
        }
        let since = Instant::now();
        let mut told = false;
        while !self.claims(awaited) {
            let ended = self.link.as_ref().is_none_or(Link::has_ended);
            if ended || self.is_in_vain(since) {
                return self.misses(awaited, ended);
            }
            if !told && since.elapsed() >= PATIENCE {
                told = true;
                let line = Command::Recv(awaited);
                self.screen.say(&tr!(
                    self.screen.lang(),
                    "{line}: 4초 동안 오지 않았습니다. 계속 기다립니다. (그만두기는 Ctrl+C)",
                    "{line}: nothing for 4 seconds; still waiting. (Ctrl+C gives up)"
                ));
            }
            self.shows_next(LOOK);
        }
    }

    /// Has it been waited long enough `since` then?
    pub(super) fn is_in_vain(&self, since: Instant) -> bool {
        let limit = self.patience;
        limit.is_some_and(|limit| since.elapsed() >= limit)
    }

    /// Takes what was waited for out of what came.
    fn claims(&mut self, awaited: Awaited) -> bool {
        let ended = self.link.as_ref().is_some_and(Link::has_ended);
        match awaited {
            Awaited::End => {
                if ended {
                    self.unclaimed.clear();
                }
                ended
            }
            Awaited::Something if self.way_in.is_a_stream() => {
                let came = !self.unclaimed.is_empty();
                self.unclaimed.clear();
                came || ended
            }
            Awaited::Something => self.unclaimed.pop_front().is_some(),
            Awaited::Bytes(count) => {
                let there = self.unclaimed.iter().sum::<usize>();
                if there >= count {
                    self.unclaimed = VecDeque::from([there - count]);
                    self.unclaimed.retain(|size| *size > 0);
                }
                there >= count
            }
        }
    }

    fn misses(&mut self, awaited: Awaited, ended: bool) {
        self.missed = true;
        let lang = self.screen.lang();
        let came = self.unclaimed.iter().sum::<usize>();
        self.unclaimed.clear();
        let what = match (awaited, ended) {
            (Awaited::Bytes(count), true) => tr!(
                lang,
                "끝 ({count}바이트를 기다렸으나 {came}바이트에서 끝났습니다)",
                "the end ({count} bytes were waited for, and it ended at {came})"
            ),
            (Awaited::Bytes(count), false) => tr!(
                lang,
                "무응답 ({count}바이트를 기다렸으나 {came}바이트가 왔습니다)",
                "silence ({count} bytes were waited for, and {came} came)"
            ),
            (Awaited::End, _) => tr!(
                lang,
                "무응답 (FIN이나 RST를 기다렸습니다)",
                "silence (FIN or RST was waited for)"
            ),
            (Awaited::Something, _) => tr!(
                lang,
                "무응답 (무엇이든 오기를 기다렸습니다)",
                "silence (anything was waited for)"
            ),
        };
        self.screen.missed("recv", &what);
    }
}
