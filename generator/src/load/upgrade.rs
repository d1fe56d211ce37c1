//! The version of OpenAPI of a document.
//!
//! Only this module and its children depend on versions. The result of [`load`](super) has the form
//! of 3.0.

pub(crate) mod streaming_extension;
pub(crate) mod swagger;

use serde_json::{Map, Value};

use crate::diagnostics::{Code, Diagnostic};
use crate::source::Pointer;

/// The version of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpecVersion {
    /// Swagger 2.0.
    V2,
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1 and 3.2, whose schemas are JSON Schema.
    V31,
}

impl SpecVersion {
    pub(crate) const fn is_swagger(self) -> bool {
        matches!(self, Self::V2)
    }

    pub(crate) const fn is_3_1(self) -> bool {
        matches!(self, Self::V31)
    }
}

/// Detects the version of a document.
pub(crate) fn detect(root: &Map<String, Value>) -> Result<SpecVersion, Diagnostic> {
    let swagger = root.get("swagger").and_then(version_text);
    let openapi = root.get("openapi").and_then(version_text);
    match (openapi, swagger) {
        (Some(version), _) if is_version(&version, "3.0") => Ok(SpecVersion::V30),
        (Some(version), _) if is_version(&version, "3.1") || is_version(&version, "3.2") => {
            Ok(SpecVersion::V31)
        }
        (_, Some(version)) if is_version(&version, "2.0") || version == "2" => Ok(SpecVersion::V2),
        (Some(version), _) => Err(unsupported_version("openapi", &version)),
        (None, Some(version)) => Err(unsupported_version("swagger", &version)),
        (None, None) => Err(not_openapi_diagnostic()),
    }
}

/// The diagnostic for a document that is an array or a scalar.
pub(crate) fn not_an_object_diagnostic() -> Diagnostic {
    Diagnostic::new(
        Code::NotOpenapi,
        Pointer::root(),
        "this is not an OpenAPI document: it is not an object",
    )
    .help("start the document with `openapi: 3.1.0`")
}

/// Returns a version as text. YAML reads `2.0` as a number.
fn version_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn is_version(version: &str, minor: &str) -> bool {
    version
        .strip_prefix(minor)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}

fn unsupported_version(key: &str, version: &str) -> Diagnostic {
    let message = format!("`{key}: {version}` is not a supported version");
    Diagnostic::new(
        Code::UnsupportedOpenapiVersion,
        Pointer::root().child(key),
        message,
    )
    .help("use version 2.0, 3.0, 3.1 or 3.2")
}

fn not_openapi_diagnostic() -> Diagnostic {
    Diagnostic::new(
        Code::NotOpenapi,
        Pointer::root(),
        "this is not an OpenAPI document: it has no key `openapi` or `swagger`",
    )
    .help("start the document with `openapi: 3.1.0`")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Code, SpecVersion, detect};

    fn form(root: Value) -> Result<SpecVersion, Code> {
        let Value::Object(map) = root else {
            panic!("a mapping");
        };
        detect(&map).map_err(|d| d.code)
    }

    #[test]
    fn versions_are_recognized() {
        for (root, expected) in [
            (json!({"swagger": "2.0"}), Ok(SpecVersion::V2)),
            (json!({"swagger": 2.0}), Ok(SpecVersion::V2)),
            (json!({"openapi": "3.0.3"}), Ok(SpecVersion::V30)),
            (json!({"openapi": 3.0}), Ok(SpecVersion::V30)),
            (json!({"openapi": "3.0.0-rc2"}), Ok(SpecVersion::V30)),
            (json!({"openapi": "3.1.0"}), Ok(SpecVersion::V31)),
            (json!({"openapi": "3.2.0"}), Ok(SpecVersion::V31)),
            (
                json!({"openapi": "3.10"}),
                Err(Code::UnsupportedOpenapiVersion),
            ),
            (
                json!({"openapi": "4.0.0"}),
                Err(Code::UnsupportedOpenapiVersion),
            ),
            (
                json!({"swagger": "1.2"}),
                Err(Code::UnsupportedOpenapiVersion),
            ),
            (json!({"asyncapi": "2.0.0"}), Err(Code::NotOpenapi)),
            (json!({}), Err(Code::NotOpenapi)),
        ] {
            assert_eq!(form(root.clone()), expected, "{root}");
        }
    }
}
