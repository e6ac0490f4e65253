//! What the tool does, as whoever types its commands sees it: one binary of all its tests, so
//! that they are linked once, and run beside one another to the end.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod asks;
mod at_fault;
mod authors;
mod backups;
mod bad_weather;
mod beside;
mod by_hand;
mod command_line;
mod completions;
mod crossed_datagrams;
mod crowd;
mod csharp;
mod doctor;
mod figure_words;
mod floors;
mod forged;
mod hangs;
mod hostile;
mod http_clients;
mod left_behind;
mod many_clients;
mod names;
mod nothing_lost;
mod one_chat;
mod progress;
mod quotes;
mod real_clients;
mod remote;
mod report;
mod runs;
mod shapes;
mod spec;
mod strays;
mod support;
mod terminal;
mod terms;
mod tidy;
mod trace;
mod trace_refused;
mod tutorials;
mod update;
mod way;
mod whole_reports;
mod workspace;
