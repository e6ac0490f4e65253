//! How a process or a thread is: `stat`, `status` and `schedstat`.

use super::not_understood;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::str::FromStr;
use std::time::Duration;

/// The unit of `utime` and `stime` (`man 5 proc_pid_stat`; USER_HZ is 100 wherever Linux runs).
pub const TICK: Duration = Duration::from_millis(10);

/// Of `/proc/PID/stat`, what is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stat {
    /// The first 15 bytes of the program's or the thread's name.
    pub name: String,
    /// `R` runs or is ready to, `S` sleeps, `D` sleeps and cannot be woken, `T` is stopped, `t`
    /// by a tracer, `Z` and `X` are over.
    pub state: char,
    pub parent: i32,
    pub group: i32,
    /// The time on a processor, for itself and in the kernel for it, in ticks of 10 ms.
    pub ran: Duration,
    /// When it began, in ticks since the system did.
    pub began: u64,
}

impl FromStr for Stat {
    type Err = io::Error;

    fn from_str(text: &str) -> io::Result<Self> {
        // The name, in brackets, may hold anything.
        let (before, after) = text.rsplit_once(')').ok_or_else(not_understood)?;
        let (_, name) = before.split_once('(').ok_or_else(not_understood)?;
        let fields: Vec<&str> = after.split_ascii_whitespace().collect();
        // The fields are counted from 1 in the man page, and the state is the third.
        let field = |number: usize| *fields.get(number - 3).unwrap_or(&"");
        let ticks = number::<u32>(field(14))?.saturating_add(number(field(15))?);
        Ok(Self {
            name: name.to_owned(),
            state: field(3).chars().next().ok_or_else(not_understood)?,
            parent: number(field(4))?,
            group: number(field(5))?,
            ran: TICK * ticks,
            began: number(field(22))?,
        })
    }
}

/// Of `/proc/PID/status`, what is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The process that a thread is one of.
    pub leader: i32,
    pub threads: u64,
    /// How often it has gone to sleep, where that is told.
    pub sleeps: Option<u64>,
    /// What it has in memory now and has had at most, in bytes; one that is over has nothing.
    pub resident: Option<u64>,
    pub most_resident: Option<u64>,
}

impl FromStr for Status {
    type Err = io::Error;

    fn from_str(text: &str) -> io::Result<Self> {
        let told = |name: &str| {
            let mut lines = text.lines();
            let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
            value.split_ascii_whitespace().next()
        };
        let counted = |name| told(name).and_then(|value| value.parse::<u64>().ok());
        let bytes = |name| counted(name).map(|kibibytes| kibibytes * 1024);
        Ok(Self {
            leader: number(told("Tgid").unwrap_or_default())?,
            threads: counted("Threads").ok_or_else(not_understood)?,
            sleeps: counted("voluntary_ctxt_switches"),
            resident: bytes("VmRSS"),
            most_resident: bytes("VmHWM"),
        })
    }
}

/// What the scheduler counts of a thread (`schedstat`, the kernel's `sched-stats.rst`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The time on a processor.
    pub ran: Duration,
    /// The time in which it was ready to run and did not.
    pub queued: Duration,
    /// How often it got its turn.
    pub turns: u64,
}

impl FromStr for Schedule {
    type Err = io::Error;

    fn from_str(text: &str) -> io::Result<Self> {
        let mut numbers = text.split_ascii_whitespace();
        let mut next = || number(numbers.next().unwrap_or_default());
        Ok(Self {
            ran: Duration::from_nanos(next()?),
            queued: Duration::from_nanos(next()?),
            turns: next()?,
        })
    }
}

/// That of the calling thread, which keeps the file: it is asked very often.
///
/// # Errors
/// The system does not tell.
pub fn own_schedule() -> io::Result<Schedule> {
    thread_local! {
        static FILE: io::Result<File> = File::open("/proc/thread-self/schedstat");
    }
    let mut text = [0; 96];
    let length = FILE.with(|file| match file {
        Ok(file) => file.read_at(&mut text, 0),
        Err(error) => Err(error.kind().into()),
    })?;
    let text = str::from_utf8(&text[..length]).map_err(|_| not_understood())?;
    text.parse()
}

/// The time that all processors together had nothing to do since the system began, in ticks
/// of 10 ms (the fourth number of `cpu`, `man 5 proc_stat`).
///
/// # Errors
/// The system does not tell.
pub fn idle() -> io::Result<Duration> {
    idle_of(&std::fs::read_to_string("/proc/stat")?)
}

fn idle_of(text: &str) -> io::Result<Duration> {
    let all = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("cpu "));
    let numbers = all.ok_or_else(not_understood)?.split_ascii_whitespace();
    let ticks: u64 = number(numbers.into_iter().nth(3).unwrap_or_default())?;
    Ok(Duration::from_millis(ticks.saturating_mul(10)))
}

pub(crate) fn number<N: FromStr>(text: &str) -> io::Result<N> {
    text.parse().map_err(|_| not_understood())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_anything() {
        let after = "S 7 8 9 0 -1 0 0 0 0 0 3 4 0 0 20 0 1 0 55 0 0";
        let stat: Stat = format!("12 (a) (b c) {after}").parse().unwrap();
        assert_eq!(stat.name, "a) (b c");
        assert_eq!((stat.state, stat.parent, stat.group), ('S', 7, 8));
        assert_eq!((stat.ran, stat.began), (TICK * 7, 55));
        assert!("12 (a".parse::<Stat>().is_err());
        assert!("12 (a) S 7".parse::<Stat>().is_err());
    }

    #[test]
    fn a_process_that_is_over_has_no_memory() {
        let told = "Name:\tVmRSS:\nTgid:\t3\nThreads:\t2\nvoluntary_ctxt_switches:\t5\n";
        let over: Status = told.parse().unwrap();
        assert_eq!((over.leader, over.threads, over.sleeps), (3, 2, Some(5)));
        assert_eq!((over.resident, over.most_resident), (None, None));
        let lives: Status = format!("{told}VmRSS:\t   8 kB\n").parse().unwrap();
        assert_eq!(lives.resident, Some(8192));
    }

    #[test]
    fn each_thread_is_told_of_itself() {
        let busy = || {
            let began = own_schedule().unwrap();
            while own_schedule().unwrap().ran < began.ran + TICK {
                std::hint::spin_loop();
            }
            own_schedule().unwrap()
        };
        let other = std::thread::spawn(busy).join().unwrap();
        assert!(other.ran >= TICK && other.turns >= 1);
        let own = std::thread::spawn(own_schedule).join().unwrap().unwrap();
        assert!(own.ran < other.ran);
    }

    #[test]
    fn the_idle_time_is_that_of_all_processors() {
        let text = "cpu  1 2 3 456 5 6 7 0 0 0\ncpu0 0 0 0 9 0 0 0 0 0 0\n";
        assert_eq!(idle_of(text).unwrap(), Duration::from_millis(4_560));
        assert!(idle_of("intr 1 2 3\n").is_err());
        assert!(idle().unwrap() > Duration::ZERO);
    }
}
