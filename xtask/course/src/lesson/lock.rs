//! One of several calls of the tool at a time: what is read, changed and written again is
//! not to be changed by another meanwhile. The system lets go of it with the process, so
//! that one which was killed blocks nobody.

use std::fs::File;
use std::io;
use std::path::Path;

/// Held for as long as it lives.
pub struct Lock(#[allow(dead_code, reason = "the open file is what holds it")] File);

impl Lock {
    /// Waits until nobody else holds the lock that the file at `path` stands for.
    pub fn take(path: &Path) -> io::Result<Self> {
        held(path).map(Self)
    }
}

#[cfg(unix)]
fn held(path: &Path) -> io::Result<File> {
    use rustix::fs::{FlockOperation, flock};
    let file = File::create(path)?;
    while let Err(error) = flock(&file, FlockOperation::LockExclusive) {
        if error != rustix::io::Errno::INTR {
            return Err(error.into());
        }
    }
    Ok(file)
}

/// A file that is open to nobody else.
#[cfg(windows)]
fn held(path: &Path) -> io::Result<File> {
    use std::fs::OpenOptions;
    use std::os::windows::fs::OpenOptionsExt;
    use std::time::Duration;
    /// `ERROR_SHARING_VIOLATION`: somebody else has it open.
    const IN_USE: i32 = 32;
    loop {
        let mut alone = OpenOptions::new();
        alone.write(true).create(true).truncate(false).share_mode(0);
        match alone.open(path) {
            Err(error) if error.raw_os_error() == Some(IN_USE) => {
                std::thread::sleep(Duration::from_millis(5));
            }
            opened => return opened,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn one_has_it_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let holders = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let _lock = Lock::take(&path).unwrap();
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        holders.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
    }
}
