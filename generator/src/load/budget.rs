//! How much a document may grow by what it repeats.
//!
//! An alias, a path item by reference or a body under several media types is
//! a few bytes that stand for many. Copies are counted, so that a small file
//! cannot ask for all of memory.

use serde_json::Value;

/// What a node weighs beside its text, roughly.
const NODE_BYTES: usize = 72;

/// What copies may still weigh.
#[derive(Debug, Clone, Default)]
pub(crate) struct Budget {
    left: usize,
}

/// What copies may weigh, however small the document is.
const FLOOR: usize = 64 << 20;

/// How many times the text they may weigh.
const FACTOR: usize = 16;

impl Budget {
    /// What a document with a text of so many bytes may grow by.
    pub(crate) const fn of_text(bytes: usize) -> Self {
        Self {
            left: FLOOR.saturating_add(bytes.saturating_mul(FACTOR)),
        }
    }

    /// What the tree of a text of so many bytes may weigh: as much as the
    /// densest text says by itself, in two bytes a node, and what it may grow by.
    pub(crate) const fn of_tree(bytes: usize) -> Self {
        let itself = bytes.saturating_mul(NODE_BYTES / 2 + 1);
        Self {
            left: Self::of_text(bytes).left.saturating_add(itself),
        }
    }

    /// Adds what a further text of so many bytes allows.
    pub(crate) const fn grow(&mut self, bytes: usize) {
        let more = bytes.saturating_mul(FACTOR);
        self.left = self.left.saturating_add(more);
    }

    /// Takes the weight of a copy off the budget; `false` if there is too
    /// little left, and then nothing is left.
    pub(crate) fn spend(&mut self, value: &Value) -> bool {
        self.take(weight(value))
    }

    /// Takes a node off the budget, and its own text, but nothing below it.
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

    /// A copy of a value, or `null` if there is too little left for one.
    pub(crate) fn copy(&mut self, value: &Value) -> Value {
        if self.spend(value) {
            value.clone()
        } else {
            Value::Null
        }
    }

    /// Whether a copy was refused, or the next one will be.
    pub(crate) const fn is_spent(&self) -> bool {
        self.left == 0
    }
}

fn weight(value: &Value) -> usize {
    NODE_BYTES
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(weight).sum(),
            Value::Object(map) => map.iter().map(|(k, v)| k.len() + weight(v)).sum(),
            _ => 0,
        }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Budget;

    #[test]
    fn copies_end_where_the_budget_does() {
        let mut budget = Budget { left: 1000 };
        let value = json!(["some", {"value": 1}]);
        assert_eq!(budget.copy(&value), value);
        assert_eq!(budget.copy(&value), value);
        assert!(!budget.is_spent());
        assert_eq!(budget.copy(&json!("x".repeat(1000))), Value::Null);
        assert!(budget.is_spent());
        assert_eq!(budget.copy(&value), Value::Null);
    }
}
