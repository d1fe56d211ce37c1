//! Types of components: which have a name, and where a name must break a cycle.

use std::slice;

use crate::diagnostics::Code;
use crate::ir::{Shape, Type, TypeId, UntypedReason};
use crate::lower::schema::builder::{MAX_COMPONENT_DEPTH, SchemaBuilder, State};
use crate::lower::schema::built_type::{BuiltType, TypeContext};
use crate::lower::schema::schema_ref::{ComponentId, RefTarget};
use crate::lower::schema::type_name::TypeNamePath;

/// Maximum size of a type that is repeated at each use.
const MAX_INLINE_SIZE: usize = 64;

impl SchemaBuilder<'_> {
    /// Builds the types of all components, in the order of the document.
    pub(in crate::lower) fn build_components(&mut self) {
        for id in self.table.ids() {
            if self.is_named(id) {
                let ty = self.reserve_component(id);
                self.set_state(id, State::Done(BuiltType::new(Type::Named(ty))));
            }
        }
        for id in self.table.ids() {
            match self.state(id).clone() {
                State::Done(BuiltType {
                    ty: Type::Named(ty),
                    ..
                }) => self.define_component(id, ty),
                _ => {
                    self.build_component(id);
                }
            }
            self.build_deferred();
        }
    }

    fn build_deferred(&mut self) {
        while let Some((id, ty)) = self.deferred.pop() {
            let built = self.build_inline_component(id);
            self.types.get_mut(ty).shape = Shape::Alias(built.with_null());
        }
    }

    fn reserve_component(&mut self, id: ComponentId) -> TypeId {
        let schema_ref = self.table.definition(id);
        let annotations = self
            .resolve_component(id)
            .map(|resolved| resolved.annotations.clone())
            .unwrap_or_default();
        let (words, owner) = (self.table.words(id).clone(), self.table.owner(id));
        let name_path = TypeNamePath::root(&words, &owner);
        self.reserve_type(TypeContext {
            name_path: &name_path,
            sources: slice::from_ref(&schema_ref.at),
            annotations: &annotations,
        })
    }

    fn define_component(&mut self, id: ComponentId, ty: TypeId) {
        let Some(resolved) = self.resolve_component(id) else {
            return;
        };
        let schema_ref = self.table.definition(id);
        let (words, owner) = (self.table.words(id).clone(), self.table.owner(id));
        let name_path = TypeNamePath::root(&words, &owner);
        let context = TypeContext {
            name_path: &name_path,
            sources: slice::from_ref(&schema_ref.at),
            annotations: &resolved.annotations,
        };
        if let Some(shape) = self.build_shape(&resolved.shape, context) {
            self.types.get_mut(ty).shape = shape;
        }
    }

    /// Returns the type of a reference to a component.
    ///
    /// Chains of references are followed in a loop, whatever their length.
    pub(in crate::lower) fn build_component(&mut self, id: ComponentId) -> BuiltType {
        let mut passed = Vec::new();
        let mut end = id;
        while matches!(self.state(end), State::New)
            && passed.len() <= self.table.ids().len()
            && let RefTarget::Component(next) = self.table.definition(end).target
        {
            passed.push(end);
            end = next;
        }
        let built = self.build_component_target(end);
        for id in passed {
            self.set_state(id, State::Done(built.clone()));
        }
        built
    }

    fn build_component_target(&mut self, id: ComponentId) -> BuiltType {
        match self.state(id).clone() {
            State::Done(mut built) => {
                built.nullable = self.is_component_nullable(id);
                built
            }
            State::Circular(ty) => BuiltType::new(Type::Named(ty)),
            State::Busy => {
                let ty = self.reserve_component(id);
                self.set_state(id, State::Circular(ty));
                BuiltType::new(Type::Named(ty))
            }
            State::New if self.depth >= MAX_COMPONENT_DEPTH => self.defer(id),
            State::New => self.build_new_component(id),
        }
    }

    fn defer(&mut self, id: ComponentId) -> BuiltType {
        let ty = self.reserve_component(id);
        self.deferred.push((id, ty));
        let built = BuiltType::new(Type::Named(ty));
        self.set_state(id, State::Done(built.clone()));
        built
    }

    fn build_new_component(&mut self, id: ComponentId) -> BuiltType {
        self.set_state(id, State::Busy);
        let mut built = self.build_inline_component(id);
        if let State::Circular(ty) = *self.state(id) {
            built = self.close_circle(id, ty, built);
        } else if size(&built.ty) > MAX_INLINE_SIZE {
            let ty = self.reserve_component(id);
            self.types.get_mut(ty).shape = Shape::Alias(built.ty);
            built.ty = Type::Named(ty);
        }
        self.set_state(id, State::Done(built.clone()));
        built
    }

    fn close_circle(&mut self, id: ComponentId, ty: TypeId, built: BuiltType) -> BuiltType {
        let endless = matches!(built.ty, Type::Named(inner) if inner == ty);
        let inner = if endless {
            let at = self.table.definition(id).at;
            self.findings.warn(
                Code::CircularSchema,
                &at,
                "this schema refers only to itself; its values are exposed as raw JSON",
            );
            Type::Untyped(UntypedReason::Unsupported)
        } else {
            built.ty
        };
        self.types.get_mut(ty).shape = Shape::Alias(inner);
        BuiltType {
            ty: Type::Named(ty),
            ..built
        }
    }

    fn build_inline_component(&mut self, id: ComponentId) -> BuiltType {
        let Some(resolved) = self.resolve_component(id) else {
            return BuiltType::new(Type::Untyped(UntypedReason::Unsupported));
        };
        let schema_ref = self.table.definition(id);
        let (words, owner) = (self.table.words(id).clone(), self.table.owner(id));
        let name_path =
            TypeNamePath::root(&words, &owner).singular_is_taken(self.table.singular_is_taken(id));
        self.depth += 1;
        let built = self.build_resolved(&resolved, &name_path, slice::from_ref(&schema_ref.at));
        self.depth -= 1;
        built
    }
}

/// Returns the number of types inside a type.
fn size(ty: &Type) -> usize {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => 1 + size(inner),
        Type::Tuple(tuple) => tuple.types().map(size).sum::<usize>() + 1,
        _ => 1,
    }
}
