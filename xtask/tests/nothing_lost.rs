//! Whatever a learner had on disk when a command began is in its place or in a backup when
//! it has ended, however it ended: told so, killed, with a full disk, or refused by the
//! system. Edits and commands follow each other as a seed has it, which a failure names.

use crate::support::course::Course;
use crate::support::small::{ACCEPT, ONE_SHOT, Small, texts_in};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAMS: [&str; 4] = [
    "lessons/lesson-04-accept/src/main.rs",
    "lessons/lesson-09-one-shot/src/server.rs",
    "lessons/lesson-09-one-shot/src/client.rs",
    "lessons/lesson-04-accept/src/mine.rs",
];

/// Numbers that follow from a seed (Marsaglia's xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let rolled = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(rolled).unwrap() % limit
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// A learner's workspace, and what is nobody's work in it.
struct Trial<'a> {
    learner: &'a Small,
    dice: Dice,
    seed: u64,
    of_the_course: BTreeSet<Vec<u8>>,
    /// A file that takes what place there is on the disk, but for a few pages.
    takes_place: Option<PathBuf>,
    done: Vec<String>,
}

impl<'a> Trial<'a> {
    fn new(learner: &'a Small, seed: u64) -> Self {
        let of_the_course = texts_in(learner.root()).into_values().collect();
        Self {
            learner,
            // None of them may be 0.
            dice: Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
            seed,
            of_the_course,
            takes_place: None,
            done: Vec::new(),
        }
    }

    /// Whatever in the lessons' folders is the learner's.
    fn own(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut own = texts_in(&self.learner.path("lessons"));
        own.retain(|path, text| {
            let name = path.file_name().unwrap().to_str().unwrap();
            // A starter may have come with the ends of lines of Windows.
            let unix = String::from_utf8_lossy(text).replace("\r\n", "\n");
            !self.of_the_course.contains(unix.as_bytes()) && !name.starts_with('.')
        });
        own
    }

    /// A file becomes another: half-written, no Rust, with other ends of lines, no text.
    fn edit(&mut self) {
        let path = self.dice.one_of(&PROGRAMS);
        let number = self.done.len();
        let before = fs::read(self.learner.path(path)).unwrap_or_default();
        let before = String::from_utf8_lossy(&before).into_owned();
        let text = match self.dice.below(5) {
            0 => format!("// {number}\nfn main() {{}}\n").into_bytes(),
            1 => format!("{before}fn torn{number}( {{\n").into_bytes(),
            2 => format!("{}// {number}\r\n", before.replace('\n', "\r\n")).into_bytes(),
            3 => before
                .replacen("todo!(", &format!("/* {number} */ todo!("), 1)
                .into_bytes(),
            _ => [before.as_bytes(), b"\xff", number.to_string().as_bytes()].concat(),
        };
        let path = self.learner.path(path);
        // Whoever edits a file may write to it.
        let _ = fs::remove_file(&path);
        // A disk may be full of what was written before.
        let _ = fs::write(&path, text);
    }

    fn becomes_read_only(&mut self) {
        let path = self.learner.path(self.dice.one_of(&PROGRAMS));
        if let Ok(there) = fs::metadata(&path) {
            let mut may = there.permissions();
            may.set_readonly(true);
            fs::set_permissions(&path, may).unwrap();
        }
    }

    fn command(&mut self) -> Vec<&'static str> {
        let lesson = self.dice.one_of(&[ACCEPT, ONE_SHOT]);
        match self.dice.below(8) {
            0 | 1 => vec!["reset", lesson],
            2 | 3 => vec!["reset", lesson, self.dice.one_of(&["1", "2", "3"])],
            4 => vec!["restore", lesson],
            5 => vec![
                "restore",
                lesson,
                "--from",
                self.dice.one_of(&["1", "2", "5"]),
            ],
            6 => vec!["dev", "stub", lesson],
            _ => vec!["update"],
        }
    }

    /// Runs a command, which is killed after a while in one of three cases.
    fn run(&mut self, usual: Duration) -> Duration {
        let command = self.command();
        if let Some(file) = &self.takes_place {
            fill_all_but(file, self.dice.below(9));
        }
        let before = self.own();
        let killed = self.dice.below(3) == 0;
        let after = usual.mul_f64(f64::from(u32::try_from(self.dice.below(100)).unwrap()) / 100.0);
        self.done.push(format!("{command:?}, killed: {killed}"));
        let begun = Instant::now();
        let mut tool = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(&command)
            .current_dir(self.learner.root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if killed {
            // When it dies is chance, and meant to be.
            std::thread::sleep(after);
            let _ = tool.kill();
        }
        tool.wait().unwrap();
        self.holds(&before);
        begun.elapsed()
    }

    fn holds(&self, before: &BTreeMap<PathBuf, Vec<u8>>) {
        let now = texts_in(&self.learner.path("lessons"));
        for (path, text) in before {
            let mut parts = path.iter();
            let lesson = parts.next().unwrap().to_str().unwrap();
            let inside: PathBuf = parts.collect();
            let mut backups = self.learner.backups(lesson).into_iter();
            let is_kept = now.get(path) == Some(text)
                || backups.any(|backup| fs::read(backup.join(&inside)).ok().as_ref() == Some(text));
            let (seed, done) = (self.seed, &self.done);
            let (path, text) = (path.display(), String::from_utf8_lossy(text));
            assert!(
                is_kept,
                "{path} is lost (seed {seed}):\n{done:#?}\n{text:?}"
            );
        }
    }

    /// So many edits and commands.
    fn goes_on(&mut self, times: usize) {
        let mut usual = Duration::from_millis(40);
        for _ in 0..times {
            for _ in 0..=self.dice.below(2) {
                self.edit();
            }
            if self.dice.below(4) == 0 {
                self.becomes_read_only();
            }
            let took = self.run(usual);
            usual = (usual * 3 + took) / 4;
        }
    }
}

#[test]
fn nothing_is_lost_by_any_order_of_commands() {
    for seed in 1..=4 {
        let small = Small::fresh();
        Trial::new(&small, seed).goes_on(20);
    }
}

/// The course goes on meanwhile, and changes the starters.
#[test]
fn nothing_is_lost_by_an_update() {
    for seed in 1..=2 {
        let course = Course::fresh();
        let mut trial = Trial::new(&course.learner, seed);
        for round in 0..4 {
            let path = trial.dice.one_of(&PROGRAMS);
            let text = format!("// the course's {round}\n");
            course.publishes(&[(path, &text)]);
            trial.of_the_course.insert(text.into_bytes());
            trial.goes_on(4);
            if trial.dice.below(2) == 0 {
                let before = trial.own();
                let _ = course.learner.xtask(&["update"]).assert();
                trial.holds(&before);
            }
        }
    }
}

/// The disk is a small one, in a namespace of this test's own, and fills up.
#[cfg(target_os = "linux")]
#[test]
fn nothing_is_lost_where_the_disk_is_full() {
    const INSIDE: &str = "A_SMALL_DISK_AT";
    if let Some(place) = std::env::var_os(INSIDE) {
        return on_a_small_disk(Path::new(&place));
    }
    let place = tempfile::tempdir().unwrap();
    let mut unshare = Command::new("unshare");
    unshare.args(["--user", "--map-root-user", "--mount", "--"]);
    if !unshare
        .arg("true")
        .status()
        .is_ok_and(|status| status.success())
    {
        eprintln!("skipped: no namespace to mount a small disk in can be made here");
        return;
    }
    let status = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "--"])
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "nothing_lost::nothing_is_lost_where_the_disk_is_full",
            "--nocapture",
        ])
        .env(INSIDE, place.path())
        .status()
        .unwrap();
    assert!(status.success());
}

#[cfg(target_os = "linux")]
fn on_a_small_disk(place: &Path) {
    let mut mount = Command::new("mount");
    mount
        .args(["-t", "tmpfs", "-o", "size=1500k", "tmpfs"])
        .arg(place);
    if !mount.status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: a small disk cannot be mounted here");
        return;
    }
    for seed in 1..=2 {
        let small = Small::within(place);
        crate::support::small::make(small.root());
        let mut trial = Trial::new(&small, seed);
        trial.takes_place = Some(small.path("large"));
        trial.goes_on(20);
        trial.takes_place = None;
        fs::remove_file(small.path("large")).unwrap();
        trial.goes_on(5);
    }
}

/// Until there is place for so many pages.
fn fill_all_but(path: &Path, pages: usize) {
    const PAGE: usize = 4096;
    let mut file = fs::File::create(path).unwrap();
    let mut filled = 0;
    while file.write_all(&[0; PAGE]).is_ok() {
        filled += 1;
    }
    let left = usize::saturating_sub(filled, pages) * PAGE;
    file.set_len(u64::try_from(left).unwrap()).unwrap();
}
