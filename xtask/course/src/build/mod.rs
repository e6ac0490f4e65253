//! Programs and test binaries, as cargo builds them.
//!
//! ```text
//! compile      asks cargo, and reads its messages
//! companion    a program of the tool's own that is built only when asked for
//! compiler     as many of the compiler's words as a person can read
//! refused      cargo's words where it could not even begin
//! ```

pub mod companion;
pub mod compile;
pub mod compiler;
pub mod program;
pub mod refused;
