//! Programs in the manner of the five tutorials: `python/`, short, and with the same
//! flaws. `tests/breaking.rs` shows each of them break; the transcripts stand in the
//! book's chapters, so that what the book says of the tutorials cannot go stale.
//!
//! There is nothing to link: a package has to have a target besides its tests.
