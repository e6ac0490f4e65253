//! The peer to play with by hand, which `cargo xtask talk` starts: what is typed goes out,
//! what comes is shown. Exit status: 0; 1 where nobody was there or what was waited for did
//! not come; 2 for a bad command line, address or script; 3 where the machine is at fault.

mod conversation;
mod datagrams;
mod help;
mod input;
mod link;
mod screen;
mod settings;
mod stream;
mod trouble;
mod way_in;

use conversation::Conversation;
use input::Input;
use screen::Screen;
use settings::Settings;
use std::process::ExitCode;
use talk::lang::Lang;
use trouble::Trouble;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let english = words.windows(2).any(|pair| pair == ["--lang", "en"]);
    let lang = if english { Lang::En } else { Lang::Ko };
    match run(&words, lang) {
        Ok(status) => ExitCode::from(status),
        Err(trouble) => {
            screen::complain(&trouble.sentence);
            ExitCode::from(trouble.status)
        }
    }
}

fn run(words: &[String], lang: Lang) -> Result<u8, Trouble> {
    let settings = Settings::read(words, lang)?;
    let input = Input::open(settings.script.as_deref(), lang)?;
    let screen = Screen::new(lang, settings.times, settings.hex);
    Conversation::begin(&settings, input, screen)?.go_on()
}
