//! JSON values as Rust code: `json!` for short values, and text for long ones.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::source::text::is_special;

/// Longest JSON in a `json!` macro. Longer JSON is parsed from a string, because the macro recurses for
/// each token.
const MAX_MACRO_JSON_BYTES: usize = 400;

/// Returns the expression of a JSON value.
///
/// `serde_json` is the path of that crate.
pub(super) fn json(value: &Value, serde_json: &TokenStream) -> TokenStream {
    if value.to_string().len() > MAX_MACRO_JSON_BYTES {
        let text = json_text(value);
        return quote!(#serde_json::from_str(#text).expect("JSON"));
    }
    let value = json_tokens(value);
    quote!(#serde_json::json!(#value))
}

/// Returns indented JSON as a raw string.
pub(super) fn json_text(value: &Value) -> TokenStream {
    let short = value.to_string();
    let text = if short.len() <= 60 {
        short
    } else {
        format!("{value:#}")
    };
    if text.contains(|c| (is_special(c) && c != '\n') || c == '\u{feff}') {
        return quote!(#text);
    }
    let hashes = "#".repeat(
        (1..)
            .find(|n| !text.contains(&format!("\"{}", "#".repeat(*n))))
            .unwrap_or(1),
    );
    format!("r{hashes}\"{text}\"{hashes}")
        .parse()
        .expect("a raw string is a token")
}

fn json_tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => number_tokens(number),
        Value::String(text) => quote!(#text),
        Value::Array(items) => {
            let items = items.iter().map(json_tokens);
            quote!([#(#items),*])
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = json_tokens(value);
                quote!(#key: #value)
            });
            quote!({#(#members),*})
        }
    }
}

fn number_tokens(number: &serde_json::Number) -> TokenStream {
    if let Some(value) = number.as_u64() {
        let literal = if i32::try_from(value).is_ok() {
            Literal::u64_unsuffixed(value)
        } else {
            Literal::u64_suffixed(value)
        };
        return quote!(#literal);
    }
    if let Some(value) = number.as_i64() {
        let literal = Literal::u64_unsuffixed(value.unsigned_abs());
        return quote!(-#literal);
    }
    float(number.as_f64().unwrap_or_default())
}

/// Returns a floating-point literal.
pub(super) fn float(value: f64) -> TokenStream {
    let literal = Literal::f64_unsuffixed(value.abs());
    if value.is_sign_negative() {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}
