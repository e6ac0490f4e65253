//! `watch`: checks a lesson on every save, and takes keys. `cargo xtask watch` starts it, so
//! that no check waits for what it needs to be compiled; it has the tool do the checking.
//!
//! ```text
//! order        what the tool hands over
//! session      the sitting
//! saves        a thread that tells of saves; glance: what files look like
//! terminal     a thread that tells of keys; key: what each is for
//! signals      a thread that tells of signals
//! tool         the tool's commands; program: one that runs
//! editor       which editor, and how
//! screen       what is written between the tool's reports; lang: in two languages
//! ```

mod editor;
mod glance;
mod happening;
mod key;
mod lang;
mod order;
mod program;
mod saves;
mod screen;
mod session;
#[cfg(unix)]
mod signals;
mod terminal;
mod tool;

use order::Order;
use session::{Leaving, Session};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::mpsc::channel;

/// The exit statuses of the tool.
const USAGE: u8 = 2;
const UNABLE: u8 = 3;

/// What a shell says of a program that a signal has ended; the tool says the same.
const ENDED: u8 = 130;

fn main() -> ExitCode {
    let Some(order) = Order::read(std::env::args_os().skip(1)) else {
        complain("cargo xtask watch가 시작하는 프로그램입니다 / started by cargo xtask watch");
        return ExitCode::from(USAGE);
    };
    match run(&order) {
        Ok(Leaving::Quit) => ExitCode::SUCCESS,
        Ok(Leaving::Gone) => ExitCode::from(ENDED),
        Err(error) => {
            let lang = order.lang;
            complain(&tr!(
                lang,
                "터미널을 쓸 수 없습니다: {error}",
                "the terminal cannot be used: {error}"
            ));
            ExitCode::from(UNABLE)
        }
    }
}

/// Where not even stderr can be written to, there is nobody to be told.
fn complain(sentence: &str) {
    let _ = writeln!(io::stderr(), "{sentence}");
}

fn run(order: &Order) -> io::Result<Leaving> {
    let (tell, happenings) = channel();
    #[cfg(unix)]
    signals::listen(tell.clone())?;
    Ok(Session::begin(order, tell, happenings)?.run())
}
