//! A console on Windows. Ctrl-C is a key like others here, for there are no signals; a
//! console that is closed ends everyone who is in it.

use crate::happening::Happening;
use crate::key::Key;
use crossterm::cursor::MoveTo;
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode};
use std::io;
use std::time::Duration;

/// How the console was found; it is so again when this is dropped.
pub struct Modes(());

impl Modes {
    pub fn set() -> io::Result<Self> {
        enable_raw_mode()?;
        Ok(Self(()))
    }

    pub fn set_again(&self) {
        // A console that is gone takes no modes; the keyboard tells of it.
        let _ = enable_raw_mode();
    }
}

impl Drop for Modes {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// What was typed.
#[derive(Default)]
pub struct Keyboard(());

impl Keyboard {
    /// The key that is pressed within `patience`.
    ///
    /// # Errors
    /// The console is gone.
    pub fn pressed(&mut self, patience: Duration) -> io::Result<Vec<Happening>> {
        if !event::poll(patience)? {
            return Ok(Vec::new());
        }
        let Event::Key(key) = event::read()? else {
            return Ok(Vec::new());
        };
        let (KeyCode::Char(character), true) = (key.code, key.kind != KeyEventKind::Release) else {
            return Ok(Vec::new());
        };
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            let interrupts = matches!(character, 'c' | 'd');
            return Ok(interrupts
                .then_some(Happening::Interrupted)
                .into_iter()
                .collect());
        }
        let key = Key::of(character).map(Happening::Pressed);
        Ok(key.into_iter().collect())
    }
}

/// An empty screen.
pub fn clear() {
    let clear = (Clear(ClearType::All), MoveTo(0, 0));
    let _ = crossterm::execute!(io::stdout(), clear.0, clear.1);
}
