//! [`FieldSet`]: the fields of an object that have been read.

/// A set of the fields that have been read, by their index in the type.
#[derive(Debug, Default)]
pub(super) struct FieldSet([u64; 4]);

impl FieldSet {
    /// Creates an empty set.
    #[must_use]
    pub(super) const fn new() -> Self {
        Self([0; 4])
    }

    /// Adds the field at an index. Types that use this set have at most 256 fields.
    #[inline]
    pub(super) const fn insert(&mut self, index: usize) {
        let [a, b, c, d] = &mut self.0;
        let word = match index / 64 {
            0 => a,
            1 => b,
            2 => c,
            _ => d,
        };
        *word |= 1 << (index % 64);
    }

    /// Returns `true` if the field at an index has been read.
    #[must_use]
    pub(super) fn contains(&self, index: usize) -> bool {
        let word = self.0.get(index / 64).copied().unwrap_or_default();
        (word >> (index % 64)) & 1 == 1
    }
}
