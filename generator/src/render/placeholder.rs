//! What a member of an object is before it is read.
//!
//! An object is read into a value that begins without its members. A member that the object must
//! have begins as something that is no answer, such as an empty text, and that it was read is kept
//! apart: to have a variable for each, and to make a value of them in the end, is twice the code.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::sample_expr;
use crate::plan::{FieldInit, FieldPlan, FieldWrapper, ItemKind, Plan, RustType};

/// As many members the runtime can tell whether they were read.
const MAX_TRACKED_FIELDS: usize = 256;

/// What each member begins as, unless one of them has nothing to begin as.
pub(super) fn fields(
    plan: &Plan<'_>,
    fields: &[FieldPlan<'_>],
    imports: &mut Imports,
) -> Option<Vec<TokenStream>> {
    let starts = |imports: &mut Imports| {
        let starts = fields.iter().map(|field| start(plan, field, imports));
        starts.collect::<Option<Vec<_>>>()
    };
    // Nothing is imported for a start that is not made.
    let possible = fields.len() <= MAX_TRACKED_FIELDS && starts(&mut Imports::default()).is_some();
    possible.then(|| starts(imports))?
}

/// What a member is where it may be absent.
pub(super) fn absent(field: &FieldPlan<'_>) -> TokenStream {
    match field.wrapper {
        FieldWrapper::Nullable => quote!(Nullable::Absent),
        _ => quote!(None),
    }
}

fn start(plan: &Plan<'_>, field: &FieldPlan<'_>, imports: &mut Imports) -> Option<TokenStream> {
    match (field.wrapper, &field.initial) {
        (FieldWrapper::Plain, FieldInit::Constant(value)) => {
            Some(sample_expr::constant(plan, &field.ty, value, imports))
        }
        (FieldWrapper::Plain, _) => placeholder(plan, &field.ty, imports),
        _ => Some(absent(field)),
    }
}

/// A value that says nothing, of a type that has one at no cost.
fn placeholder(plan: &Plan<'_>, rust: &RustType, imports: &mut Imports) -> Option<TokenStream> {
    Some(match rust {
        RustType::Unit => quote!(()),
        RustType::Bool => quote!(false),
        RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => quote!(0),
        RustType::F64 => quote!(0.0),
        RustType::ExactNumber => {
            imports.runtime(&["ExactNumber"]);
            quote!(ExactNumber::ZERO)
        }
        RustType::Base64 => {
            imports.runtime(&["Base64Bytes"]);
            quote!(Base64Bytes::new())
        }
        RustType::String => quote!(String::new()),
        RustType::Secret => {
            imports.runtime(&["Secret"]);
            quote!(Secret::from(""))
        }
        RustType::Value => {
            imports.runtime(&["Value"]);
            quote!(Value::Null)
        }
        RustType::DateTime | RustType::Date => {
            imports.codec(&["placeholder"]);
            quote!(placeholder())
        }
        RustType::Vec(_) => quote!(Vec::new()),
        RustType::Map(_) => quote!(BTreeMap::new()),
        RustType::Option(_) => quote!(None),
        RustType::Nullable(_) => {
            imports.codec(&["Nullable"]);
            quote!(Nullable::Absent)
        }
        RustType::Tuple(types) => {
            let types = types.iter().map(|ty| placeholder(plan, ty, imports));
            let types: Vec<_> = types.collect::<Option<_>>()?;
            quote!((#(#types,)*))
        }
        RustType::OpenTuple(types, _) => {
            let types = types.iter().map(|ty| placeholder(plan, ty, imports));
            let types: Vec<_> = types.collect::<Option<_>>()?;
            imports.runtime(&["OpenTuple"]);
            quote!(OpenTuple::from((#(#types,)*)))
        }
        RustType::Item(id) => {
            let item = plan.item(*id);
            let unknown = match &item.kind {
                ItemKind::Enum(list) if list.integers => quote!(0),
                ItemKind::Enum(_) => quote!(String::new()),
                ItemKind::Union(_) => {
                    imports.runtime(&["Value"]);
                    quote!(Value::Null)
                }
                _ => return None,
            };
            let name = imports.use_item(&item.ident);
            quote!(#name::Unknown(#unknown))
        }
        // It would be on the heap, to be thrown away.
        RustType::Boxed(_) | RustType::Bytes | RustType::Upload => return None,
    })
}
