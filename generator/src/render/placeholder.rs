//! Placeholders: the values of fields before a decoder has read them.
//!
//! A decoder fills a value of placeholders in place. A required field starts with a placeholder such as
//! an empty string, and the runtime records whether it was read. One variable per field, from which the
//! value is built at the end, would double the code.

use super::imports::Imports;
use super::sample_expr;
use crate::plan::{FieldInit, FieldPlan, FieldWrapper, ItemKind, Plan, RustType};

/// Most fields for which the runtime can record whether they were read.
const MAX_TRACKED_FIELDS: usize = 256;

/// Returns the placeholder of each field; `None` if a field has no placeholder.
pub(super) fn field_placeholders(
    plan: &Plan<'_>,
    fields: &[FieldPlan<'_>],
    imports: &mut Imports,
) -> Option<Vec<String>> {
    let starts = |imports: &mut Imports| {
        let starts = fields.iter().map(|field| start(plan, field, imports));
        starts.collect::<Option<Vec<_>>>()
    };
    // The first pass does not add imports, because the placeholders may not be used.
    let possible = fields.len() <= MAX_TRACKED_FIELDS && starts(&mut Imports::default()).is_some();
    possible.then(|| starts(imports))?
}

/// Returns the value of an absent field.
pub(super) const fn absent_value(field: &FieldPlan<'_>) -> &'static str {
    match field.wrapper {
        FieldWrapper::Nullable => "Nullable::Absent",
        _ => "None",
    }
}

fn start(plan: &Plan<'_>, field: &FieldPlan<'_>, imports: &mut Imports) -> Option<String> {
    match (field.wrapper, &field.initial) {
        (FieldWrapper::Plain, FieldInit::Constant(value)) => {
            Some(sample_expr::constant_text(plan, &field.ty, value, imports))
        }
        (FieldWrapper::Plain, _) => placeholder(plan, &field.ty, imports),
        _ => Some(absent_value(field).to_owned()),
    }
}

/// Returns a placeholder of a type that has one without an allocation.
fn placeholder(plan: &Plan<'_>, rust: &RustType, imports: &mut Imports) -> Option<String> {
    Some(match rust {
        RustType::Unit => "()".to_owned(),
        RustType::Bool => "false".to_owned(),
        RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => "0".to_owned(),
        RustType::F64 => "0.0".to_owned(),
        RustType::ExactNumber => {
            imports.runtime(&["ExactNumber"]);
            "ExactNumber::ZERO".to_owned()
        }
        RustType::Base64 => {
            imports.runtime(&["Base64Bytes"]);
            "Base64Bytes::new()".to_owned()
        }
        RustType::String => "String::new()".to_owned(),
        RustType::Secret => {
            imports.runtime(&["Secret"]);
            "Secret::from(\"\")".to_owned()
        }
        RustType::Value => {
            imports.runtime(&["Value"]);
            "Value::Null".to_owned()
        }
        RustType::DateTime | RustType::Date => {
            imports.codec(&["placeholder"]);
            "placeholder()".to_owned()
        }
        RustType::Vec(_) => "Vec::new()".to_owned(),
        RustType::Map(_) => "BTreeMap::new()".to_owned(),
        RustType::Option(_) => "None".to_owned(),
        RustType::Nullable(_) => {
            imports.codec(&["Nullable"]);
            "Nullable::Absent".to_owned()
        }
        RustType::Tuple(types) => {
            let types = types.iter().map(|ty| placeholder(plan, ty, imports));
            let types: Vec<_> = types.collect::<Option<_>>()?;
            tuple_text(&types)
        }
        RustType::OpenTuple(types, _) => {
            let types = types.iter().map(|ty| placeholder(plan, ty, imports));
            let types: Vec<_> = types.collect::<Option<_>>()?;
            imports.runtime(&["OpenTuple"]);
            format!("OpenTuple::from({})", tuple_text(&types))
        }
        RustType::Item(id) => {
            let item = plan.item(*id);
            let unknown = match &item.kind {
                ItemKind::Enum(list) if list.integers => "0",
                ItemKind::Enum(_) => "String::new()",
                ItemKind::Union(_) => {
                    imports.runtime(&["Value"]);
                    "Value::Null"
                }
                _ => return None,
            };
            let name = imports.use_item_text(&item.ident);
            format!("{name}::Unknown({unknown})")
        }
        // These would need an allocation, only to be replaced.
        RustType::Boxed(_) | RustType::Bytes | RustType::Upload => return None,
    })
}

/// Returns a tuple, which has a comma after its only element.
fn tuple_text(elements: &[String]) -> String {
    match elements {
        [only] => format!("({only},)"),
        elements => format!("({})", elements.join(", ")),
    }
}
