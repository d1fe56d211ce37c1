//! The visitor that builds a tree from the events of a deserializer.
//!
//! JSON and YAML share it. It resolves YAML merge keys (`<<`) and ignores custom YAML tags.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use crate::load::growth_limit::GrowthBudget;
use crate::source::Pointer;

/// The meaning of `<<` in a mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MergeKeys {
    /// A property like any other.
    Plain,
    /// A YAML merge key.
    Resolved,
}

/// Facts about a text that its tree does not contain.
#[derive(Debug)]
pub(super) struct Seen {
    merge_keys: MergeKeys,
    /// Paths of duplicate properties, from the leaf up.
    duplicates: RefCell<Vec<Vec<String>>>,
    budget: RefCell<GrowthBudget>,
    is_spent: Cell<bool>,
}

impl Seen {
    /// Creates an empty record for a text of this many bytes.
    pub(super) const fn nothing(bytes: usize, merge_keys: MergeKeys) -> Self {
        Self {
            merge_keys,
            duplicates: RefCell::new(Vec::new()),
            budget: RefCell::new(GrowthBudget::for_tree(bytes)),
            is_spent: Cell::new(false),
        }
    }

    /// Whether the tree is larger than the text allows without aliases.
    pub(super) const fn is_spent(&self) -> bool {
        self.is_spent.get()
    }

    /// Returns the pointers of duplicate properties.
    pub(super) fn into_duplicates(self) -> Vec<Pointer> {
        let paths = self.duplicates.into_inner().into_iter();
        let pointer = |path: Vec<String>| {
            let segments = path.iter().rev();
            segments.fold(Pointer::root(), |at, segment| at.child(segment))
        };
        paths.map(pointer).collect()
    }
}

/// The seed of one value.
#[derive(Clone, Copy)]
pub(super) struct Node<'a>(pub(super) &'a Seen);

impl Node<'_> {
    /// Prepends `segment` to the paths of the duplicates after the first `before`.
    fn below(self, before: usize, segment: impl Fn() -> String) {
        for path in self.0.duplicates.borrow_mut().iter_mut().skip(before) {
            path.push(segment());
        }
    }

    fn found(self) -> usize {
        self.0.duplicates.borrow().len()
    }

    /// Subtracts a value with this many bytes of text from the budget.
    fn spend<E: Error>(self, text: usize) -> Result<(), E> {
        if self.0.budget.borrow_mut().spend_node(text) {
            return Ok(());
        }
        self.0.is_spent.set(true);
        Err(E::custom("the tree is too large"))
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    /// Values outside JSON keep their YAML spelling.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Number::from_f64(value).map_or_else(
            || {
                let spelt = if value.is_nan() {
                    ".nan"
                } else if value > 0.0 {
                    ".inf"
                } else {
                    "-.inf"
                };
                Value::String(spelt.to_owned())
            },
            Value::Number,
        ))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.spend(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    /// A value with a custom tag, which is ignored.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (_, content) = access.variant::<IgnoredAny>()?;
        content.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let mut items = Vec::new();
        loop {
            let before = self.found();
            let Some(item) = access.next_element_seed(self)? else {
                return Ok(Value::Array(items));
            };
            if self.found() > before {
                self.below(before, || items.len().to_string());
            }
            items.push(item);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let mut map = Map::new();
        let mut merges = Vec::new();
        while let Some(key) = access.next_key_seed(Key)? {
            self.spend(key.len())?;
            let before = self.found();
            let value = access.next_value_seed(self)?;
            if self.found() > before {
                self.below(before, || key.clone());
            }
            if self.0.merge_keys == MergeKeys::Resolved && key == "<<" && is_mergeable(&value) {
                merges.push(value);
                continue;
            }
            match map.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(mut entry) => {
                    let path = vec![entry.key().clone()];
                    self.0.duplicates.borrow_mut().push(path);
                    entry.insert(value);
                }
            }
        }
        merges.into_iter().for_each(|from| merge(&mut map, from));
        Ok(Value::Object(map))
    }
}

/// Suffix of errors about keys.
pub(super) const KEY_EXPECTED: &str = "a key that is a scalar";

/// Reads a key as text, whatever its type as a value: `200:` is `"200"`.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(KEY_EXPECTED)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}

fn is_mergeable(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().all(Value::is_object),
        _ => false,
    }
}

/// Adds the properties of a merge key. The mapping's own properties take precedence.
fn merge(map: &mut Map<String, Value>, from: Value) {
    match from {
        Value::Object(members) => {
            for (key, value) in members {
                map.entry(key).or_insert(value);
            }
        }
        Value::Array(items) => items.into_iter().for_each(|item| merge(map, item)),
        _ => {}
    }
}
