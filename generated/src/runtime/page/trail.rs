//! The pages that were asked for, as far as is needed to notice one that comes again.
//!
//! The last few are known one by one. Of those before them one is remembered, which the current
//! page replaces after 1, 2, 4, 8… pages (Brent's algorithm), so that a circle of any length is
//! noticed in the end and a long list takes no more memory than a short one.

use std::hash::{DefaultHasher, Hash, Hasher};

/// How many pages are known one by one.
const RECENT: usize = 32;

/// The pages that led to one.
#[derive(Debug, Clone, Default)]
pub(super) struct Trail {
    recent: Vec<u64>,
    /// One that is farther back.
    landmark: Option<u64>,
    steps: u64,
    /// What the page before held.
    content: Option<u64>,
}

impl Trail {
    /// Adds a page by what it was asked for with.
    #[inline]
    pub(super) fn add(&mut self, asked: &str) {
        let page = hash(asked);
        self.steps += 1;
        if self.steps.is_power_of_two() {
            self.landmark = Some(page);
        }
        if self.recent.len() == RECENT {
            self.recent.remove(0);
        }
        self.recent.push(page);
    }

    /// Whether a page holds exactly what the one before it held. Its number is another, which says
    /// nothing where a server does not look at numbers.
    #[inline]
    pub(super) fn repeats(&mut self, text: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let content = Some(hasher.finish());
        std::mem::replace(&mut self.content, content) == content
    }

    /// Whether a page was asked for with the same.
    #[inline]
    pub(super) fn has(&self, asked: &str) -> bool {
        let page = hash(asked);
        self.landmark == Some(page) || self.recent.contains(&page)
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
    use super::Trail;

    /// How many pages of a circle are read until it is noticed.
    fn read(circle: usize) -> usize {
        let mut trail = Trail::default();
        (0..)
            .find(|step: &usize| {
                trail.add(&(step % circle).to_string());
                trail.has(&((step + 1) % circle).to_string())
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
        for circle in [33, 100, 1000, 12_345] {
            assert!(read(circle) <= 3 * circle, "{circle}");
        }
    }

    #[test]
    fn a_long_way_is_no_circle() {
        let mut trail = Trail::default();
        for step in 0..100_000 {
            trail.add(&step.to_string());
            assert!(!trail.has(&(step + 1).to_string()));
        }
        assert!(trail.recent.capacity() <= 2 * super::RECENT);
    }
}
