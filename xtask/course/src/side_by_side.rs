//! Work that mostly waits, done several at a time, with the results in order.

use std::ops::RangeInclusive;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// `work` for each of `items`, at most `limit` at the same time. A worker that
/// panics takes the caller along.
pub fn map<T: Sync, R: Send>(items: &[T], limit: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_while_there_is_room(items, limit..=limit, || false, work)
}

/// How often it is asked whether there is room for one more.
const ASKS: Duration = Duration::from_millis(50);

/// As [`map`], `limit.start()` at the same time, and beyond that up to `limit.end()`, each of
/// which begins when `room` says that it may.
pub fn map_while_there_is_room<T: Sync, R: Send>(
    items: &[T],
    limit: RangeInclusive<usize>,
    room: impl Fn() -> bool + Sync,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let left = || next.load(Ordering::Relaxed) < items.len();
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for worker in 0..(*limit.end()).min(items.len()) {
            let (next, left, done, room, work) = (&next, &left, &done, &room, &work);
            let waits_for_room = worker >= *limit.start();
            scope.spawn(move || {
                loop {
                    while waits_for_room && left() && !room() {
                        std::thread::sleep(ASKS);
                    }
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let result = work(item);
                    if let Ok(mut done) = done.lock() {
                        done.push((index, result));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..100).collect();
        let squares = map(&items, 7, |item| item * item);
        assert_eq!(
            squares,
            items.iter().map(|item| item * item).collect::<Vec<_>>()
        );
        assert!(map(&[] as &[u64], 7, |item| *item).is_empty());
    }

    #[test]
    fn without_room_no_more_are_at_work_than_the_fewest() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |_: &()| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::yield_now();
            now.fetch_sub(1, Ordering::SeqCst);
        };
        map_while_there_is_room(&[(); 40], 2..=5, || false, work);
        assert!(most.into_inner() <= 2);
    }

    #[test]
    fn with_room_one_more_begins_beside_them() {
        let came = AtomicUsize::new(0);
        let meets_two_others = |_: &()| {
            came.fetch_add(1, Ordering::SeqCst);
            let until = Instant::now() + Duration::from_secs(10);
            while came.load(Ordering::SeqCst) < 3 && Instant::now() < until {
                std::thread::yield_now();
            }
            came.load(Ordering::SeqCst) == 3
        };
        let met = map_while_there_is_room(&[(); 3], 2..=3, || true, meets_two_others);
        assert_eq!(met, [true; 3]);
    }
}
