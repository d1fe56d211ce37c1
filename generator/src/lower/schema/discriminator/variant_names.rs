//! Names of variants.

use std::collections::HashSet;

use super::distinguishing_properties::DistinguishingProperties;
use crate::ir::{PropertyPath, Scalar, StringKind, Type, Words};
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::schema_ref::SchemaRef;
use crate::lower::schema::shape::{ResolvedSchema, SchemaShape, VariantShape, alias_target};

/// Maximum number of words of a title that serves as a name.
const MAX_TITLE_WORDS: usize = 6;

/// The facts about the variants of a union that name one of them.
struct VariantFacts<'n> {
    /// The discriminator.
    discriminator: Option<&'n PropertyPath>,
    /// The discriminator values that several variants have.
    shared_values: HashSet<String>,
}

impl<'a> SchemaBuilder<'a> {
    /// Gives each variant a distinct name.
    pub(in crate::lower) fn name_variants(
        &mut self,
        list: &mut [VariantShape<'a>],
        discriminator: Option<&PropertyPath>,
    ) {
        let properties = self.find_distinguishing_properties(list);
        let facts = VariantFacts {
            discriminator,
            shared_values: shared_values(list),
        };
        let mut taken = HashSet::new();
        for (variant, properties) in list.iter_mut().zip(properties) {
            let candidates = self.list_variant_names(variant, &properties, &facts);
            let first = candidates.first().cloned().unwrap_or_default();
            let free = candidates
                .into_iter()
                .find(|words| !taken.contains(&words.pascal()));
            let name = free.unwrap_or_else(|| append_number(&first, &taken));
            taken.insert(name.pascal());
            variant.name = name;
        }
    }

    /// Returns the possible names of a variant, the best first.
    fn list_variant_names(
        &mut self,
        variant: &VariantShape<'a>,
        properties: &DistinguishingProperties<'a>,
        facts: &VariantFacts<'_>,
    ) -> Vec<Words> {
        let component = variant
            .component
            .or_else(|| alias_target(&variant.resolved.shape));
        let component = component.map(|id| self.table.words(id).clone());
        let title = variant.resolved.annotations.title();
        let title = title.filter(|title| is_name(title)).map(Words::split);
        let (tag, number) = name_by_discriminator(&variant.discriminator_values, facts);
        let shape = self.type_name(&variant.resolved);
        // `Object` after a name would distinguish it from no other object.
        let is_object = shape.iter().eq(["object"]);
        let with_shape = [&component, &tag, &title].into_iter().flatten().next();
        let with_shape = with_shape.filter(|_| !is_object).map(|it| it.join(&shape));
        let constant = properties.constant.as_deref().map(Words::split);
        let own = properties.own.iter().map(|name| Words::split(name));
        let rare = properties.rare.iter().map(|name| Words::split(name));
        let mut names: Vec<Words> = [tag, component, title, constant, number]
            .into_iter()
            .flatten()
            .chain(own)
            .collect();
        // A property that other variants have, too, only replaces the name of a shape.
        if names.is_empty() && is_object {
            names.extend(rare);
        }
        if names.is_empty() || !is_object {
            names.push(shape);
        }
        names.extend(with_shape);
        names.retain(|words| !words.is_empty());
        names
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
                    [] if object.additional.is_empty() => "empty",
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

/// Whether a title is short enough for a name, or is written as one.
fn is_name(title: &str) -> bool {
    !title.contains(char::is_whitespace) || Words::split(title).iter().count() <= MAX_TITLE_WORDS
}

/// Returns the name by a discriminator value, and the less specific name by a number or by values
/// that other variants share.
fn name_by_discriminator(
    values: &[String],
    facts: &VariantFacts<'_>,
) -> (Option<Words>, Option<Words>) {
    let words = match values {
        [only] => Some(Words::split(only)),
        [first, second] => Some(Words::split(first).with("or").with(second)),
        _ => None,
    };
    let is_number = values
        .iter()
        .all(|value| !value.contains(char::is_alphabetic));
    if is_number {
        // A number gets the name of its property as a prefix.
        let property = facts
            .discriminator
            .map_or("", |path| path.property().as_str());
        return (
            None,
            words.map(|number| Words::split(property).join(&number)),
        );
    }
    match values {
        // A shared value names none of its variants.
        [only] if !facts.shared_values.contains(only) => (words, None),
        _ => (None, words),
    }
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
