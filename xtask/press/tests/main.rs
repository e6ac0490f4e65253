//! What the press prints, read as a file and in a browser: one binary of all its tests, so that
//! they are linked once, and the real book is printed once for all of them.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where it did not get what it needs"
)]

mod accessible;
mod answering;
mod browser;
mod chart;
mod chromium;
mod columns;
mod command_server;
mod conversation;
mod directives;
mod figures;
mod here;
mod imprint;
mod links;
mod paper;
mod player;
mod player_addresses;
mod player_looks;
mod player_stepping;
mod queries;
mod quiz;
mod reading;
mod real_book;
mod remote_page;
mod search;
mod serve;
#[allow(dead_code, reason = "the tests of the tool use the rest of it")]
#[path = "../../tests/support/server.rs"]
mod server;
mod small_book;
mod specification_box;
