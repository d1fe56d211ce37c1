//! [`FieldSet`]: which members of an object were read.

/// The members of an object that were read, by their places among those that its type names.
#[derive(Debug, Default)]
pub(super) struct FieldSet([u64; 4]);

impl FieldSet {
    /// None.
    #[must_use]
    pub(super) const fn new() -> Self {
        Self([0; 4])
    }

    /// Adds the member at a place. No type that asks has more than 256.
    #[inline]
    pub(super) const fn insert(&mut self, place: usize) {
        let [a, b, c, d] = &mut self.0;
        let word = match place / 64 {
            0 => a,
            1 => b,
            2 => c,
            _ => d,
        };
        *word |= 1 << (place % 64);
    }

    /// Whether the member at a place was read.
    #[must_use]
    pub(super) fn contains(&self, place: usize) -> bool {
        let word = self.0.get(place / 64).copied().unwrap_or_default();
        (word >> (place % 64)) & 1 == 1
    }
}
