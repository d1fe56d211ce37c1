//! Names of variants.

use std::collections::{HashMap, HashSet};

use crate::ir::{PropertyPath, Scalar, StringKind, Type, Words};
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::schema_ref::SchemaRef;
use crate::lower::schema::shape::{PropertyShape, ResolvedSchema, SchemaShape, VariantShape};

/// Maximum number of words of a title that serves as a name.
const MAX_TITLE_WORDS: usize = 6;

impl<'a> SchemaBuilder<'a> {
    /// Gives each variant a distinct name. `property` is the discriminator.
    pub(in crate::lower) fn name_variants(
        &mut self,
        list: &mut [VariantShape<'a>],
        property: Option<&PropertyPath>,
    ) {
        let telling = self.distinguishing_properties(list);
        let shared = shared_values(list);
        let mut taken = HashSet::new();
        for (variant, property_shape) in list.iter_mut().zip(telling) {
            let candidates = self.names(variant, property_shape, property, &shared);
            let first = candidates.first().cloned().unwrap_or_default();
            let free = candidates
                .into_iter()
                .find(|words| !taken.contains(&words.pascal()));
            let name = free.unwrap_or_else(|| append_number(&first, &taken));
            taken.insert(name.pascal());
            variant.name = name;
        }
    }

    /// Returns for each anonymous variant the first property that only it requires, or else
    /// declares.
    fn distinguishing_properties(&mut self, list: &[VariantShape<'a>]) -> Vec<Option<&'a str>> {
        let anonymous = |variant: &VariantShape<'a>| variant.component.is_none();
        if !list.iter().any(anonymous) {
            return vec![None; list.len()];
        }
        let objects = list.iter().filter(|variant| {
            let resolved = self.resolve_target(&variant.resolved);
            anonymous(variant)
                && resolved.is_some_and(|resolved| matches!(resolved.shape, SchemaShape::Struct(_)))
        });
        let several = objects.count() > 1;
        let mut alone = |like: fn(&PropertyShape<'a>) -> bool| {
            let lists = list.iter();
            first_unique(
                lists
                    .map(|variant| self.properties(&variant.resolved, like, 0))
                    .collect(),
            )
        };
        let required = alone(|property_shape| property_shape.required);
        let declared = if several {
            alone(|_| true)
        } else {
            vec![None; list.len()]
        };
        let telling = required.into_iter().zip(declared);
        list.iter()
            .zip(telling)
            .map(|(variant, (required, declared))| {
                required.or(declared).filter(|_| anonymous(variant))
            })
            .collect()
    }

    /// Returns the possible names of a variant, the best first.
    fn names(
        &mut self,
        variant: &VariantShape<'a>,
        property_shape: Option<&str>,
        property: Option<&PropertyPath>,
        shared: &HashSet<String>,
    ) -> Vec<Words> {
        let title = variant.resolved.annotations.title().map(Words::split);
        let title = title.filter(|words| words.iter().count() <= MAX_TITLE_WORDS);
        let component = variant.component.map(|id| self.table.words(id).clone());
        let tags = variant.discriminator_values.as_slice();
        let said = match tags {
            [only] => Some(Words::split(only)),
            [first, second] => Some(Words::split(first).with("or").with(second)),
            _ => None,
        };
        let is_number = tags.iter().all(|tag| !tag.contains(char::is_alphabetic));
        let is_name = match tags {
            // A shared value names none of its variants.
            [only] => !is_number && !shared.contains(only),
            _ => false,
        };
        let (tag, tags) = if is_name {
            (said, None)
        } else if is_number {
            // A number gets the name of its property as a prefix.
            let property = Words::split(property.map_or("", |path| path.property().as_str()));
            (None, said.map(|number| property.join(&number)))
        } else {
            (None, said)
        };
        let kind = self.type_name(&variant.resolved);
        let full = component
            .as_ref()
            .or(tag.as_ref())
            .map(|words| words.join(&kind));
        [
            tag,
            component,
            title,
            tags,
            property_shape.map(Words::split),
            Some(kind),
            full,
        ]
        .into_iter()
        .flatten()
        .filter(|words| !words.is_empty())
        .collect()
    }

    /// Returns a name for a shape without a name.
    fn type_name(&mut self, resolved: &ResolvedSchema<'a>) -> Words {
        let Some(resolved) = self.resolve_target(resolved) else {
            return Words::split("value");
        };
        let elements = match &resolved.shape {
            SchemaShape::Array(elements) | SchemaShape::Map(elements) => elements.as_slice(),
            _ => &[],
        };
        let element = match elements {
            [only] => self.item_name(only),
            _ => Words::default(),
        };
        element.with(match &resolved.shape {
            SchemaShape::Struct(object) => {
                match object.properties.keys().collect::<Vec<_>>().as_slice() {
                    [only] => only,
                    _ => "object",
                }
            }
            SchemaShape::Array(_) => "list",
            SchemaShape::Tuple(_) => "tuple",
            SchemaShape::Map(_) => "map",
            SchemaShape::Enum(values) => match values.as_slice() {
                // `""`, which clears a value.
                [only] if only.name.is_empty() => "empty",
                [only] => return only.name.clone(),
                [first, ..] if matches!(first.value, Scalar::Integer(_)) => "integer",
                _ => "string",
            },
            SchemaShape::Type(ty) | SchemaShape::Constant(ty, _) => scalar_name(ty),
            SchemaShape::Union(_) | SchemaShape::Component(_) => "value",
        })
    }

    /// Returns the name of array items, if they are named or scalar.
    fn item_name(&self, schema_ref: &SchemaRef<'a>) -> Words {
        if let Some(id) = schema_ref.component() {
            return self.table.words(id).clone();
        }
        let keywords = schema_ref.keywords();
        match keywords.as_ref().and_then(|keywords| keywords.ty) {
            Some(scalar @ ("boolean" | "integer" | "number" | "string")) => Words::split(scalar),
            Some("array") => {
                let items = keywords.and_then(|keywords| keywords.items);
                let items = items.map(|items| self.schema_ref(items, schema_ref.at.child("items")));
                let element = items.map(|items| self.item_name(&items));
                element.unwrap_or_default().with("list")
            }
            _ => Words::default(),
        }
    }
}

/// Returns the first name of each list that no other list has.
fn first_unique(lists: Vec<Vec<&str>>) -> Vec<Option<&str>> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in lists.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    let is_alone = |name: &&str| counts.get(name) == Some(&1);
    lists
        .iter()
        .map(|names| names.iter().copied().find(is_alone))
        .collect()
}

/// Returns the discriminator values that several variants share.
fn shared_values(list: &[VariantShape<'_>]) -> HashSet<String> {
    let mut seen = HashSet::new();
    list.iter()
        .flat_map(|variant| &variant.discriminator_values)
        .filter(|tag| !seen.insert(tag.as_str()))
        .cloned()
        .collect()
}

fn append_number(words: &Words, taken: &HashSet<String>) -> Words {
    (2..)
        .map(|n: u32| words.with(&n.to_string()))
        .find(|words| !taken.contains(&words.pascal()))
        .unwrap_or_default()
}

const fn scalar_name(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "boolean",
        Type::Integer(_) => "integer",
        Type::Number(_) => "number",
        Type::String(StringKind::Date) => "date",
        Type::String(StringKind::DateTime) => "date time",
        Type::String(_) => "string",
        _ => "value",
    }
}
