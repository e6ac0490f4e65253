//! One that carries out what the server answers when it is asked, and rests after each answer.

use super::web::Web;
use super::{CarriedOut, Command};
use crate::house::PATIENCE;
use anyhow::{Context, Result, ensure};
use std::thread;
use std::time::{Duration, Instant};

/// Asks for what came after the last that it carried out, until it has carried out `commands`.
pub(super) fn carries_out(mut web: Web, rest: Duration, commands: u64) -> Result<CarriedOut> {
    let mut done: Vec<Command> = Vec::new();
    let mut until = Instant::now() + PATIENCE;
    loop {
        let last = done.last().map_or(0, |last| last.id);
        let answer = web.asks("GET", &format!("/commands?after={last}"), "")?;
        let at = Instant::now();
        for line in answer.lines() {
            let (id, text) = line.split_once(' ').context("a line has no number")?;
            done.push(Command {
                id: id.parse()?,
                text: text.to_owned(),
                at,
            });
            until = at + PATIENCE;
        }
        if done.len() as u64 >= commands {
            return Ok(CarriedOut {
                commands: done,
                messages: web.requests,
                sent: web.sent,
                received: web.received,
            });
        }
        ensure!(at < until, "no command comes any more");
        thread::sleep(rest);
    }
}
