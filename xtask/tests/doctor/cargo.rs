//! Stands in for cargo on a machine that has run out of what the variable LACK names, and
//! says what cargo and rustc say there.

use std::process::ExitCode;

const COMPILER: &str = r#"{"reason":"compiler-message","manifest_path":"/x/libc-0.2.191/Cargo.toml","target":{"name":"libc"},"message":{"level":"error","rendered":"error: failed to build archive at `/x/liblibc.rlib`: No space left on device (os error 28)\n"}}"#;

fn main() -> ExitCode {
    match std::env::var("LACK").as_deref() {
        Ok("disk") => eprintln!(
            "error: failed to write `/x/target/debug/.fingerprint/x/invoked.timestamp`\n\n\
             Caused by:\n  No space left on device (os error 28)"
        ),
        Ok("disk-of-the-compiler") => {
            println!("{COMPILER}");
            eprintln!("error: could not compile `libc` (lib) due to 1 previous error");
        }
        _ => eprintln!(
            "error: could not compile `lesson-04-accept` (test \"check\")\n\n\
             Caused by:\n  process didn't exit successfully: `rustc --crate-name check` \
             (signal: 9, SIGKILL: kill)"
        ),
    }
    ExitCode::from(101)
}
