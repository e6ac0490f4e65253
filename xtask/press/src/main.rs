//! `press`: prints the book, and opens or serves it where asked.

use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use press::{Edition, Press};
use std::fmt::Display;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

fn line() -> Command {
    let line = Command::new("press")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Print the book, in both editions, to target/book")
        .args([
            Arg::new("lang")
                .long("lang")
                .value_parser(PossibleValuesParser::new(Edition::BOTH.map(Edition::code)))
                .help("Print this edition only"),
            Arg::new("open")
                .long("open")
                .action(ArgAction::SetTrue)
                .help("Open the printed book in the browser"),
        ]);
    #[cfg(feature = "serve")]
    let line = line.arg(
        Arg::new("serve")
            .long("serve")
            .value_name("ADDR")
            .num_args(0..=1)
            .default_missing_value("3000")
            .value_parser(press::address::read)
            .help("Serve the book, and print it again when a source changes: 3999, localhost:3999 (port 0: any free port)"),
    );
    line
}

fn main() -> ExitCode {
    match run(&line().get_matches()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "press: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &ArgMatches) -> Result<()> {
    let workspace = workspace()?;
    let press = Press::new(workspace, workspace.join("target").join("book"));
    let mut editions = Edition::BOTH.to_vec();
    if let Some(code) = words.get_one::<String>("lang") {
        editions.retain(|edition| edition.code() == code);
    }
    let opens = words.get_flag("open");

    #[cfg(feature = "serve")]
    if let Some(address) = words.get_one("serve") {
        return press::serve::serve(press, editions, *address, |url| {
            say(&url);
            if opens { open(url) } else { Ok(()) }
        });
    }
    press.print(&editions)?;
    for &edition in &editions {
        say(&format_args!(
            "{}  {}",
            edition.code(),
            press.first_page(edition).display()
        ));
    }
    if opens {
        open(press.first_page(editions[0]))
    } else {
        Ok(())
    }
}

/// A line on stdout. The book is printed whether somebody reads it or not.
fn say(line: &dyn Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The folder that this package lies in at `xtask/press`.
fn workspace() -> Result<&'static Path> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package
        .ancestors()
        .nth(2)
        .context("this package does not lie in a workspace")
}

fn open(page: impl AsRef<std::ffi::OsStr>) -> Result<()> {
    let page = page.as_ref();
    open::that_detached(page)
        .with_context(|| format!("cannot start a browser; open {} yourself", page.display()))
}
