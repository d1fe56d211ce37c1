//! Rendering on all processors: formatting is most of the cost of a crate, and no file needs another.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Stack size of a rendering thread. It exceeds the need of the deepest type.
///
/// Parsers and formatters of Rust need many stack frames for each level of a type or an expression.
/// The default stack of a thread is too small for them.
const STACK_BYTES: usize = 64 << 20;

/// Applies a function to each element, and returns the results in the same order.
pub(super) fn map_in_parallel<T: Sync, R: Send>(
    items: &[T],
    apply: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take_items = || {
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return results;
            };
            results.push((index, apply(item)));
        }
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let mut results = thread::scope(|scope| {
        let threads = (0..processors.min(items.len())).filter_map(|_| {
            let builder = thread::Builder::new().stack_size(STACK_BYTES);
            builder.spawn_scoped(scope, take_items).ok()
        });
        let threads: Vec<_> = threads.collect();
        let results = threads.into_iter().flat_map(|thread| {
            let results = thread.join();
            results.unwrap_or_else(|panic| resume_unwind(panic))
        });
        results.collect::<Vec<_>>()
    });
    // Without a thread, the caller's own takes the items.
    results.extend(take_items());
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Renders a file for each element of a plan that has one.
pub(super) fn render_files_in_parallel<T: Sync>(
    sources: &[T],
    files: &mut impl Extend<(String, String)>,
    render_file: impl Fn(&T) -> Option<(String, String)> + Sync,
) {
    files.extend(map_in_parallel(sources, render_file).into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use super::map_in_parallel;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map_in_parallel(&items, |item| *item), items);
        assert!(map_in_parallel(&[] as &[usize], |item| *item).is_empty());
    }
}
