//! What a shell completes after `cargo xtask`: a script for each shell, made of the command
//! line itself and of the lessons' names.
//!
//! ```text
//! offers       what can be typed where
//! bash, zsh, fish, powershell
//!              the script that offers it
//! ```

mod bash;
mod fish;
mod offers;
mod powershell;
mod zsh;

pub use offers::{Offers, complete};

/// The shells that there is a script for.
pub const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// The script for `shell`, one of [`SHELLS`].
pub fn script(shell: &str, offers: &Offers) -> String {
    match shell {
        "zsh" => zsh::script(offers),
        "fish" => fish::script(offers),
        "powershell" => powershell::script(offers),
        _ => bash::script(offers),
    }
}
