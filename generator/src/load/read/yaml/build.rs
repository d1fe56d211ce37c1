//! From events to a tree, with a stack of our own.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, ScalarStyle};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::offset;
use crate::load::Pointer;
use crate::load::budget::Budget;
use crate::load::read::{MAX_DEPTH, Malformed, Tree, scalar};

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

/// A tree that is being made.
pub(super) struct Builder<'a> {
    text: &'a str,
    pub(super) tree: Tree,
    stack: Vec<Frame>,
    anchors: HashMap<usize, Value>,
    budget: Budget,
}

impl<'a> Builder<'a> {
    /// An empty tree of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            tree: Tree::default(),
            stack: Vec::new(),
            anchors: HashMap::new(),
            budget: Budget::of_text(text.len()),
        }
    }

    /// Takes an event of a document.
    pub(super) fn event(&mut self, event: Event<'_>, at: Marker) -> Result<(), Malformed> {
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
        if self.budget.spend(value) {
            return Ok(());
        }
        Err(Malformed {
            code: "alias-bomb",
            message: "the aliases of this document make it too large".to_owned(),
            offset: offset(self.text, at),
            help: "move what they repeat to `components` and refer to it",
        })
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
