//! Fields: what holds a value, what it starts as, and what `new` takes.

use serde_json::Value;

use super::item::{ConstructorPlan, FieldPlan, Holder, Init, RustType};
use super::names::{Case, RustIdent, Scope};
use crate::ir::{Field, Presence, Travel};

/// The local variables of a decoder that are ours.
pub(super) const LOCALS: &[&str] = &["extra", "field", "known", "r"];

/// The names of a struct's namespace that are ours.
pub(super) const RESERVED: &[&str] = &["extra", "new"];

/// The field of a property.
///
/// `two_way` says that values of the struct are both sent and received: what
/// only travels one way must then be free to be absent.
pub(super) fn field<'a>(
    field: &'a Field,
    ty: RustType,
    two_way: bool,
    scope: &mut Scope,
) -> FieldPlan<'a> {
    let presence = match field.travel {
        Travel::Both => field.presence,
        Travel::ReadOnly | Travel::WriteOnly if !two_way => field.presence,
        Travel::ReadOnly | Travel::WriteOnly => field.presence.optional(),
    };
    let holder = holder(presence, &ty);
    let ident = scope.claim(&field.name, Case::Snake);
    FieldPlan {
        local: ident.beside(LOCALS),
        ident,
        null_setter: None,
        wire: &field.wire,
        init: init(holder, field.constant.as_ref(), &ty),
        ty,
        holder,
        docs: &field.docs,
        default: field.default.as_ref(),
        example: field.example.as_ref(),
    }
}

/// What holds a value: a type with a `null` of its own needs no second one.
pub(super) fn holder(presence: Presence, ty: &RustType) -> Holder {
    let own_null = matches!(ty, RustType::Value | RustType::Unit | RustType::Option(_));
    match presence {
        Presence::Required => Holder::Plain,
        Presence::Nullable if own_null => Holder::Plain,
        Presence::Nullable => Holder::Null,
        Presence::Optional if own_null => Holder::Nullable,
        Presence::Optional => Holder::Optional,
        Presence::OptionalNullable => Holder::Nullable,
    }
}

/// What a value starts as that has only one it can be, or any.
pub(super) fn init(holder: Holder, constant: Option<&Value>, ty: &RustType) -> Init {
    match (holder, constant) {
        (Holder::Plain, Some(value)) if is_a(ty, value) => Init::Constant(value.clone()),
        (Holder::Plain | Holder::Null, _) => Init::Argument,
        (Holder::Optional | Holder::Nullable, _) => Init::Default,
    }
}

/// Whether a constant can stand for a value of the type. An enum is written by
/// its only value, of which the model has made sure that it is one of the enum's.
fn is_a(ty: &RustType, value: &Value) -> bool {
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

/// Names the setters to `null`, after all fields have their names.
pub(super) fn name_null_setters(fields: &mut [FieldPlan<'_>], scope: &mut Scope) {
    for field in fields
        .iter_mut()
        .filter(|field| field.holder == Holder::Nullable)
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

/// What `new` takes, and whether `Default` can be derived.
pub(super) fn constructor(fields: &[FieldPlan<'_>]) -> ConstructorPlan {
    let required: Vec<usize> = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.init == Init::Argument)
        .map(|(i, _)| i)
        .collect();
    let derives_default = fields.iter().all(|field| field.init == Init::Default);
    ConstructorPlan {
        required,
        derives_default,
    }
}
