//! The statement by which a sample prints a value: preferably a field that identifies it.

use crate::plan::{FieldPlan, FieldWrapper, ItemKind, Plan, RustType, StructPlan};

/// Deepest nesting of a field that a sample prints.
const MAX_DEPTH: usize = 2;

/// A value that a sample prints.
enum Printed {
    /// The value itself.
    Display(String),
    /// The value as its `Debug` shows it.
    Debug(String),
    /// The number of its elements, and their noun.
    Count(String, &'static str),
}

impl Printed {
    fn statement(&self) -> String {
        let is_name = |value: &str| value.chars().all(|c| c.is_alphanumeric() || c == '_');
        match self {
            Self::Display(value) if is_name(value) => format!("println!(\"{{{value}}}\");"),
            Self::Display(value) => format!("println!(\"{{}}\", {value});"),
            Self::Debug(value) if is_name(value) => format!("println!(\"{{{value}:?}}\");"),
            Self::Debug(value) => format!("println!(\"{{:?}}\", {value});"),
            Self::Count(value, noun) => format!("println!(\"{{}} {noun}\", {value}.len());"),
        }
    }
}

/// Returns the statement that prints a value of a type. A value without content has none.
pub(super) fn print_statement(plan: &Plan<'_>, ty: &RustType, value: &str) -> Option<String> {
    if *ty == RustType::Unit {
        return None;
    }
    let printed = find_printed(plan, ty, value.to_owned(), 0);
    let printed = printed.unwrap_or_else(|| Printed::Debug(value.to_owned()));
    Some(printed.statement())
}

/// Returns the statement that prints a field of a value.
pub(super) fn print_field(plan: &Plan<'_>, field: &FieldPlan<'_>, value: &str) -> String {
    let value = format!("{value}.{}", field.ident);
    let printed = match field.wrapper {
        FieldWrapper::Plain => find_printed(plan, &field.ty, value.clone(), MAX_DEPTH),
        _ => None,
    };
    printed.unwrap_or(Printed::Debug(value)).statement()
}

fn find_printed(plan: &Plan<'_>, ty: &RustType, value: String, depth: usize) -> Option<Printed> {
    match ty {
        RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F64
        | RustType::ExactNumber
        | RustType::String
        | RustType::DateTime
        | RustType::Date
        | RustType::Value => Some(Printed::Display(value)),
        RustType::Bytes => Some(Printed::Count(value, "bytes")),
        RustType::Vec(_) | RustType::Map(_) => Some(Printed::Count(value, "items")),
        RustType::Boxed(inner) => find_printed(plan, inner, value, depth),
        RustType::Item(id) => match &plan.item(*id).kind {
            ItemKind::Enum(_) => Some(Printed::Display(value)),
            ItemKind::Alias(alias) => find_printed(plan, &alias.ty, format!("{value}.0"), depth),
            ItemKind::TypeAlias(ty) => find_printed(plan, ty, value, depth),
            ItemKind::Struct(object) if depth < MAX_DEPTH => {
                find_in_struct(plan, object, &value, depth)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Finds a field that identifies an object: its id, its name, or another scalar.
fn find_in_struct(
    plan: &Plan<'_>,
    object: &StructPlan<'_>,
    value: &str,
    depth: usize,
) -> Option<Printed> {
    // Code that uses a deprecated field has a warning.
    let current = object.fields.iter().filter(|field| !field.docs.deprecated);
    let find = |field: &FieldPlan<'_>, depth| {
        find_printed(plan, &field.ty, format!("{value}.{}", field.ident), depth)
    };
    let fields = current
        .clone()
        .filter(|field| field.wrapper == FieldWrapper::Plain);
    let scalars = fields
        .clone()
        .filter_map(|field| match find(field, MAX_DEPTH)? {
            printed @ Printed::Display(_) => Some((rank(field), printed)),
            _ => None,
        });
    if let Some((_, printed)) = scalars.min_by_key(|(rank, _)| *rank) {
        return Some(printed);
    }
    let mut nested = fields.clone();
    if let Some(printed) = nested.find_map(|field| find(field, depth + 1)) {
        return Some(printed);
    }
    let mut current = current;
    let field = current.find(|field| matches!(find(field, MAX_DEPTH), Some(Printed::Display(_))));
    field.map(|field| Printed::Debug(format!("{value}.{}", field.ident)))
}

/// The rank of a field as the identity of its object.
fn rank(field: &FieldPlan<'_>) -> u8 {
    match field.ident.as_str() {
        "id" => 0,
        name if name.ends_with("_id") => 1,
        "name" | "title" => 2,
        _ if field.ty == RustType::String => 3,
        _ => 4,
    }
}
