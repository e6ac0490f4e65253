//! `recorder --to FILE --who NAME --own FOLDER -- PROGRAM ARGUMENTS`

use std::process::ExitCode;

fn main() -> ExitCode {
    tracer::recorder::run(std::env::args_os().skip(1))
}
