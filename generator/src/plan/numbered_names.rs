//! Names that have a number because another name of their namespace is the same.

use std::collections::{BTreeMap, HashSet};

use super::{Case, FieldPlan, Item, ItemKind, Plan, RustIdent, RustType, Scope};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::Scalar;
use crate::source::Pointer;

/// Most names that a diagnostic lists.
const MAX_LISTED: usize = 8;

/// A numbered name, with the schema that it belongs to.
struct NumberedName {
    name: String,
    pointer: Pointer,
}

/// Warns about numbered names, with one diagnostic for each kind of name. Returns their number, by
/// kind.
pub(super) fn warn_of_numbered_names(
    plan: &Plan<'_>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<&'static str, usize> {
    let kinds = [
        (
            "type",
            find_numbered_types(plan),
            "Name them in `models` of `sdk.yaml`, or give their schemas a `title`.",
        ),
        (
            "variant",
            find_numbered_variants(plan),
            "Name them with `x-enum-varnames`, or give the schemas of a union a `title`.",
        ),
        (
            "field",
            find_numbered_fields(plan),
            "Name one of the properties with `x-stainless-naming` or a transform of `sdk.yaml`.",
        ),
        (
            "parameter",
            find_numbered_parameters(plan),
            "Name one of the parameters with `x-stainless-naming` or a transform of `sdk.yaml`.",
        ),
        (
            "method",
            find_numbered_methods(plan),
            "Name them in `resources` of `sdk.yaml`.",
        ),
    ];
    let mut counts = BTreeMap::new();
    for (kind, names, help) in kinds {
        let Some(first) = names.first() else {
            continue;
        };
        counts.insert(kind, names.len());
        let pointer = first.pointer.clone();
        let message = describe(kind, &names);
        diagnostics.push(Diagnostic::new(Code::NumberedName, pointer, message).help(help));
    }
    counts
}

fn describe(kind: &str, names: &[NumberedName]) -> String {
    let listed: Vec<String> = names
        .iter()
        .take(MAX_LISTED)
        .map(|numbered| format!("`{}`", numbered.name))
        .collect();
    let listed = listed.join(", ");
    let count = names.len();
    let more = match count.saturating_sub(MAX_LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match count {
        1 => format!("The {kind} {listed} has a number, because another {kind} has its name."),
        _ => format!(
            "{count} {kind}s have a number, because other {kind}s have their names: {listed}{more}."
        ),
    }
}

fn find_numbered_types(plan: &Plan<'_>) -> Vec<NumberedName> {
    let types = plan
        .items
        .iter()
        .filter(|item| is_numbered_type(plan, item));
    types
        .map(|item| NumberedName {
            name: item.ident.to_string(),
            pointer: pointer(plan, item),
        })
        .collect()
}

/// Whether the model has another name for the type of an item.
fn is_numbered_type(plan: &Plan<'_>, item: &Item<'_>) -> bool {
    let Some(def) = item.source.map(|source| plan.api.types.get(source)) else {
        return false;
    };
    let own = Scope::default().claim(&def.name, Case::Type);
    item.alias_of.is_none() && remove_number(&item.ident).is_some_and(|name| name == own.as_str())
}

fn find_numbered_variants(plan: &Plan<'_>) -> Vec<NumberedName> {
    let mut found = Vec::new();
    for item in &plan.items {
        // The number of a variant can be that of its value or of its type.
        let variants: Vec<(&RustIdent, bool)> = match &item.kind {
            ItemKind::Enum(plan) => (plan.variants.iter())
                .map(|(ident, value)| (ident, ends_with_digit(&value.value)))
                .collect(),
            ItemKind::Union(union) => (union.variants.iter())
                .map(|variant| {
                    (
                        &variant.ident,
                        has_type_of_name(plan, &variant.ident, &variant.ty),
                    )
                })
                .collect(),
            _ => continue,
        };
        let scope: HashSet<&str> = variants.iter().map(|(ident, _)| ident.as_str()).collect();
        for (ident, is_own) in &variants {
            if !is_own && remove_number(ident).is_some_and(|name| scope.contains(name)) {
                found.push(NumberedName {
                    name: format!("{}::{ident}", item.ident),
                    pointer: pointer(plan, item),
                });
            }
        }
    }
    found
}

fn ends_with_digit(value: &Scalar) -> bool {
    match value {
        Scalar::String(text) => text.ends_with(|c: char| c.is_ascii_digit()),
        Scalar::Integer(_) => true,
    }
}

/// Whether the payload of a variant is a type whose name ends as that of the variant.
fn has_type_of_name(plan: &Plan<'_>, ident: &RustIdent, ty: &RustType) -> bool {
    match ty {
        RustType::Boxed(inner) | RustType::Vec(inner) => has_type_of_name(plan, ident, inner),
        RustType::Item(id) => {
            let item = plan.item(*id);
            item.ident.as_str().ends_with(ident.as_str()) && !is_numbered_type(plan, item)
        }
        // `Int32` next to `Int`.
        RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => true,
        _ => false,
    }
}

fn find_numbered_fields(plan: &Plan<'_>) -> Vec<NumberedName> {
    let structs = plan.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Struct(object) => Some((item, &object.fields)),
        _ => None,
    });
    let fields = structs.flat_map(|(item, fields)| find_numbered(fields).map(move |it| (item, it)));
    fields
        .map(|(item, field)| NumberedName {
            name: format!("{}::{field}", item.ident),
            pointer: pointer(plan, item),
        })
        .collect()
}

/// Finds the numbered parameters of calls, which are fields of their params or arguments.
fn find_numbered_parameters(plan: &Plan<'_>) -> Vec<NumberedName> {
    let mut found = Vec::new();
    for item in &plan.items {
        if let ItemKind::Params(params) = &item.kind {
            found.extend(find_numbered(&params.fields).map(|field| NumberedName {
                name: format!("{}::{field}", item.ident),
                pointer: params.operation.pointer.clone(),
            }));
        }
    }
    for resource in &plan.resources {
        for method in &resource.methods {
            let args = method.path_args.iter();
            let names: Vec<_> = args.map(|arg| (&arg.ident, arg.wire.as_str())).collect();
            found.extend(find_numbered_among(&names).map(|argument| NumberedName {
                name: format!("{}::{}({argument})", resource.ident, method.ident),
                pointer: method.operation.pointer.clone(),
            }));
        }
    }
    found
}

fn find_numbered(fields: &[FieldPlan<'_>]) -> impl Iterator<Item = String> {
    let fields = fields.iter();
    let names: Vec<_> = fields
        .map(|field| (&field.ident, field.wire.as_str()))
        .collect();
    let found: Vec<String> = find_numbered_among(&names).collect();
    found.into_iter()
}

/// Finds the names with a number that their spelling in the document does not have.
fn find_numbered_among<'n>(
    names: &'n [(&RustIdent, &str)],
) -> impl Iterator<Item = String> + use<'n> {
    let scope: HashSet<&str> = names.iter().map(|(ident, _)| ident.as_str()).collect();
    let numbered = names.iter().filter(move |(ident, wire)| {
        let is_own = wire.ends_with(|c: char| c.is_ascii_digit());
        !is_own && remove_number(ident).is_some_and(|name| scope.contains(name))
    });
    numbered.map(|(ident, _)| ident.to_string())
}

fn find_numbered_methods(plan: &Plan<'_>) -> Vec<NumberedName> {
    let mut found = Vec::new();
    for resource in &plan.resources {
        let methods = &resource.methods;
        let scope: HashSet<&str> = methods.iter().map(|method| method.ident.as_str()).collect();
        for method in methods {
            let operation = method.operation;
            // A path or an id can have the number itself: `/v2/…`, `create2`.
            let texts = [
                operation.operation_id.as_deref(),
                Some(operation.path.as_str()),
            ];
            let is_own = texts
                .into_iter()
                .flatten()
                .any(|text| text.ends_with(|c: char| c.is_ascii_digit()));
            if !is_own && remove_number(&method.ident).is_some_and(|name| scope.contains(name)) {
                found.push(NumberedName {
                    name: format!("{}::{}", resource.ident, method.ident),
                    pointer: operation.pointer.clone(),
                });
            }
        }
    }
    found
}

fn pointer(plan: &Plan<'_>, item: &Item<'_>) -> Pointer {
    let source = item.source.map(|source| plan.api.types.get(source));
    match (source, &item.kind) {
        (Some(def), _) => def.pointer.clone(),
        (None, ItemKind::Params(params)) => params.operation.pointer.clone(),
        (None, _) => Pointer::root(),
    }
}

/// Returns a name without the number at its end, and the separator before it.
fn remove_number(ident: &RustIdent) -> Option<&str> {
    let name = ident.as_str();
    let rest = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (rest.len() < name.len()).then(|| rest.strip_suffix('_').unwrap_or(rest))
}
