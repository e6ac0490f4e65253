//! How much is done at a time where the system lets a process open few files: a scenario
//! without descriptors would see differences that are none.

/// All scenarios of a lesson side by side: they wait more than they work.
const MOST: u64 = 16;

/// What a test binary needs for itself, and for each scenario: three pipes, the peers'
/// sockets, and a file under `/proc` now and then.
const OWN: u64 = 16;
const OF_A_SCENARIO: u64 = 24;

/// How many scenarios of a lesson run at the same time; at least 1.
pub fn scenarios() -> u64 {
    side_by_side(limit())
}

fn side_by_side(limit: Option<u64>) -> u64 {
    let fitting = |limit: u64| limit.saturating_sub(OWN) / OF_A_SCENARIO;
    limit.map_or(MOST, fitting).clamp(1, MOST)
}

/// `RLIMIT_NOFILE` (`man 2 getrlimit`), which children inherit; `None` without a limit.
#[cfg(unix)]
fn limit() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

#[cfg(not(unix))]
fn limit() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_descriptors_are_shared_by_few_scenarios() {
        assert_eq!(side_by_side(None), 16);
        assert_eq!(side_by_side(Some(1024)), 16);
        assert_eq!(side_by_side(Some(64)), 2);
        assert_eq!(side_by_side(Some(20)), 1);
    }
}
