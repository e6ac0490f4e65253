//! The program `cargo xtask`. What it does is the library beside it (`tool.rs`): a program is
//! compiled behind all that it needs, a library as soon as it is known what that offers.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
