//! Type references: the items that an item or a type mentions.

use super::item::{FieldPlan, ItemId, ItemKind, RustType};

/// Collects the items that a type mentions.
pub(crate) fn collect_type_refs(ty: &RustType, into: &mut Vec<ItemId>) {
    match ty {
        RustType::Item(id) => into.push(*id),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => collect_type_refs(inner, into),
        RustType::Tuple(types) => types.iter().for_each(|ty| collect_type_refs(ty, into)),
        RustType::OpenTuple(types, rest) => {
            types.iter().for_each(|ty| collect_type_refs(ty, into));
            collect_type_refs(rest, into);
        }
        _ => {}
    }
}

/// Collects the items that an item refers to.
pub(super) fn collect_item_refs(kind: &ItemKind<'_>, into: &mut Vec<ItemId>) {
    let fields = |fields: &[FieldPlan<'_>], into: &mut Vec<ItemId>| {
        fields
            .iter()
            .for_each(|field| collect_type_refs(&field.ty, into));
    };
    match kind {
        ItemKind::Struct(object) => {
            fields(&object.fields, into);
            object
                .extra
                .ty
                .iter()
                .for_each(|ty| collect_type_refs(ty, into));
        }
        ItemKind::Params(params) => {
            fields(&params.fields, into);
            let extra = params.extra.as_ref().and_then(|extra| extra.ty.as_ref());
            extra.into_iter().for_each(|ty| collect_type_refs(ty, into));
        }
        ItemKind::Union(union) => union
            .variants
            .iter()
            .for_each(|v| collect_type_refs(&v.ty, into)),
        ItemKind::Outcome(outcome) => {
            outcome
                .variants
                .iter()
                .for_each(|v| collect_type_refs(&v.ty, into));
        }
        ItemKind::Alias(alias) => collect_type_refs(&alias.ty, into),
        ItemKind::TypeAlias(ty) => collect_type_refs(ty, into),
        ItemKind::Enum(_) => {}
    }
}
