//! Fields: their wrappers and initial values, and the constructor.

use serde_json::Value;

use super::item::{ConstructorPlan, FieldInit, FieldLocation, FieldPlan, FieldWrapper, RustType};
use super::names::{Case, RustIdent, Scope};
use crate::ir::{Field, Presence};

/// The local variables of a decoder that are not fields.
pub(super) const RESERVED_LOCALS: &[&str] = &["extra", "field", "known", "r"];

/// The names in a struct's namespace that the generator uses itself.
pub(super) const RESERVED_FIELDS: &[&str] = &["extra", "new"];

/// Plans the field of a property.
///
/// The presence is that of [`Directions::presence`](super::direction::Directions::presence), or of
/// [`Field::presence_in_requests`].
pub(super) fn plan_field<'a>(
    field: &'a Field,
    presence: Presence,
    ty: RustType,
    ident: RustIdent,
) -> FieldPlan<'a> {
    let wrapper = wrapper(presence, &ty);
    FieldPlan {
        local: ident.avoiding(RESERVED_LOCALS),
        ident,
        null_setter: None,
        wire: &field.wire,
        location: FieldLocation::Property,
        initial: choose_initial(wrapper, field.constant.as_ref(), &ty),
        ty,
        wrapper,
        docs: &field.docs,
        default: field.default.as_ref(),
        example: field.example.as_ref(),
        sample: field.sample.as_ref(),
    }
}

/// Returns the wrapper of a field's value. A type that has a `null` itself needs no second one.
pub(super) fn wrapper(presence: Presence, ty: &RustType) -> FieldWrapper {
    let own_null = matches!(ty, RustType::Value | RustType::Unit | RustType::Option(_));
    match presence {
        Presence::Required => FieldWrapper::Plain,
        Presence::Nullable if own_null => FieldWrapper::Plain,
        Presence::Nullable => FieldWrapper::Null,
        Presence::Optional if own_null => FieldWrapper::Nullable,
        Presence::Optional => FieldWrapper::Optional,
        Presence::OptionalNullable => FieldWrapper::Nullable,
    }
}

/// Returns the initial value of a field: its constant, or the default of its wrapper.
pub(super) fn choose_initial(
    wrapper: FieldWrapper,
    constant: Option<&Value>,
    ty: &RustType,
) -> FieldInit {
    match (wrapper, constant) {
        (FieldWrapper::Plain, Some(value)) if is_constant_of_type(ty, value) => {
            FieldInit::Constant(value.clone())
        }
        (FieldWrapper::Plain | FieldWrapper::Null, _) => FieldInit::Argument,
        (FieldWrapper::Optional | FieldWrapper::Nullable, _) => FieldInit::Default,
    }
}

/// Whether a constant is a value of the type. The model guarantees that the constant of an enum is one
/// of its values.
pub(super) fn is_constant_of_type(ty: &RustType, value: &Value) -> bool {
    match ty {
        RustType::String => value.is_string(),
        RustType::Bool => value.is_boolean(),
        RustType::I64 => value.is_i64(),
        RustType::U64 => value.is_u64(),
        RustType::F64 => value.is_number(),
        RustType::Vec(inner) => **inner == RustType::Value && value.is_array(),
        RustType::Map(inner) => **inner == RustType::Value && value.is_object(),
        RustType::Item(_) => value.is_string() || value.is_i64(),
        _ => false,
    }
}

/// Names the setters to `null`, after all fields have been named.
pub(super) fn name_null_setters(fields: &mut [FieldPlan<'_>], scope: &mut Scope) {
    for field in fields
        .iter_mut()
        .filter(|field| field.wrapper == FieldWrapper::Nullable)
    {
        field.null_setter = Some(null_setter(&field.ident, scope));
    }
}

fn null_setter(ident: &RustIdent, scope: &mut Scope) -> RustIdent {
    scope.claim(
        &crate::ir::Words::split(ident.as_str()).with("null"),
        Case::Snake,
    )
}

/// Plans the arguments of `new`, and whether `Default` can be derived.
pub(super) fn plan_constructor(fields: &[FieldPlan<'_>]) -> ConstructorPlan {
    let required: Vec<usize> = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.initial == FieldInit::Argument)
        .map(|(i, _)| i)
        .collect();
    let derives_default = fields
        .iter()
        .all(|field| field.initial == FieldInit::Default);
    ConstructorPlan {
        required,
        derives_default,
    }
}
