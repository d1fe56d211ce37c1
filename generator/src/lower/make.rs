//! From forms to types.

use super::form::{Alternative, Form, Formed, Member, Object, Source};
use super::node::{ComponentId, Node};
use super::notes::Notes;
use super::place::{Part, Place};
use super::scalar::type_of;
use super::schemas::{Schemas, State};
use crate::ir::{
    Additional, Enum, EnumValue, Field, Presence, Scalar, Shape, StringKind, Struct, Tagging, Type,
    TypeDef, TypeId, Union, UntypedReason, Variant, WireName, Words,
};
use crate::load::Pointer;

/// A type where a schema is used.
#[derive(Debug, Clone)]
pub(super) struct Made {
    /// The type, null apart.
    pub(super) ty: Type,
    /// Whether `null` is one of its values.
    pub(super) nullable: bool,
    /// What it always is.
    pub(super) constant: Option<serde_json::Value>,
}

impl Made {
    const fn new(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            constant: None,
        }
    }

    /// The type with its null.
    pub(super) fn whole(self) -> Type {
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
    at: &'s Pointer,
    notes: &'s Notes<'a>,
}

/// The greatest type that is repeated where it is used.
const LARGEST_INLINE: usize = 64;

/// How deep the stack may be before a component is left for later.
const DEEPEST: usize = 100;

impl<'a> Schemas<'a> {
    /// Makes the types of all components, in the order of the document.
    pub(super) fn make_components(&mut self) {
        for id in self.ids() {
            if self.is_named(id) {
                let ty = self.reserve_component(id);
                self.set_state(id, State::Done(Made::new(Type::Named(ty))));
            }
        }
        for id in self.ids() {
            match self.state(id).clone() {
                State::Done(Made {
                    ty: Type::Named(ty),
                    ..
                }) => self.define_component(id, ty),
                _ => {
                    self.make_component(id);
                }
            }
            self.make_deferred();
        }
    }

    fn make_deferred(&mut self) {
        while let Some((id, ty)) = self.deferred.pop() {
            let made = self.make_inline_component(id);
            self.types.get_mut(ty).shape = Shape::Alias(made.whole());
        }
    }

    fn reserve_component(&mut self, id: ComponentId) -> TypeId {
        let node = self.definition(id);
        let notes = self
            .component_form(id)
            .map(|formed| formed.notes.clone())
            .unwrap_or_default();
        let (words, owner) = (self.words(id).clone(), self.owner(id));
        let place = Place::root(&words, &owner);
        self.reserve(Site {
            place: &place,
            at: &node.at,
            notes: &notes,
        })
    }

    fn define_component(&mut self, id: ComponentId, ty: TypeId) {
        let Some(formed) = self.component_form(id) else {
            return;
        };
        let node = self.definition(id);
        let (words, owner) = (self.words(id).clone(), self.owner(id));
        let place = Place::root(&words, &owner);
        let site = Site {
            place: &place,
            at: &node.at,
            notes: &formed.notes,
        };
        if let Some(shape) = self.shape(&formed.form, site) {
            self.types.get_mut(ty).shape = shape;
        }
    }

    /// The type of a reference to a component.
    pub(super) fn make_component(&mut self, id: ComponentId) -> Made {
        match self.state(id).clone() {
            State::Done(mut made) => {
                made.nullable = self.component_is_nullable(id);
                made
            }
            State::Circular(ty) => Made::new(Type::Named(ty)),
            State::Busy => {
                let ty = self.reserve_component(id);
                self.set_state(id, State::Circular(ty));
                Made::new(Type::Named(ty))
            }
            State::New if self.depth >= DEEPEST => self.defer(id),
            State::New => self.make_new(id),
        }
    }

    fn component_is_nullable(&mut self, id: ComponentId) -> bool {
        self.is_nullable(&Formed::new(Form::Same(id)))
    }

    fn defer(&mut self, id: ComponentId) -> Made {
        let ty = self.reserve_component(id);
        self.deferred.push((id, ty));
        let made = Made::new(Type::Named(ty));
        self.set_state(id, State::Done(made.clone()));
        made
    }

    fn make_new(&mut self, id: ComponentId) -> Made {
        self.set_state(id, State::Busy);
        let mut made = self.make_inline_component(id);
        if let State::Circular(ty) = *self.state(id) {
            made = self.close_circle(id, ty, made);
        } else if size(&made.ty) > LARGEST_INLINE {
            let ty = self.reserve_component(id);
            self.types.get_mut(ty).shape = Shape::Alias(made.ty);
            made.ty = Type::Named(ty);
        }
        self.set_state(id, State::Done(made.clone()));
        made
    }

    fn close_circle(&mut self, id: ComponentId, ty: TypeId, made: Made) -> Made {
        let endless = matches!(made.ty, Type::Named(inner) if inner == ty);
        let inner = if endless {
            let at = self.definition(id).at;
            self.findings.warn(
                "circular-schema",
                &at,
                "this schema is defined by itself alone; it is left as raw JSON",
            );
            Type::Untyped(UntypedReason::Unsupported)
        } else {
            made.ty
        };
        self.types.get_mut(ty).shape = Shape::Alias(inner);
        Made {
            ty: Type::Named(ty),
            ..made
        }
    }

    fn make_inline_component(&mut self, id: ComponentId) -> Made {
        let Some(formed) = self.component_form(id) else {
            return Made::new(Type::Untyped(UntypedReason::Unsupported));
        };
        let node = self.definition(id);
        let (words, owner) = (self.words(id).clone(), self.owner(id));
        let place = Place::root(&words, &owner).crowded(self.is_crowded(id));
        self.depth += 1;
        let made = self.make_formed(&formed, &place, &node.at);
        self.depth -= 1;
        made
    }

    /// The type of a schema that is used here.
    pub(super) fn make(&mut self, node: &Node<'a>, place: &Place<'_>) -> Made {
        let formed = self.form(node);
        self.make_formed(&formed, place, &node.at)
    }

    /// The type of a schema whose form is known.
    pub(super) fn make_formed(
        &mut self,
        formed: &Formed<'a>,
        place: &Place<'_>,
        at: &Pointer,
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
            Form::Plain(ty) => Made::new(in_place(ty, place)),
            Form::Constant(ty, value) => Made {
                constant: Some(value.clone()),
                ..Made::new(ty.clone())
            },
            form => Made::new(self.make_type(
                form,
                Site {
                    place,
                    at,
                    notes: &formed.notes,
                },
            )),
        };
        made.nullable |= formed.nullable;
        made
    }

    fn make_type(&mut self, form: &Form<'a>, site: Site<'_, 'a>) -> Type {
        match form {
            Form::Array(elements) => {
                Type::Array(Box::new(self.any_of(elements, &site.place.item(), site.at)))
            }
            Form::Tuple(elements) => {
                let place = site.place.item();
                Type::Tuple(
                    elements
                        .iter()
                        .map(|element| self.make(element, &place).whole())
                        .collect(),
                )
            }
            Form::Map(values) => {
                Type::Map(Box::new(self.any_of(values, &site.place.value(), site.at)))
            }
            form => self.make_named(form, site),
        }
    }

    fn make_named(&mut self, form: &Form<'a>, site: Site<'_, 'a>) -> Type {
        let id = self.reserve(site);
        match self.shape(form, site) {
            Some(shape) => {
                self.types.get_mut(id).shape = shape;
                Type::Named(id)
            }
            None => Type::Untyped(UntypedReason::Unsupported),
        }
    }

    /// The type of a value that is of any of these schemas; raw JSON if there are none.
    fn any_of(&mut self, nodes: &[Node<'a>], place: &Place<'_>, at: &Pointer) -> Type {
        match nodes {
            [] => Type::Untyped(UntypedReason::Declared),
            [only] => {
                let formed = self.form(only);
                self.make_once(only, &formed, place).whole()
            }
            many => {
                let formed = self.form_any(many);
                self.make_formed(&formed, place, at).whole()
            }
        }
    }

    /// Makes an inline schema once, however many inherit it.
    pub(super) fn make_once(
        &mut self,
        node: &Node<'a>,
        formed: &Formed<'a>,
        place: &Place<'_>,
    ) -> Made {
        let Some(schema) = node.schema().filter(|_| place.part() == Part::Json) else {
            return self.make_formed(formed, place, &node.at);
        };
        let key = std::ptr::from_ref(schema);
        if let Some(made) = self.made.get(&key) {
            return made.clone();
        }
        let made = self.make_formed(formed, place, &node.at);
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
            pointer: site.at.clone(),
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
                let tagging = union
                    .tag
                    .clone()
                    .map_or(Tagging::Untagged, Tagging::Property);
                Some(Shape::Union(Union { variants, tagging }))
            }
            _ => None,
        }
    }

    fn make_variant(&mut self, alternative: &Alternative<'a>, site: Site<'_, 'a>) -> Variant {
        let place = site.place.variant(&alternative.name);
        let made = self.make_formed(&alternative.formed, &place, &alternative.at);
        Variant {
            name: alternative.name.clone(),
            ty: made.ty,
            tags: alternative.tags.clone(),
            docs: alternative.formed.notes.docs(),
        }
    }

    fn make_struct(&mut self, object: &Object<'a>, site: Site<'_, 'a>) -> Struct {
        let fields = object
            .members
            .iter()
            .map(|(name, member)| self.make_field(name, member, site.place))
            .collect();
        let additional = match object.additional.as_slice() {
            [] => Additional::Kept,
            values => match self.any_of(values, &site.place.value(), site.at) {
                Type::Untyped(_) => Additional::Kept,
                ty => Additional::Typed(ty),
            },
        };
        Struct { fields, additional }
    }

    fn make_field(&mut self, name: &str, member: &Member<'a>, place: &Place<'_>) -> Field {
        let formed = self.form_member(member);
        let made = self.make_member(name, member, &formed, place);
        let all = self.notes_of(&formed);
        // What is said of a type with a name is said where it is declared.
        let own = if names_a_type(&made.ty) {
            &formed.notes
        } else {
            &all
        };
        Field {
            wire: WireName::new(name),
            name: Words::split(name),
            presence: Presence::new(member.required, made.nullable),
            constant: made.constant.or_else(|| self.only_value_of(&formed)),
            ty: made.ty,
            travel: all.travel(),
            default: all.default_value().cloned(),
            docs: own.docs(),
            example: own.example().cloned(),
            pointer: member
                .sources
                .last()
                .map(|source| source.node.at.clone())
                .unwrap_or_default(),
        }
    }

    /// The type of a property. What a component declares is named for that
    /// component, also where another inherits it.
    fn make_member(
        &mut self,
        name: &str,
        member: &Member<'a>,
        formed: &Formed<'a>,
        place: &Place<'_>,
    ) -> Made {
        match member.sources.as_slice() {
            [
                Source {
                    node,
                    origin: Some(origin),
                },
            ] if !formed.form.is_settled() => {
                let (words, owner) = (self.words(*origin).clone(), self.owner(*origin));
                let place = Place::root(&words, &owner);
                self.make_once(node, formed, &place.property(name))
            }
            [Source { node, .. }] => self.make_once(node, formed, &place.property(name)),
            sources => {
                let at = sources
                    .last()
                    .map(|source| source.node.at.clone())
                    .unwrap_or_default();
                self.make_formed(formed, &place.property(name), &at)
            }
        }
    }

    /// What is said of a property, by itself and by what it refers to.
    fn notes_of(&mut self, formed: &Formed<'a>) -> Notes<'a> {
        let mut notes = formed.notes.clone();
        if formed.form.is_settled()
            && let Some(target) = self.underlying(formed)
        {
            notes.extend(&target.notes);
        }
        notes
    }

    /// The only value of a form that has one.
    fn only_value_of(&mut self, formed: &Formed<'a>) -> Option<serde_json::Value> {
        match &self.underlying(formed)?.form {
            Form::Constant(_, value) => Some(value.clone()),
            Form::Enum(values) => match values.as_slice() {
                [only] => Some(json(&only.value)),
                _ => None,
            },
            _ => None,
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
fn in_place(ty: &Type, place: &Place<'_>) -> Type {
    match ty {
        Type::String(StringKind::Binary) if place.part() != Part::Field => {
            Type::String(StringKind::Text)
        }
        ty => ty.clone(),
    }
}

fn names_a_type(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => names_a_type(inner),
        Type::Tuple(list) => list.iter().any(names_a_type),
        _ => false,
    }
}

/// How much there is to write when the type is written out.
fn size(ty: &Type) -> usize {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => 1 + size(inner),
        Type::Tuple(list) => list.iter().map(size).sum::<usize>() + 1,
        _ => 1,
    }
}
