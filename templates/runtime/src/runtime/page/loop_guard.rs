//! Detection of pagination loops.
//!
//! The guard remembers the most recent pages individually. It also keeps one checkpoint further
//! back, which the current page replaces after 1, 2, 4, 8… pages (Brent's algorithm). A cycle of
//! any length is detected eventually, and memory use does not grow with the list.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Number of recent pages that are remembered individually.
const MAX_RECENT: usize = 32;

/// The pages that were read on the way to the current page.
#[derive(Debug, Clone, Default)]
pub(super) struct LoopGuard {
    recent: Vec<u64>,
    /// Hash of one page before the recent ones.
    checkpoint: Option<u64>,
    steps: u64,
    /// Hash of the previous page's content.
    content: Option<u64>,
}

impl LoopGuard {
    /// Records a page by the value that its request sent.
    #[inline]
    pub(super) fn record(&mut self, asked: &str) {
        let page = hash(asked);
        self.steps += 1;
        if self.steps.is_power_of_two() {
            self.checkpoint = Some(page);
        }
        if self.recent.len() == MAX_RECENT {
            self.recent.remove(0);
        }
        self.recent.push(page);
    }

    /// Returns `true` if the page has exactly the content of the previous page.
    ///
    /// A server that ignores page numbers repeats its content while the number grows.
    #[inline]
    pub(super) fn repeats_content(&mut self, text: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let content = Some(hasher.finish());
        std::mem::replace(&mut self.content, content) == content
    }

    /// Returns `true` if a page was already requested with the same value.
    #[inline]
    pub(super) fn was_visited(&self, asked: &str) -> bool {
        let page = hash(asked);
        self.checkpoint == Some(page) || self.recent.contains(&page)
    }
}

#[inline]
fn hash(asked: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    asked.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::LoopGuard;

    /// Returns the number of pages that are read before a cycle of this length is detected.
    fn read(cycle: usize) -> usize {
        let mut guard = LoopGuard::default();
        (0..)
            .find(|step: &usize| {
                guard.record(&(step % cycle).to_string());
                guard.was_visited(&((step + 1) % cycle).to_string())
            })
            .unwrap_or_default()
            + 1
    }

    #[test]
    fn a_short_loop_is_detected_at_its_end() {
        assert_eq!([1, 2, 3, 32].map(read), [1, 2, 3, 32]);
    }

    #[test]
    fn a_long_loop_is_detected() {
        for cycle in [33, 100, 1000, 12_345] {
            assert!(read(cycle) <= 3 * cycle, "{cycle}");
        }
    }

    #[test]
    fn a_long_list_is_not_a_loop() {
        let mut guard = LoopGuard::default();
        for step in 0..100_000 {
            guard.record(&step.to_string());
            assert!(!guard.was_visited(&(step + 1).to_string()));
        }
        assert!(guard.recent.capacity() <= 2 * super::MAX_RECENT);
    }
}
