//! A process, its threads, and the descriptors that it holds.

use super::maps::Mapping;
use super::stat::{Schedule, Stat, Status, number};
use super::syscall::Syscall;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::str::FromStr;

/// A process, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Process {
    pub id: i32,
}

/// One thread of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    pub process: i32,
    pub id: i32,
}

/// An open file of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descriptor {
    pub number: i32,
    pub target: Target,
}

/// What a descriptor leads to (`man 5 proc_pid_fd`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// By its inode.
    Socket(u64),
    Pipe,
    Path(PathBuf),
    /// What has no name in any file system.
    Other,
}

impl Process {
    /// # Errors
    /// There is no such process.
    pub fn new(id: i32) -> io::Result<Self> {
        let process = Self { id };
        fs::metadata(process.file(""))?;
        Ok(process)
    }

    /// The one with this number, as the standard library tells it; it may be gone.
    pub fn of(id: u32) -> Self {
        Self {
            id: id.cast_signed(),
        }
    }

    fn file(self, name: &str) -> String {
        format!("/proc/{}/{name}", self.id)
    }

    /// # Errors
    /// It is gone.
    pub fn stat(self) -> io::Result<Stat> {
        read(&self.file("stat"))
    }

    /// # Errors
    /// It is gone.
    pub fn status(self) -> io::Result<Status> {
        read(&self.file("status"))
    }

    /// Its threads, the oldest first; one may end before it is looked at.
    ///
    /// # Errors
    /// It is gone.
    pub fn tasks(self) -> io::Result<impl Iterator<Item = Task>> {
        let entries = fs::read_dir(self.file("task"))?;
        Ok(entries.filter_map(move |entry| {
            Some(self.task(entry.ok()?.file_name().to_str()?.parse().ok()?))
        }))
    }

    /// Its thread with this number, if there is one.
    pub fn task(self, id: i32) -> Task {
        Task {
            process: self.id,
            id,
        }
    }

    /// What it holds open; what it closes meanwhile may be left out.
    ///
    /// # Errors
    /// It is gone, or the system does not show its descriptors.
    pub fn descriptors(self) -> io::Result<impl Iterator<Item = Descriptor>> {
        let entries = fs::read_dir(self.file("fd"))?;
        Ok(entries.filter_map(move |entry| {
            let number = entry.ok()?.file_name().to_str()?.parse().ok()?;
            self.descriptor(number).ok()
        }))
    }

    /// # Errors
    /// It holds no such descriptor, or the system does not show it.
    pub fn descriptor(self, number: i32) -> io::Result<Descriptor> {
        let target = fs::read_link(self.file(&format!("fd/{number}")))?;
        Ok(Descriptor {
            number,
            target: target_of(target)?,
        })
    }

    /// What lies in its memory, by address.
    ///
    /// # Errors
    /// It is gone, or the system does not show its memory.
    pub fn maps(self) -> io::Result<Vec<Mapping>> {
        let text = fs::read_to_string(self.file("maps"))?;
        text.lines().map(str::parse).collect()
    }

    /// The program that it runs.
    ///
    /// # Errors
    /// It is gone, or the system does not show it.
    pub fn program(self) -> io::Result<PathBuf> {
        fs::read_link(self.file("exe"))
    }
}

fn target_of(link: PathBuf) -> io::Result<Target> {
    let Some(name) = link.to_str() else {
        return Ok(Target::Path(link));
    };
    if let Some(inode) = name.strip_prefix("socket:[") {
        return Ok(Target::Socket(number(inode.trim_end_matches(']'))?));
    }
    Ok(if name.starts_with("pipe:[") {
        Target::Pipe
    } else if name.starts_with('/') {
        Target::Path(link)
    } else {
        Target::Other
    })
}

impl Task {
    fn file(self, name: &str) -> String {
        format!("/proc/{}/task/{}/{name}", self.process, self.id)
    }

    /// # Errors
    /// It is gone.
    pub fn stat(self) -> io::Result<Stat> {
        read(&self.file("stat"))
    }

    /// # Errors
    /// It is gone.
    pub fn status(self) -> io::Result<Status> {
        read(&self.file("status"))
    }

    /// # Errors
    /// It is gone, or the system does not count.
    pub fn schedule(self) -> io::Result<Schedule> {
        read(&self.file("schedstat"))
    }

    /// # Errors
    /// It is gone, or the system does not show what it waits in.
    pub fn syscall(self) -> io::Result<Syscall> {
        read(&self.file("syscall"))
    }

    /// The processes that it has started, those that are over and were not waited for included
    /// (CONFIG_PROC_CHILDREN).
    ///
    /// # Errors
    /// It is gone, or the system does not tell.
    pub fn children(self) -> io::Result<Vec<i32>> {
        let text = fs::read_to_string(self.file("children"))?;
        text.split_ascii_whitespace().map(number).collect()
    }
}

fn read<T: FromStr<Err = io::Error>>(path: &str) -> io::Result<T> {
    // A name in it may be no UTF-8.
    String::from_utf8_lossy(&fs::read(path)?).parse()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Origin;
    use std::net::{Ipv4Addr, UdpSocket};
    use std::os::fd::AsRawFd;
    use std::process::{Command, Stdio};

    fn own() -> Process {
        Process::new(std::process::id().cast_signed()).unwrap()
    }

    #[test]
    fn this_process_is_told_of_itself() {
        let stat = own().stat().unwrap();
        assert!(stat.parent > 0 && stat.group > 0 && stat.began > 0);
        let status = own().status().unwrap();
        assert_eq!(status.leader, own().id);
        assert!(status.threads >= 1 && status.resident <= status.most_resident);
        assert!(own().tasks().unwrap().any(|task| task.id == own().id));
        let code = own().program().unwrap();
        let maps = own().maps().unwrap();
        let is_own = |map: &Mapping| map.is_code && map.origin == Origin::File(code.clone());
        assert!(maps.iter().any(is_own));
        assert!(maps.iter().any(|map| map.origin == Origin::Vdso));
    }

    #[test]
    fn a_child_is_told_of_in_what_it_waits() {
        let mut command = Command::new("cat");
        command.stdin(Stdio::piped());
        let mut cat = command.spawn().unwrap();
        let process = Process::new(cat.id().cast_signed()).unwrap();
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        // Read from descriptor 0 is call 0 on x86-64.
        let mut seen = Syscall::Runs;
        while std::time::Instant::now() < until {
            seen = process.task(process.id).syscall().unwrap();
            if matches!(
                seen,
                Syscall::Waits {
                    arguments: [0, ..],
                    ..
                }
            ) {
                break;
            }
            std::thread::yield_now();
        }
        assert!(matches!(seen, Syscall::Waits { .. }), "{seen:?}");
        let mine = own()
            .tasks()
            .unwrap()
            .filter_map(|task| task.children().ok());
        assert!(mine.flatten().any(|child| child == process.id));
        assert_eq!(process.descriptor(0).unwrap().target, Target::Pipe);
        cat.kill().unwrap();
        cat.wait().unwrap();
        assert!(Process::new(process.id).is_err() && process.stat().is_err());
    }

    #[test]
    fn a_socket_has_an_inode() {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let number = socket.as_raw_fd();
        let one = own().descriptor(number).unwrap();
        assert!(matches!(one.target, Target::Socket(inode) if inode > 0));
        assert!(own().descriptors().unwrap().any(|other| other == one));
        assert!(own().descriptor(i32::MAX).is_err());
    }

    #[test]
    fn a_link_leads_to_a_file_or_to_none() {
        assert_eq!(
            target_of("anon_inode:[eventpoll]".into()).unwrap(),
            Target::Other
        );
        assert_eq!(
            target_of("/a b".into()).unwrap(),
            Target::Path("/a b".into())
        );
    }
}
