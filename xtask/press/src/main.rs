//! `press`: prints the book, and opens or serves it where asked.

use anyhow::{Context, Result};
use clap::Parser;
use press::{Edition, Press, address, serve};
use std::fmt::Display;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

/// Print the book, in both editions, to target/book.
#[derive(Parser)]
#[command(name = "press", version)]
struct Options {
    /// Print this edition only
    #[arg(long)]
    lang: Option<Edition>,
    /// Open the printed book in the browser
    #[arg(long)]
    open: bool,
    /// Serve the book, and print it anew when a source changes: 3999, localhost:3999 (port 0: any free port)
    #[arg(long, value_name = "ADDR", num_args = 0..=1, default_missing_value = "3000", value_parser = address::read)]
    serve: Option<SocketAddr>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "press: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<()> {
    let workspace = workspace()?;
    let press = Press::new(workspace, workspace.join("target").join("book"));
    let editions = options
        .lang
        .map_or(Edition::BOTH.to_vec(), |edition| vec![edition]);

    if let Some(address) = options.serve {
        return serve::serve(press, editions, address, |url| {
            say(&url);
            if options.open { open(url) } else { Ok(()) }
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
    if options.open {
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
