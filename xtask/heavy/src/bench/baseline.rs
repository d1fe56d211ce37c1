//! The derived baseline: the same types as a person would write them with serde.
//!
//! It is as lean as a derived crate can be. It keeps no unknown properties, boxes recursion only
//! where a type would have no size, and derives only what the generated types have. It has the same
//! docs, because they are part of the library, too.

use std::fmt::Write as _;

use super::synthetic::{Api, Enum, Field, Object, TypeKind};

/// The manifest's dependencies.
pub(super) const DEPENDENCIES: &str = "\
chrono = { version = \"0.4\", default-features = false, features = [\"alloc\", \"serde\", \"std\"] }
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
";

/// The text of the crate.
pub(super) fn render(api: &Api) -> String {
    let mut text = String::from(
        "//! The derived baseline.\n\nuse serde::{Deserialize, Serialize};\nuse std::collections::BTreeMap;\n",
    );
    for object in &api.objects {
        object_text(api, object, &mut text);
    }
    for list in &api.enums {
        enum_text(list, &mut text);
    }
    for object in &api.objects {
        text.push_str(&uses(
            &object.name,
            "serde_json::from_slice(bytes).ok()",
            "serde_json::to_vec(value).unwrap_or_default()",
        ));
    }
    text
}

/// Functions that decode and encode a type, as the methods of an SDK do: what
/// is generic must be compiled in both crates.
pub(super) fn uses(name: &str, decode: &str, encode: &str) -> String {
    let lower = name.to_lowercase();
    format!(
        "\npub fn decode_{lower}(bytes: &[u8]) -> Option<{name}> {{ {decode} }}\n\
         pub fn encode_{lower}(value: &{name}) -> Vec<u8> {{ {encode} }}\n"
    )
}

fn object_text(api: &Api, object: &Object, text: &mut String) {
    let name = &object.name;
    let _ = write!(
        text,
        "\n/// `{name}`.\n#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\npub struct {name} {{\n"
    );
    for field in &object.fields {
        let (name, ty) = (&field.name, field_type(api, object, field));
        let _ = writeln!(text, "    /// `{name}`.");
        if !field.required {
            text.push_str("    #[serde(default, skip_serializing_if = \"Option::is_none\")]\n");
        }
        let _ = writeln!(text, "    pub {name}: {ty},");
    }
    text.push_str("}\n");
}

fn field_type(api: &Api, object: &Object, field: &Field) -> String {
    let target = api.target(field.kind);
    let ty = match field.kind {
        TypeKind::Text => "String".to_owned(),
        TypeKind::Integer => "i64".to_owned(),
        TypeKind::Number => "f64".to_owned(),
        TypeKind::Bool => "bool".to_owned(),
        TypeKind::DateTime => "chrono::DateTime<chrono::FixedOffset>".to_owned(),
        TypeKind::Texts => "Vec<String>".to_owned(),
        TypeKind::Map => "BTreeMap<String, String>".to_owned(),
        TypeKind::Object(held) if api.is_recursive(object, held) => format!("Box<{target}>"),
        TypeKind::Enum(_) | TypeKind::Object(_) => target.to_owned(),
        TypeKind::Objects(_) => format!("Vec<{target}>"),
    };
    if field.required {
        ty
    } else {
        format!("Option<{ty}>")
    }
}

fn enum_text(list: &Enum, text: &mut String) {
    let name = &list.name;
    let _ = write!(
        text,
        "\n/// `{name}`.\n#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]\n\
         #[serde(rename_all = \"lowercase\")]\npub enum {name} {{\n"
    );
    for value in &list.values {
        let (first, rest) = value.split_at(value.len().min(1));
        let _ = writeln!(
            text,
            "    /// `{value}`.\n    {}{rest},",
            first.to_uppercase()
        );
    }
    text.push_str("    #[serde(untagged)]\n    Unknown(String),\n}\n");
}
