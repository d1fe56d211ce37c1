//! JSON: `serde_json`, with an eye on members that are given twice.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{Malformed, Tree};
use crate::load::Pointer;

/// Reads a JSON text.
pub(super) fn read(text: &str) -> Result<Tree, Malformed> {
    // The path of each member that is given twice, from the leaf up.
    let duplicates = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Node(&duplicates)
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|e| malformed(text, &e))?;
    let pointer = |path: Vec<String>| {
        path.iter()
            .rev()
            .fold(Pointer::root(), |at, segment| at.child(segment))
    };
    Ok(Tree {
        value,
        duplicates: duplicates.into_inner().into_iter().map(pointer).collect(),
        ..Tree::default()
    })
}

fn malformed(text: &str, error: &serde_json::Error) -> Malformed {
    let line_start = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let offset = line_start + error.column().saturating_sub(1);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if message == "recursion limit exceeded" {
        return Malformed::too_deep(offset);
    }
    Malformed {
        code: "not-json",
        message: format!("this is not JSON: {message}"),
        offset,
        help: "correct the text; a JSON checker shows the same place",
    }
}

/// Reads one value. Holds the paths of the duplicates found so far.
#[derive(Clone, Copy)]
struct Node<'a>(&'a RefCell<Vec<Vec<String>>>);

impl Node<'_> {
    /// Says that the duplicates found since there were `before` of them stand
    /// below `segment`.
    fn below(self, before: usize, segment: impl Fn() -> String) {
        for path in self.0.borrow_mut().iter_mut().skip(before) {
            path.push(segment());
        }
    }

    fn found(self) -> usize {
        self.0.borrow().len()
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
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
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
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            let before = self.found();
            let value = access.next_value_seed(self)?;
            if self.found() > before {
                self.below(before, || key.clone());
            }
            match map.entry(key) {
                serde_json::map::Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                serde_json::map::Entry::Occupied(mut entry) => {
                    self.0.borrow_mut().push(vec![entry.key().clone()]);
                    entry.insert(value);
                }
            }
        }
        Ok(Value::Object(map))
    }
}
