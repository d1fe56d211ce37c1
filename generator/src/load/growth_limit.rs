//! A limit on how much a document grows when its parts are copied.
//!
//! A YAML alias, a path item by reference, and a body under several media types take a few bytes
//! and copy many. The budget counts the copies, so that a small file cannot fill the memory.

use serde_json::Value;

/// Approximate size of a node without its text.
const NODE_BYTES: usize = 72;

/// Number of bytes that copies may still add.
#[derive(Debug, Clone, Default)]
pub(crate) struct GrowthBudget {
    left: usize,
}

/// Allowance of every document, however small.
const FLOOR: usize = 64 << 20;

/// Allowance for each byte of the text.
const FACTOR: usize = 16;

impl GrowthBudget {
    /// Returns the budget for a document with this many bytes of text.
    pub(crate) const fn for_text(bytes: usize) -> Self {
        Self {
            left: FLOOR.saturating_add(bytes.saturating_mul(FACTOR)),
        }
    }

    /// Returns the budget for the tree of a text with this many bytes. It covers the tree of the
    /// densest text, which has a node in every two bytes, and the copies.
    pub(crate) const fn for_tree(bytes: usize) -> Self {
        let itself = bytes.saturating_mul(NODE_BYTES / 2 + 1);
        Self {
            left: Self::for_text(bytes).left.saturating_add(itself),
        }
    }

    /// Adds the allowance of another text.
    pub(crate) const fn grow(&mut self, bytes: usize) {
        let more = bytes.saturating_mul(FACTOR);
        self.left = self.left.saturating_add(more);
    }

    /// Subtracts the size of a copy. Returns `false`, and spends the rest, if too little is left.
    pub(crate) fn spend(&mut self, value: &Value) -> bool {
        self.take(count_weight(value))
    }

    /// Subtracts the size of a node and its own text, but not of its children.
    pub(crate) fn spend_node(&mut self, text: usize) -> bool {
        self.take(NODE_BYTES + text)
    }

    const fn take(&mut self, weight: usize) -> bool {
        match self.left.checked_sub(weight) {
            Some(left) => {
                self.left = left;
                true
            }
            None => {
                self.left = 0;
                false
            }
        }
    }

    /// Returns a copy of a value, or `null` if too little is left.
    pub(crate) fn copy(&mut self, value: &Value) -> Value {
        if self.spend(value) {
            value.clone()
        } else {
            Value::Null
        }
    }

    /// Whether the budget is used up.
    pub(crate) const fn is_spent(&self) -> bool {
        self.left == 0
    }
}

fn count_weight(value: &Value) -> usize {
    NODE_BYTES
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(count_weight).sum(),
            Value::Object(map) => map.iter().map(|(k, v)| k.len() + count_weight(v)).sum(),
            _ => 0,
        }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::GrowthBudget;

    #[test]
    fn the_budget_limits_copies() {
        let mut budget = GrowthBudget { left: 1000 };
        let value = json!(["some", {"value": 1}]);
        assert_eq!(budget.copy(&value), value);
        assert_eq!(budget.copy(&value), value);
        assert!(!budget.is_spent());
        assert_eq!(budget.copy(&json!("x".repeat(1000))), Value::Null);
        assert!(budget.is_spent());
        assert_eq!(budget.copy(&value), Value::Null);
    }
}
