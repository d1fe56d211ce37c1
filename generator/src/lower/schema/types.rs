//! From forms to types.

mod components;
mod fields;

use std::mem::{self, Discriminant};
use std::slice;

use super::annotations::Notes;
use super::scalar::type_of;
use super::schema_ref::Node;
use super::schemas::Schemas;
use super::shape::{Alternative, End, Form, Formed, Places};
use super::type_name::Place;
use crate::ir::{
    Enum, EnumValue, Scalar, Shape, StringKind, Tuple, Type, TypeDef, TypeId, Union, UntypedReason,
    Variant,
};
use crate::source::Pointer;

/// How deep arrays, maps and tuples may nest in a type that is written out where it is used.
/// Whatever reads or writes such a type takes a step of the stack for each of them.
const MAX_INLINE_DEPTH: usize = 16;

/// A type where a schema is used.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Made {
    /// The type, null apart.
    pub(in crate::lower) ty: Type,
    /// Whether `null` is one of its values.
    pub(in crate::lower) nullable: bool,
    /// What it always is.
    pub(in crate::lower) constant: Option<serde_json::Value>,
}

impl Made {
    pub(in crate::lower) const fn new(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            constant: None,
        }
    }

    /// The type with its null.
    pub(in crate::lower) fn whole(self) -> Type {
        match self.ty {
            Type::Null | Type::Untyped(_) => self.ty,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}

/// A type that is being made, with what its definition needs.
#[derive(Debug, Clone, Copy)]
struct Site<'s, 'a> {
    place: &'s Place<'s>,
    /// Where the schemas stand that it is made of; the last of them stands for it.
    sources: &'s [Pointer],
    notes: &'s Notes<'a>,
}

impl Site<'_, '_> {
    fn at(&self) -> Pointer {
        self.sources.last().cloned().unwrap_or_default()
    }
}

/// A type without a component that is being made. Its parts may lead back to its schemas, as where a
/// property is its own object and something more, and are this type then.
#[derive(Debug)]
pub(in crate::lower) struct Open<'a> {
    kind: Discriminant<Form<'a>>,
    sources: Vec<Pointer>,
    ty: TypeId,
}

impl<'a> Schemas<'a> {
    /// The type of a form that is known, of the schemas in these places.
    pub(in crate::lower) fn make_formed(
        &mut self,
        formed: &Formed<'a>,
        place: &Place<'_>,
        sources: &[Pointer],
    ) -> Made {
        if let Form::Enum(values) = &formed.form
            && let [only] = values.as_slice()
            && place.is_property()
        {
            return Made {
                nullable: formed.nullable,
                ..only_value(only)
            };
        }
        let mut made = match &formed.form {
            Form::Same(id) => self.make_component(*id),
            Form::Plain(ty) => Made::new(in_json(ty)),
            Form::Constant(ty, value) => Made {
                constant: Some(value.clone()),
                ..Made::new(ty.clone())
            },
            form => Made::new(self.make_type(
                form,
                Site {
                    place,
                    sources,
                    notes: &formed.notes,
                },
            )),
        };
        // What is nothing but null has no second one.
        made.nullable = (made.nullable || formed.nullable) && made.ty != Type::Null;
        made
    }

    /// The type of a form. One that nests too deep to be written out has a name.
    fn make_type(&mut self, form: &Form<'a>, site: Site<'_, 'a>) -> Type {
        let ty = self.make_type_in_place(form, site);
        if depth(&ty) <= MAX_INLINE_DEPTH {
            return ty;
        }
        let alias = self.reserve(site);
        self.types.get_mut(alias).shape = Shape::Alias(ty);
        Type::Named(alias)
    }

    fn make_type_in_place(&mut self, form: &Form<'a>, site: Site<'_, 'a>) -> Type {
        match form {
            Form::Array(elements) => {
                Type::Array(Box::new(self.any_of(elements, &site.place.item())))
            }
            Form::Tuple(places) => self.make_tuple(places, &site.place.item()),
            Form::Map(values) => Type::Map(Box::new(self.any_of(values, &site.place.value()))),
            form => self.make_named(form, site),
        }
    }

    fn make_tuple(&mut self, places: &Places<'a>, place: &Place<'_>) -> Type {
        let list = places.list.iter().map(|element| {
            let formed = self.form(element);
            self.make_once(element, &formed, place).whole()
        });
        let list = list.collect();
        let rest = match &places.end {
            End::Closed => None,
            End::Unstated => Some(Type::Untyped(UntypedReason::Declared)),
            End::Of(node) => Some(self.any_of(slice::from_ref(node), place)),
        };
        Type::Tuple(Tuple {
            elements: list,
            required: places.required,
            rest: rest.map(Box::new),
        })
    }

    fn make_named(&mut self, form: &Form<'a>, site: Site<'_, 'a>) -> Type {
        let kind = mem::discriminant(form);
        let is_same = |open: &&Open<'a>| open.kind == kind && open.sources == site.sources;
        if let Some(open) = self.open.iter().find(is_same) {
            return Type::Named(open.ty);
        }
        let ty = self.reserve(site);
        self.open.push(Open {
            kind,
            sources: site.sources.to_vec(),
            ty,
        });
        let shape = self.shape(form, site);
        self.open.pop();
        match shape {
            Some(shape) => {
                self.types.get_mut(ty).shape = shape;
                Type::Named(ty)
            }
            None => Type::Untyped(UntypedReason::Unsupported),
        }
    }

    /// The type of a value that is of any of these schemas; raw JSON if there are none.
    fn any_of(&mut self, nodes: &[Node<'a>], place: &Place<'_>) -> Type {
        match nodes {
            [] => Type::Untyped(UntypedReason::Declared),
            [only] => {
                let formed = self.form(only);
                self.make_once(only, &formed, place).whole()
            }
            many => {
                let formed = self.form_any(many);
                let sources: Vec<_> = many.iter().map(|node| node.at.clone()).collect();
                self.make_formed(&formed, place, &sources).whole()
            }
        }
    }

    /// Makes an inline schema once, however many inherit it.
    pub(in crate::lower) fn make_once(
        &mut self,
        node: &Node<'a>,
        formed: &Formed<'a>,
        place: &Place<'_>,
    ) -> Made {
        let Some(schema) = node.schema() else {
            return self.make_formed(formed, place, slice::from_ref(&node.at));
        };
        let key = std::ptr::from_ref(schema);
        if let Some(made) = self.made.get(&key) {
            return made.clone();
        }
        let made = self.make_formed(formed, place, slice::from_ref(&node.at));
        if names_a_type(&made.ty) {
            self.made.insert(key, made.clone());
        }
        made
    }

    fn reserve(&mut self, site: Site<'_, 'a>) -> TypeId {
        self.types.push(TypeDef {
            name: site.place.words(),
            owner: site.place.owner(),
            docs: site.notes.docs(),
            pointer: site.at(),
            shape: Shape::Alias(Type::Untyped(UntypedReason::Unsupported)),
            examples: site.notes.examples(),
        })
    }

    fn shape(&mut self, form: &Form<'a>, site: Site<'_, 'a>) -> Option<Shape> {
        match form {
            Form::Enum(values) => Some(Shape::Enum(Enum {
                values: values.clone(),
            })),
            Form::Struct(object) => Some(Shape::Struct(self.make_struct(object, site))),
            Form::Union(union) => {
                let variants = union
                    .list
                    .iter()
                    .map(|alternative| self.make_variant(alternative, site))
                    .collect();
                let union = Union::new(variants, union.tag.clone(), union.fallback);
                Some(Shape::Union(union))
            }
            _ => None,
        }
    }

    fn make_variant(&mut self, alternative: &Alternative<'a>, site: Site<'_, 'a>) -> Variant {
        let place = site.place.variant(&alternative.name);
        // An alternative is made together with what stands beside its union.
        let mut sources = site.sources.to_vec();
        sources.push(alternative.at.clone());
        let made = self.make_formed(&alternative.formed, &place, &sources);
        Variant {
            name: alternative.name.clone(),
            ty: made.ty,
            discriminator_values: alternative.tags.clone(),
            added_discriminator: None,
            docs: alternative.formed.notes.docs(),
            pointer: alternative.at.clone(),
        }
    }
}

/// A property that lists one value is of that value's own type: an enum of
/// one is no choice.
fn only_value(value: &EnumValue) -> Made {
    let value = json(&value.value);
    Made {
        constant: Some(value.clone()),
        ..Made::new(type_of(&value))
    }
}

fn json(value: &Scalar) -> serde_json::Value {
    match value {
        Scalar::String(text) => text.as_str().into(),
        Scalar::Integer(number) => (*number).into(),
    }
}

/// Bytes are text in JSON; only a part of a form is bytes as they are.
fn in_json(ty: &Type) -> Type {
    match ty {
        Type::String(StringKind::Binary) => Type::String(StringKind::Text),
        ty => ty.clone(),
    }
}

/// How many containers stand in each other.
fn depth(ty: &Type) -> usize {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => 1 + depth(inner),
        Type::Tuple(tuple) => 1 + tuple.types().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

fn names_a_type(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => names_a_type(inner),
        Type::Tuple(tuple) => tuple.types().any(names_a_type),
        _ => false,
    }
}
