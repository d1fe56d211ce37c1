//! Names that have a number because another name of their namespace is the same.

use std::collections::{BTreeMap, HashSet};

use super::{Case, FieldPlan, Item, ItemKind, Plan, RustIdent, RustType, Scope};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Operation, Scalar};
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

/// Returns the names of a namespace that have a number because the name without it is taken. Each name
/// is given with whether the document has the number itself.
fn find_numbered(names: &[(&RustIdent, bool)]) -> Vec<String> {
    let scope: HashSet<&str> = names.iter().map(|(ident, _)| ident.as_str()).collect();
    let numbered = names.iter().filter(|(ident, has_own_number)| {
        !has_own_number && remove_number(ident).is_some_and(|name| scope.contains(name))
    });
    numbered.map(|(ident, _)| ident.to_string()).collect()
}

/// Returns the numbered names within items. `list_names` returns the names of an item.
fn find_in_items<'p>(
    plan: &'p Plan<'_>,
    list_names: impl Fn(&'p Item<'_>) -> Vec<(&'p RustIdent, bool)>,
) -> Vec<NumberedName> {
    let items = plan.items.iter();
    let found = items.flat_map(|item| {
        let names = find_numbered(&list_names(item)).into_iter();
        names.map(move |name| (item, name))
    });
    found
        .map(|(item, name)| NumberedName {
            name: format!("{}::{name}", item.ident),
            pointer: pointer(plan, item),
        })
        .collect()
}

fn find_numbered_variants(plan: &Plan<'_>) -> Vec<NumberedName> {
    // The number of a variant can be that of its value or of its type.
    find_in_items(plan, |item| match &item.kind {
        ItemKind::Enum(list) => (list.variants.iter())
            .map(|(ident, value)| (ident, ends_with_digit(&value.value)))
            .collect(),
        ItemKind::Union(union) => (union.variants.iter())
            .map(|variant| {
                let has_own_number = has_type_of_name(plan, &variant.ident, &variant.ty);
                (&variant.ident, has_own_number)
            })
            .collect(),
        _ => Vec::new(),
    })
}

fn ends_with_digit(value: &Scalar) -> bool {
    match value {
        Scalar::String(text) => has_final_digit(text),
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
    find_in_items(plan, |item| match &item.kind {
        ItemKind::Struct(object) => list_field_names(&object.fields),
        _ => Vec::new(),
    })
}

/// Finds the numbered parameters of calls, which are fields of their params or arguments.
fn find_numbered_parameters(plan: &Plan<'_>) -> Vec<NumberedName> {
    let mut found = find_in_items(plan, |item| match &item.kind {
        ItemKind::Params(params) => list_field_names(&params.fields),
        _ => Vec::new(),
    });
    for resource in &plan.resources {
        for method in &resource.methods {
            let args = method.path_args.iter();
            let names = args.map(|arg| (&arg.ident, has_final_digit(arg.wire.as_str())));
            let numbered = find_numbered(&Vec::from_iter(names)).into_iter();
            found.extend(numbered.map(|argument| NumberedName {
                name: format!("{}::{}({argument})", resource.ident, method.ident),
                pointer: method.operation.pointer.clone(),
            }));
        }
    }
    found
}

fn list_field_names<'p>(fields: &'p [FieldPlan<'_>]) -> Vec<(&'p RustIdent, bool)> {
    let fields = fields.iter();
    fields
        .map(|field| (&field.ident, has_final_digit(field.wire.as_str())))
        .collect()
}

fn find_numbered_methods(plan: &Plan<'_>) -> Vec<NumberedName> {
    let mut found = Vec::new();
    for resource in &plan.resources {
        let methods = resource.methods.iter();
        let names = methods.map(|method| (&method.ident, has_number_of_its_own(method.operation)));
        for name in find_numbered(&Vec::from_iter(names)) {
            let mut methods = resource.methods.iter();
            let method = methods.find(|method| method.ident.as_str() == name);
            found.extend(method.map(|method| NumberedName {
                name: format!("{}::{name}", resource.ident),
                pointer: method.operation.pointer.clone(),
            }));
        }
    }
    found
}

/// Whether the path or the id of an operation has a number at its end: `/v2`, `create2`.
fn has_number_of_its_own(operation: &Operation) -> bool {
    let id = operation.operation_id.as_deref();
    let mut texts = id.into_iter().chain([operation.path.as_str()]);
    texts.any(has_final_digit)
}

fn has_final_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
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
