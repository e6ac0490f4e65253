//! A process may have so many descriptors; a crowd needs more than systems give by default.

use anyhow::Result;

/// Makes room for `clients` sockets here and in each program that is started from now on.
#[cfg(unix)]
pub(super) fn for_descriptors(clients: usize) -> Result<()> {
    use anyhow::ensure;
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    // Those of the process itself, and the two of a client that a server may clone.
    let need = 2 * clients as u64 + 64;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_none_or(|current| current >= need) {
        return Ok(());
    }
    ensure!(
        maximum.is_none_or(|maximum| maximum >= need),
        "{need} descriptors are needed, and the system allows {maximum:?} (ulimit -Hn)"
    );
    let current = Some(need);
    Ok(setrlimit(Resource::Nofile, Rlimit { current, maximum })?)
}

/// Elsewhere there is no such limit.
#[cfg(not(unix))]
pub(super) fn for_descriptors(_: usize) -> Result<()> {
    Ok(())
}
