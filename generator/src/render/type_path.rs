//! Types as code anywhere in the crate can name them.

use crate::plan::{Plan, RustType};

/// The path of a type: `Vec<crate::types::Pet>`. It needs no import.
#[must_use]
pub fn type_path(plan: &Plan<'_>, rust: &RustType) -> String {
    let of = |inner: &RustType| type_path(plan, inner);
    match rust {
        RustType::Unit => "()".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::ExactNumber => "crate::ExactNumber".to_owned(),
        RustType::Base64 => "crate::Base64Bytes".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::DateTime => "crate::DateTime".to_owned(),
        RustType::Date => "crate::Date".to_owned(),
        RustType::Secret => "crate::Secret".to_owned(),
        RustType::Bytes => "crate::Bytes".to_owned(),
        RustType::Upload => "crate::Upload".to_owned(),
        RustType::Value => "crate::Value".to_owned(),
        RustType::Vec(inner) => format!("Vec<{}>", of(inner)),
        RustType::Map(inner) => format!("std::collections::BTreeMap<String, {}>", of(inner)),
        RustType::Option(inner) => format!("Option<{}>", of(inner)),
        RustType::Nullable(inner) => format!("crate::Nullable<{}>", of(inner)),
        RustType::Boxed(inner) => format!("Box<{}>", of(inner)),
        RustType::Tuple(types) => {
            let types: String = types.iter().map(|ty| of(ty) + ",").collect();
            format!("({types})")
        }
        RustType::OpenTuple(types, rest) => {
            let types: String = types.iter().map(|ty| of(ty) + ",").collect();
            format!("crate::OpenTuple<({types}), {}>", of(rest))
        }
        RustType::Item(id) => format!("crate::types::{}", plan.item(*id).ident),
    }
}
