//! YAML 1.2: the events of `saphyr-parser`, made into a tree without recursion.
//!
//! Anchors, aliases and merge keys (`<<`) are resolved here. Keys are the text
//! of their scalar, whatever it would be as a value: `200:` is `"200"`.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::{MAX_DEPTH, Malformed, Tree, scalar};
use crate::load::Pointer;

/// What aliases may add to a document, however small it is.
const ALIAS_BYTES: usize = 64 << 20;

/// How much larger than its text a document may become by its aliases.
const ALIAS_FACTOR: usize = 16;

/// What a node weighs beside its text, roughly.
const NODE_BYTES: usize = 72;

/// Reads the first document of a YAML text.
pub(super) fn read(text: &str) -> Result<Tree, Malformed> {
    let mut builder = Builder {
        text,
        tree: Tree::default(),
        stack: Vec::new(),
        anchors: HashMap::new(),
        budget: ALIAS_BYTES.saturating_add(text.len().saturating_mul(ALIAS_FACTOR)),
    };
    let mut documents = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| malformed(text, &e))?;
        match event {
            Event::DocumentStart(_) => documents += 1,
            // A second document that is empty is only a stray `---`.
            Event::Scalar(value, ..) if documents > 1 && value.is_empty() => {}
            Event::DocumentEnd | Event::StreamStart | Event::StreamEnd | Event::Nothing => {}
            _ if documents > 1 => {
                builder.tree.several = true;
                break;
            }
            event => builder.event(event, span.start)?,
        }
    }
    Ok(builder.tree)
}

fn malformed(text: &str, error: &ScanError) -> Malformed {
    let offset = offset(text, *error.marker());
    let message = error.info();
    if message.contains("recursion limit") {
        return Malformed::too_deep(offset);
    }
    Malformed {
        code: "not-yaml",
        message: format!("this is not YAML: {message}"),
        offset,
        help: "correct the text; look at the indentation and at unquoted `:`, `#` and `*`",
    }
}

/// The byte that a marker, which counts characters, stands at.
fn offset(text: &str, marker: Marker) -> usize {
    text.char_indices()
        .nth(marker.index())
        .map_or(text.len(), |(offset, _)| offset)
}

/// A container that is not closed yet.
enum Frame {
    Map {
        map: Map<String, Value>,
        key: Option<String>,
        merges: Vec<Value>,
        anchor: usize,
    },
    Seq {
        items: Vec<Value>,
        anchor: usize,
    },
}

struct Builder<'a> {
    text: &'a str,
    tree: Tree,
    stack: Vec<Frame>,
    anchors: HashMap<usize, Value>,
    budget: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, at: Marker) -> Result<(), Malformed> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = match tag.filter(|tag| tag.is_yaml_core_schema()) {
                    Some(tag) => tag.suffix != "str",
                    None => style == ScalarStyle::Plain,
                };
                return self.scalar(&text, plain, anchor, at);
            }
            Event::MappingStart(anchor, _) => self.open(
                Frame::Map {
                    map: Map::new(),
                    key: None,
                    merges: Vec::new(),
                    anchor,
                },
                at,
            )?,
            Event::SequenceStart(anchor, _) => self.open(
                Frame::Seq {
                    items: Vec::new(),
                    anchor,
                },
                at,
            )?,
            Event::MappingEnd | Event::SequenceEnd => self.close(at)?,
            Event::Alias(anchor) => {
                let value = self.alias(anchor, at)?;
                self.push(value, 0, at)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        plain: bool,
        anchor: usize,
        at: Marker,
    ) -> Result<(), Malformed> {
        if let Some(Frame::Map { key, .. }) = self.stack.last_mut()
            && key.is_none()
        {
            *key = Some(text.to_owned());
            if anchor > 0 {
                self.anchors.insert(anchor, Value::String(text.to_owned()));
            }
            return Ok(());
        }
        let value = if plain {
            scalar::resolve(text)
        } else {
            Value::String(text.to_owned())
        };
        if let Value::Number(number) = &value
            && number.to_string() != text
        {
            self.tree.spellings.insert(self.place(), text.to_owned());
        }
        self.push(value, anchor, at)
    }

    fn open(&mut self, frame: Frame, at: Marker) -> Result<(), Malformed> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Malformed::too_deep(offset(self.text, at)));
        }
        self.stack.push(frame);
        Ok(())
    }

    fn close(&mut self, at: Marker) -> Result<(), Malformed> {
        match self.stack.pop() {
            Some(Frame::Map {
                mut map,
                merges,
                anchor,
                ..
            }) => {
                merges.into_iter().for_each(|from| merge(&mut map, from));
                self.push(Value::Object(map), anchor, at)
            }
            Some(Frame::Seq { items, anchor }) => self.push(Value::Array(items), anchor, at),
            None => Ok(()),
        }
    }

    /// Puts a finished value where it belongs.
    fn push(&mut self, value: Value, anchor: usize, at: Marker) -> Result<(), Malformed> {
        if anchor > 0 {
            self.spend(&value, at)?;
            self.anchors.insert(anchor, value.clone());
        }
        match self.stack.last_mut() {
            None => self.tree.value = value,
            Some(Frame::Seq { items, .. }) => items.push(value),
            Some(Frame::Map {
                map, key, merges, ..
            }) => match key.take() {
                // An alias that stands for a scalar may be a key.
                None => match value {
                    Value::String(text) => *key = Some(text),
                    _ => return Err(self.bad_key(at)),
                },
                Some(name) if name == "<<" && is_mergeable(&value) => merges.push(value),
                Some(name) => match map.entry(name) {
                    Entry::Vacant(entry) => {
                        entry.insert(value);
                    }
                    Entry::Occupied(mut entry) => {
                        let name = entry.key().clone();
                        entry.insert(value);
                        let place = self.open_place().child(&name);
                        self.tree.duplicates.push(place);
                    }
                },
            },
        }
        Ok(())
    }

    fn bad_key(&self, at: Marker) -> Malformed {
        Malformed {
            code: "not-yaml",
            message: "a key must be a scalar, not a mapping or a sequence".to_owned(),
            offset: offset(self.text, at),
            help: "quote the key if it begins with `{` or `[`",
        }
    }

    fn alias(&mut self, anchor: usize, at: Marker) -> Result<Value, Malformed> {
        let Some(value) = self.anchors.remove(&anchor) else {
            return Err(Malformed {
                code: "not-yaml",
                message: "this alias stands inside the anchor that it names".to_owned(),
                offset: offset(self.text, at),
                help: "write it out; a document cannot contain itself",
            });
        };
        self.spend(&value, at)?;
        let copy = value.clone();
        self.anchors.insert(anchor, value);
        Ok(copy)
    }

    /// Takes the weight of a copy off the budget.
    fn spend(&mut self, value: &Value, at: Marker) -> Result<(), Malformed> {
        match self.budget.checked_sub(weight(value)) {
            Some(rest) => {
                self.budget = rest;
                Ok(())
            }
            None => Err(Malformed {
                code: "alias-bomb",
                message: "the aliases of this document make it too large".to_owned(),
                offset: offset(self.text, at),
                help: "move what they repeat to `components` and refer to it",
            }),
        }
    }

    /// Where the container that is open stands.
    fn open_place(&self) -> Pointer {
        let above = self.stack.len().saturating_sub(1);
        let frames = self.stack.iter().take(above);
        frames.fold(Pointer::root(), |at, frame| step(&at, frame))
    }

    /// Where the next value will stand.
    fn place(&self) -> Pointer {
        self.stack
            .iter()
            .fold(Pointer::root(), |at, frame| step(&at, frame))
    }
}

fn step(at: &Pointer, frame: &Frame) -> Pointer {
    match frame {
        Frame::Map { key, .. } => at.child(key.as_deref().unwrap_or_default()),
        Frame::Seq { items, .. } => at.index(items.len()),
    }
}

fn is_mergeable(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().all(Value::is_object),
        _ => false,
    }
}

/// Adds what `<<` names; what the mapping says itself goes first.
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
    use serde_json::json;

    use super::read;

    #[test]
    fn keys_are_text_and_values_are_not() {
        let tree = read("200: {1.10: 1.10}\ntrue: no\n~: 2024-01-01\n").unwrap();
        assert_eq!(
            tree.value,
            json!({"200": {"1.10": 1.1}, "true": "no", "~": "2024-01-01"})
        );
        let spelled: Vec<_> = tree.spellings.iter().collect();
        assert_eq!(spelled.len(), 1);
        assert_eq!(spelled[0].0.as_str(), "/200/1.10");
        assert_eq!(spelled[0].1, "1.10");
    }

    #[test]
    fn tags_of_the_core_schema_count_and_others_do_not() {
        let tree = read("[!!str 1, !!int \"1\", !!bool \"true\", !ours 1, !ours {a: b}]").unwrap();
        assert_eq!(tree.value, json!(["1", 1, true, 1, {"a": "b"}]));
    }

    #[test]
    fn merge_keys_give_way_to_the_mapping_itself() {
        let tree = read(
            "a: &a {x: 1, y: 2}\nb: &b {x: 7, z: 3}\nc: {<<: [*a, *b], y: 4}\nd: {y: 5, <<: *a}",
        )
        .unwrap();
        assert_eq!(tree.value["c"], json!({"x": 1, "y": 4, "z": 3}));
        assert_eq!(tree.value["d"], json!({"x": 1, "y": 5}));
    }

    #[test]
    fn members_that_are_given_twice_are_noted() {
        let tree = read("a:\n- b: 1\n  b: 2\n").unwrap();
        assert_eq!(tree.value, json!({"a": [{"b": 2}]}));
        assert_eq!(tree.duplicates[0].as_str(), "/a/0/b");
    }

    #[test]
    fn the_second_document_is_noted_and_not_read() {
        assert!(read("a: 1\n---\nb: 2\n").unwrap().several);
        assert!(!read("a: 1\n---\n").unwrap().several);
        assert!(!read("---\na: 1\n...\n").unwrap().several);
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for i in 1..12 {
            let alias = format!("*a{}, ", i - 1).repeat(10);
            text.push_str(&format!("a{i}: &a{i} [{alias}]\n"));
        }
        assert_eq!(read(&text).unwrap_err().code, "alias-bomb");
    }

    #[test]
    fn deep_nesting_is_refused() {
        for text in ["[".repeat(10_000), "- ".repeat(10_000)] {
            assert_eq!(read(&text).unwrap_err().code, "too-deep");
        }
    }

    #[test]
    fn an_alias_inside_its_anchor_is_refused() {
        assert_eq!(read("a: &a [*a]").unwrap_err().code, "not-yaml");
    }
}
