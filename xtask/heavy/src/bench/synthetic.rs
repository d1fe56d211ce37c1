//! A synthetic API to measure with.
//!
//! A seeded generator draws its types in the proportions of real documents, so the API is the same
//! in every run and on every machine. Both contestants come from it: the generated crate from
//! [`Api::document`], and the baseline from [`super::baseline`].

use serde_json::{Map, Value, json};

/// The types of an API.
pub(super) struct Api {
    pub(super) objects: Vec<Object>,
    pub(super) enums: Vec<Enum>,
}

/// An object and its properties.
pub(super) struct Object {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
}

/// A list of strings.
pub(super) struct Enum {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

/// A property.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: TypeKind,
    pub(super) required: bool,
}

/// The type of a property. The numbers are indices into [`Api::objects`] and
/// [`Api::enums`].
#[derive(Clone, Copy)]
pub(super) enum TypeKind {
    Text,
    Integer,
    Number,
    Bool,
    DateTime,
    Texts,
    Map,
    Enum(usize),
    Object(usize),
    Objects(usize),
}

/// Xorshift64*: enough randomness to mix kinds, and no dependency.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(mixed).unwrap_or(0) % limit.max(1)
    }
}

const NOUNS: [&str; 20] = [
    "account", "address", "chat", "contact", "device", "event", "group", "invoice", "label",
    "line", "member", "message", "note", "order", "payment", "phone", "reaction", "report",
    "thread", "user",
];

const ADJECTIVES: [&str; 25] = [
    "active", "bulk", "cached", "daily", "encoded", "first", "global", "hidden", "inner", "joined",
    "known", "last", "merged", "nested", "open", "partial", "quick", "recent", "shared", "typed",
    "unique", "verified", "wide", "young", "zoned",
];

impl Api {
    /// Draws an API with this many types, a quarter of them enums.
    pub(super) fn new(types: usize) -> Self {
        let mut random = Random(0x5d_4b72_1967);
        let count = types / 4;
        let enums = (0..count).map(|index| Enum::new(index, &mut random));
        let enums = enums.collect::<Vec<_>>();
        let objects = (0..types - count)
            .map(|index| Object::new(index, types - count, enums.len(), &mut random));
        Self {
            objects: objects.collect(),
            enums,
        }
    }

    /// The API as an OpenAPI document. Every type is a schema of its own, and
    /// one operation makes it an API.
    pub(super) fn document(&self) -> Value {
        let mut schemas = Map::new();
        for object in &self.objects {
            schemas.insert(object.name.clone(), self.schema(object));
        }
        for list in &self.enums {
            let schema = json!({ "type": "string", "enum": list.values });
            schemas.insert(list.name.clone(), schema);
        }
        json!({
            "openapi": "3.1.0",
            "info": { "title": "Synthetic", "version": "1.0.0" },
            "servers": [{ "url": "https://api.example.com" }],
            "paths": { "/ping": { "get": {
                "operationId": "ping",
                "responses": { "204": { "description": "It is there." } },
            } } },
            "components": { "schemas": schemas },
        })
    }

    fn schema(&self, object: &Object) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in &object.fields {
            properties.insert(field.name.clone(), self.property(field.kind));
            if field.required {
                required.push(field.name.clone());
            }
        }
        json!({ "type": "object", "properties": properties, "required": required })
    }

    fn property(&self, kind: TypeKind) -> Value {
        match kind {
            TypeKind::Text => json!({ "type": "string" }),
            TypeKind::Integer => json!({ "type": "integer", "format": "int64" }),
            TypeKind::Number => json!({ "type": "number" }),
            TypeKind::Bool => json!({ "type": "boolean" }),
            TypeKind::DateTime => json!({ "type": "string", "format": "date-time" }),
            TypeKind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
            TypeKind::Map => {
                json!({ "type": "object", "additionalProperties": { "type": "string" } })
            }
            TypeKind::Enum(_) | TypeKind::Object(_) => self.reference(kind),
            TypeKind::Objects(_) => json!({ "type": "array", "items": self.reference(kind) }),
        }
    }

    fn reference(&self, kind: TypeKind) -> Value {
        json!({ "$ref": format!("#/components/schemas/{}", self.target(kind)) })
    }

    /// The name of the type that a kind refers to, or an empty one.
    pub(super) fn target(&self, kind: TypeKind) -> &str {
        match kind {
            TypeKind::Enum(index) => self.enums.get(index).map_or("", |list| &list.name),
            TypeKind::Object(index) | TypeKind::Objects(index) => {
                self.objects.get(index).map_or("", |object| &object.name)
            }
            _ => "",
        }
    }

    /// Whether an object that holds the object `held` would contain itself.
    pub(super) fn is_recursive(&self, object: &Object, held: usize) -> bool {
        let mut seen = vec![held];
        let mut next = 0;
        while let Some(found) = seen.get(next).and_then(|&index| self.objects.get(index)) {
            if found.name == object.name {
                return true;
            }
            for field in &found.fields {
                if let TypeKind::Object(target) = field.kind
                    && !seen.contains(&target)
                {
                    seen.push(target);
                }
            }
            next += 1;
        }
        false
    }

    /// A value of an object, with objects in it down to `depth`.
    pub(super) fn sample(&self, object: &Object, depth: usize) -> Value {
        let mut members = Map::new();
        for (index, field) in object.fields.iter().enumerate() {
            if let Some(value) = self.value(field.kind, index, depth) {
                members.insert(field.name.clone(), value);
            }
        }
        Value::Object(members)
    }

    fn value(&self, kind: TypeKind, index: usize, depth: usize) -> Option<Value> {
        let nested = |target: usize| {
            let object = self.objects.get(target)?;
            let depth = depth.checked_sub(1)?;
            Some(self.sample(object, depth))
        };
        Some(match kind {
            TypeKind::Text => json!(format!("text of field {index}, as long as usual")),
            TypeKind::Integer => json!(1_000_003 * index),
            TypeKind::Number => json!(0.5 + f64::from(u16::try_from(index).unwrap_or(0))),
            TypeKind::Bool => json!(index.is_multiple_of(2)),
            TypeKind::DateTime => json!("2026-05-04T03:02:01.123456+00:00"),
            TypeKind::Texts => json!(["first", "second", "the third of three"]),
            TypeKind::Map => json!({ "team": "support", "tier": "gold" }),
            TypeKind::Enum(target) => json!(self.enums.get(target)?.values.first()?),
            TypeKind::Object(target) => nested(target)?,
            TypeKind::Objects(target) => json!([nested(target)?, nested(target)?]),
        })
    }
}

impl Enum {
    fn new(index: usize, random: &mut Random) -> Self {
        let count = 3 + random.below(12);
        let values = ADJECTIVES.iter().cycle().skip(random.below(20)).take(count);
        Self {
            name: name(index, "Kind"),
            values: values.map(|word| (*word).to_owned()).collect(),
        }
    }
}

impl Object {
    fn new(index: usize, objects: usize, enums: usize, random: &mut Random) -> Self {
        let count = 3 + random.below(11);
        let fields = (0..count).map(|at| Field::new(at, objects, enums, random));
        Self {
            name: name(index, ""),
            fields: fields.collect(),
        }
    }
}

impl Field {
    /// A reference to an object is optional, so that values and types are finite.
    fn new(at: usize, objects: usize, enums: usize, random: &mut Random) -> Self {
        let (kind, required) = match random.below(16) {
            0..=2 => (TypeKind::Text, true),
            3..=4 => (TypeKind::Text, false),
            5 => (TypeKind::Integer, true),
            6 => (TypeKind::Integer, false),
            7 => (TypeKind::Bool, true),
            8 => (TypeKind::Bool, false),
            9 => (TypeKind::Texts, true),
            10 => (TypeKind::Objects(random.below(objects)), false),
            11 => (TypeKind::Object(random.below(objects)), false),
            12 => (TypeKind::Enum(random.below(enums)), false),
            13 => (TypeKind::Enum(random.below(enums)), true),
            14 => (TypeKind::Map, false),
            _ if at.is_multiple_of(2) => (TypeKind::DateTime, false),
            _ => (TypeKind::Number, false),
        };
        let noun = NOUNS.get(at % NOUNS.len()).copied().unwrap_or("field");
        Self {
            name: format!("{noun}_{at}"),
            kind,
            required,
        }
    }
}

/// `BulkChat`, and `BulkChat2` when all pairs of words are used up.
fn name(index: usize, suffix: &str) -> String {
    let word = |words: &[&str], at: usize| {
        let word = words.get(at % words.len()).copied().unwrap_or_default();
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    };
    let adjective = word(&ADJECTIVES, index);
    let noun = word(&NOUNS, index / ADJECTIVES.len());
    let round = index / (ADJECTIVES.len() * NOUNS.len());
    let number = if round == 0 {
        String::new()
    } else {
        (round + 1).to_string()
    };
    format!("{adjective}{noun}{suffix}{number}")
}

#[cfg(test)]
mod tests {
    use super::Api;
    use std::collections::BTreeSet;

    #[test]
    fn the_document_is_deterministic_and_its_names_differ() {
        let (one, two) = (Api::new(500), Api::new(500));
        assert_eq!(one.document(), two.document());
        let objects = one.objects.iter().map(|object| &object.name);
        let names: BTreeSet<_> = objects.chain(one.enums.iter().map(|e| &e.name)).collect();
        assert_eq!(names.len(), 500);
    }
}
