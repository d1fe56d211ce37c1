//! What a member of an object is before it is read.
//!
//! An object is read into a value that begins without its members. A member that the object must
//! have begins as something that is no answer, such as an empty text, and that it was read is kept
//! apart: to have a variable for each, and to make a value of them in the end, is twice the code.

use super::imports::Imports;
use super::sample_expr;
use crate::plan::{FieldInit, FieldPlan, FieldWrapper, ItemKind, Plan, RustType};

/// As many members the runtime can tell whether they were read.
const MAX_TRACKED_FIELDS: usize = 256;

/// What each member begins as, unless one of them has nothing to begin as.
pub(super) fn field_placeholders(
    plan: &Plan<'_>,
    fields: &[FieldPlan<'_>],
    imports: &mut Imports,
) -> Option<Vec<String>> {
    let starts = |imports: &mut Imports| {
        let starts = fields.iter().map(|field| start(plan, field, imports));
        starts.collect::<Option<Vec<_>>>()
    };
    // Nothing is imported for a start that is not made.
    let possible = fields.len() <= MAX_TRACKED_FIELDS && starts(&mut Imports::default()).is_some();
    possible.then(|| starts(imports))?
}

/// What a member is where it may be absent.
pub(super) const fn absent(field: &FieldPlan<'_>) -> &'static str {
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
        _ => Some(absent(field).to_owned()),
    }
}

/// A value that says nothing, of a type that has one at no cost.
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
        // It would be on the heap, to be thrown away.
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
