//! The types of components: which have a name, and where a name must break a
//! circle.

use std::slice;

use super::{Made, Site};
use crate::ir::{Shape, Type, TypeId, UntypedReason};
use crate::lower::schema::schema_ref::{ComponentId, Target};
use crate::lower::schema::schemas::{Schemas, State};
use crate::lower::schema::shape::{Form, Formed};
use crate::lower::schema::type_name::Place;

/// The greatest type that is repeated where it is used.
const LARGEST_INLINE: usize = 64;

/// How deep the stack may be before a component is left for later.
const DEEPEST: usize = 100;

impl Schemas<'_> {
    /// Makes the types of all components, in the order of the document.
    pub(in crate::lower) fn make_components(&mut self) {
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
            sources: slice::from_ref(&node.at),
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
            sources: slice::from_ref(&node.at),
            notes: &formed.notes,
        };
        if let Some(shape) = self.shape(&formed.form, site) {
            self.types.get_mut(ty).shape = shape;
        }
    }

    /// The type of a reference to a component.
    ///
    /// Components that only refer to others are followed in a loop, as many as there are.
    pub(in crate::lower) fn make_component(&mut self, id: ComponentId) -> Made {
        let mut passed = Vec::new();
        let mut end = id;
        while matches!(self.state(end), State::New)
            && passed.len() <= self.ids().len()
            && let Target::Component(next) = self.definition(end).target
        {
            passed.push(end);
            end = next;
        }
        let made = self.make_last(end);
        for id in passed {
            self.set_state(id, State::Done(made.clone()));
        }
        made
    }

    fn make_last(&mut self, id: ComponentId) -> Made {
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
        let made = self.make_formed(&formed, &place, slice::from_ref(&node.at));
        self.depth -= 1;
        made
    }
}

/// How much there is to write when the type is written out.
fn size(ty: &Type) -> usize {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => 1 + size(inner),
        Type::Tuple(tuple) => tuple.types().map(size).sum::<usize>() + 1,
        _ => 1,
    }
}
