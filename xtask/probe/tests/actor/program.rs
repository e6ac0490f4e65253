//! A program for the tests of the check: it carries out orders, its arguments, one after
//! another, so that a test reads as a story. What the check makes of it is left to the tests.

mod orders;

use orders::Actor;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut actor = Actor::new();
    for order in std::env::args().skip(1) {
        if let Err(error) = actor.carries_out(&order) {
            eprintln!("{order}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
