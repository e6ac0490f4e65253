//! One sitting: a lesson is checked on every save, and keys are answered, until the learner
//! has enough. At most one check runs; what comes next ends it.

use crate::editor::{self, Editor};
use crate::happening::Happening;
use crate::key::Key;
use crate::order::Order;
use crate::program::Program;
use crate::saves::Saves;
use crate::screen;
#[cfg(unix)]
use crate::signals;
use crate::terminal::Terminal;
use crate::tool;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// Between two looks at whether a program that runs has ended.
const LOOK: Duration = Duration::from_millis(5);

/// How a sitting ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// The learner has enough.
    Quit,
    /// The program was told to end, or its terminal is gone.
    Gone,
}

/// The sitting.
pub struct Session<'a> {
    order: &'a Order,
    tell: Sender<Happening>,
    happenings: Receiver<Happening>,
    /// `None` while an editor has it.
    terminal: Option<Terminal>,
    /// The lesson's place.
    place: usize,
    saves: Saves,
    /// The number of [`Session::saves`]: what others before them saw is known already.
    watching: usize,
    check: Option<Program>,
    /// How many checks there were.
    count: usize,
    /// A hint or the list, asked for during a check.
    asked: Option<Key>,
}

impl<'a> Session<'a> {
    /// Takes the terminal. Whoever else makes things happen does so through `tell`.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn begin(
        order: &'a Order,
        tell: Sender<Happening>,
        happenings: Receiver<Happening>,
    ) -> io::Result<Self> {
        let terminal = Terminal::take(tell.clone())?;
        Ok(Self {
            order,
            terminal: Some(terminal),
            place: order.first,
            saves: saves_of(order, order.first, 0, &tell),
            watching: 0,
            check: None,
            count: 0,
            asked: None,
            tell,
            happenings,
        })
    }

    /// Goes on until it is left; nothing that it started is there any more then.
    pub fn run(mut self) -> Leaving {
        self.check_anew();
        let leaving = loop {
            if let Some(leaving) = self.step() {
                break leaving;
            }
        };
        self.end_check();
        leaving
    }

    /// One happening, or a look at the check.
    fn step(&mut self) -> Option<Leaving> {
        let happening = if self.check.is_some() {
            self.happenings.recv_timeout(LOOK)
        } else {
            let next = self.happenings.recv();
            next.map_err(|_| RecvTimeoutError::Disconnected)
        };
        match happening {
            Ok(Happening::Pressed(key)) => return self.pressed(key),
            Ok(Happening::Saved(number)) if number == self.watching => self.check_anew(),
            Ok(Happening::Saved(_)) => {}
            Ok(Happening::Continued) => self.goes_on(),
            Ok(Happening::Interrupted) => return Some(Leaving::Quit),
            Ok(Happening::Gone) | Err(RecvTimeoutError::Disconnected) => {
                return Some(Leaving::Gone);
            }
            Err(RecvTimeoutError::Timeout) => self.look_at_the_check(),
        }
        None
    }

    /// After a shell had the terminal.
    fn goes_on(&self) {
        if let Some(terminal) = &self.terminal {
            terminal.take_again();
            if self.check.is_none() {
                screen::end(self.order.lang, None);
            }
        }
    }

    fn pressed(&mut self, key: Key) -> Option<Leaving> {
        match key {
            Key::Quit => return Some(Leaving::Quit),
            Key::Again => self.check_anew(),
            Key::Next => self.go_to(self.place.checked_add(1)),
            Key::Back => self.go_to(self.place.checked_sub(1)),
            Key::Edit => return self.edit(),
            Key::Hint | Key::List if self.check.is_some() => self.asked = Some(key),
            Key::Hint | Key::List => self.answer(key),
        }
        None
    }

    fn lesson(&self) -> &str {
        &self.order.lessons[self.place]
    }

    /// From here on: what was saved until now will be seen by the next check.
    fn watch_anew(&mut self) {
        self.watching += 1;
        self.saves = saves_of(self.order, self.place, self.watching, &self.tell);
    }

    fn check_anew(&mut self) {
        self.end_check();
        self.count += 1;
        screen::begin(self.order.lang, self.lesson(), self.count);
        match tool::check(self.order, self.lesson()) {
            Ok(check) => self.check = Some(check),
            Err(error) => self.has_not_started(&error),
        }
    }

    fn end_check(&mut self) {
        if let Some(check) = self.check.take() {
            check.end();
        }
    }

    fn look_at_the_check(&mut self) {
        let ending = self.check.as_mut().map(Program::ending);
        let passed = match ending {
            Some(Ok(Some(status))) => status.success(),
            Some(Err(_)) => false,
            Some(Ok(None)) | None => return,
        };
        self.check = None;
        let next = self.order.lessons.get(self.place + 1);
        let next = next.filter(|_| passed).map(String::as_str);
        screen::end(self.order.lang, next);
        if let Some(key) = self.asked.take() {
            self.answer(key);
        }
    }

    fn answer(&mut self, key: Key) {
        let answered = if key == Key::List {
            tool::list(self.order)
        } else {
            tool::hint(self.order, self.lesson())
        };
        match answered {
            Ok(_) => screen::end(self.order.lang, None),
            Err(error) => self.has_not_started(&error),
        }
    }

    fn has_not_started(&self, error: &io::Error) {
        let tool = self.order.tool.display().to_string();
        let lang = self.order.lang;
        screen::say(lang, &screen::not_started(lang, &tool, error));
    }

    fn go_to(&mut self, place: Option<usize>) {
        match place.filter(|place| *place < self.order.lessons.len()) {
            Some(place) => {
                self.place = place;
                self.asked = None;
                self.watch_anew();
                self.check_anew();
            }
            None => {
                let lang = self.order.lang;
                screen::say(lang, &screen::no_lesson_there(lang, self.place > 0));
            }
        }
    }

    fn edit(&mut self) -> Option<Leaving> {
        let lang = self.order.lang;
        let variable = |name: &str| std::env::var(name).ok();
        let Some(editor) = Editor::choose(&self.order.editor, variable) else {
            screen::say(lang, &screen::no_editor(lang));
            return None;
        };
        let source = folder_of(self.order, self.place).join("src");
        let files = rust_files_in(&source);
        if files.is_empty() {
            screen::say(lang, &screen::nothing_to_edit(lang, &source));
            return None;
        }
        let command = editor.opens(&files, &self.order.root);
        if editor.has_a_window() {
            let said = match editor::start_apart(command) {
                Ok(()) => screen::opened(lang, editor.name()),
                Err(error) => screen::not_started(lang, editor.name(), &error),
            };
            screen::say(lang, &said);
            return None;
        }
        self.end_check();
        self.terminal = None;
        #[cfg(unix)]
        signals::ctrl_c_is_of_an_editor(true);
        let leaving = match Program::start(command) {
            Ok(program) => self.wait_for_the_editor(program),
            Err(error) => {
                self.take_terminal();
                screen::say(lang, &screen::not_started(lang, editor.name(), &error));
                return None;
            }
        };
        if leaving.is_none() {
            self.take_terminal();
            self.watch_anew();
            self.check_anew();
        }
        leaving
    }

    /// As long as it has the terminal, saves wait for its end.
    fn wait_for_the_editor(&self, mut editor: Program) -> Option<Leaving> {
        while let Ok(None) = editor.ending() {
            if self.happenings.recv_timeout(LOOK) == Ok(Happening::Gone) {
                editor.end();
                return Some(Leaving::Gone);
            }
        }
        None
    }

    fn take_terminal(&mut self) {
        #[cfg(unix)]
        signals::ctrl_c_is_of_an_editor(false);
        match Terminal::take(self.tell.clone()) {
            Ok(terminal) => self.terminal = Some(terminal),
            Err(_) => drop(self.tell.send(Happening::Gone)),
        }
    }
}

fn folder_of(order: &Order, place: usize) -> PathBuf {
    order.root.join("lessons").join(&order.lessons[place])
}

fn saves_of(order: &Order, place: usize, number: usize, tell: &Sender<Happening>) -> Saves {
    Saves::watch(folder_of(order, place), number, order.poll, tell.clone())
}

/// What a learner writes in, by name.
fn rust_files_in(source: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(source).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension() == Some(OsStr::new("rs")))
        .collect();
    files.sort();
    files
}
