//! A program for the tests of the check: it carries out orders, its arguments, one after
//! another, so that a test reads as a story; with an address alone it listens there and stays.
//! What the check makes of it is left to the tests.

mod orders;

use orders::Actor;
use std::net::SocketAddr;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut orders: Vec<_> = std::env::args().skip(1).collect();
    if let [address] = &orders[..]
        && address.parse::<SocketAddr>().is_ok()
    {
        orders.extend(["listen", "stay"].map(str::to_owned));
    }
    let mut actor = Actor::new();
    for order in orders {
        if let Err(error) = actor.carries_out(&order) {
            eprintln!("{order}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
