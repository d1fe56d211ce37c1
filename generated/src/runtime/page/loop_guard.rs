//! The pages that were asked for, as far as is needed to notice one that comes again.
//!
//! The last few are known one by one. Of those before them one is remembered, which the current
//! page replaces after 1, 2, 4, 8… pages (Brent's algorithm), so that a cycle of any length is
//! noticed in the end and a long list takes no more memory than a short one.

use std::hash::{DefaultHasher, Hash, Hasher};

/// How many pages are known one by one.
const MAX_RECENT: usize = 32;

/// The pages that led to one.
#[derive(Debug, Clone, Default)]
pub(super) struct LoopGuard {
    recent: Vec<u64>,
    /// One that is farther back.
    checkpoint: Option<u64>,
    steps: u64,
    /// What the page before held.
    content: Option<u64>,
}

impl LoopGuard {
    /// Adds a page by what it was asked for with.
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

    /// Whether a page holds exactly what the one before it held. Its number is another, which says
    /// nothing where a server does not look at numbers.
    #[inline]
    pub(super) fn repeats_content(&mut self, text: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let content = Some(hasher.finish());
        std::mem::replace(&mut self.content, content) == content
    }

    /// Whether a page was asked for with the same.
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

    /// How many pages of a cycle are read until it is noticed.
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
    fn a_short_circle_is_noticed_at_its_end() {
        assert_eq!([1, 2, 3, 32].map(read), [1, 2, 3, 32]);
    }

    #[test]
    fn a_long_circle_is_noticed() {
        for cycle in [33, 100, 1000, 12_345] {
            assert!(read(cycle) <= 3 * cycle, "{cycle}");
        }
    }

    #[test]
    fn a_long_way_is_no_circle() {
        let mut guard = LoopGuard::default();
        for step in 0..100_000 {
            guard.record(&step.to_string());
            assert!(!guard.was_visited(&(step + 1).to_string()));
        }
        assert!(guard.recent.capacity() <= 2 * super::MAX_RECENT);
    }
}
