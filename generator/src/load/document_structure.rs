//! The structure of documents: the kind of object at each position, in all versions.
//!
//! A `$ref` is a reference only where an object may be one. In an example it is data, and under
//! `properties` it is the name of a property. A walk that knows the kind of each value never
//! confuses them.

/// The kind of a value, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum ObjectKind {
    /// The document itself.
    Document,
    /// `components`.
    Components,
    /// A Path Item Object.
    PathItem,
    /// An Operation Object.
    Operation,
    /// `x-fern-streaming` of an operation.
    StreamingExtension,
    /// A Parameter Object.
    Parameter,
    /// A Header Object.
    Header,
    /// A Request Body Object.
    RequestBody,
    /// A Response Object.
    Response,
    /// A Media Type Object.
    MediaType,
    /// An Encoding Object.
    Encoding,
    /// An Example Object.
    Example,
    /// A Security Scheme Object.
    SecurityScheme,
    /// A schema. An array in its position is an array of schemas.
    Schema,
    /// A Discriminator Object.
    Discriminator,
    /// `mapping` of a discriminator.
    Mapping,
    /// A map or an array whose values have one kind.
    Collection(&'static Self),
    /// Data at a fixed position, such as `info` and `servers`. Its extensions are [`Self::Data`].
    Section,
    /// An arbitrary value, in which `$ref` has no meaning.
    Data,
}

impl ObjectKind {
    /// Returns the kind of the property `key` of this kind.
    pub(crate) fn child_kind(self, key: &str) -> Self {
        match self {
            Self::Document => find_document_child(key),
            Self::Components => find_components_child(key),
            Self::PathItem => find_path_item_child(key),
            Self::Operation => find_operation_child(key),
            Self::StreamingExtension if key == "response" || key == "response-stream" => {
                Self::Schema
            }
            Self::Parameter | Self::Header | Self::RequestBody => find_parameter_child(key),
            Self::Response => find_response_child(key),
            Self::MediaType => find_media_type_child(key),
            Self::Encoding if key == "headers" => Self::Collection(&Self::Header),
            Self::Schema => find_schema_child(key),
            Self::Discriminator if key == "mapping" => Self::Mapping,
            Self::Collection(item) => *item,
            Self::Section if !key.starts_with("x-") => Self::Section,
            _ => Self::Data,
        }
    }

    /// Returns the kind of the elements of an array in the position of this kind.
    pub(crate) const fn element_kind(self) -> Self {
        match self {
            Self::Collection(item) => *item,
            Self::Schema => Self::Schema,
            Self::Section => Self::Section,
            _ => Self::Data,
        }
    }

    /// Whether a reference may stand in the position of this kind.
    pub(crate) const fn is_referable(self) -> bool {
        matches!(
            self,
            Self::PathItem
                | Self::Parameter
                | Self::Header
                | Self::RequestBody
                | Self::Response
                | Self::MediaType
                | Self::Example
                | Self::SecurityScheme
                | Self::Schema
        )
    }

    /// Returns the expected kind in words, if a reference in this position can have only that kind.
    pub(crate) const fn expected_name(self) -> Option<&'static str> {
        match self {
            Self::Schema | Self::Parameter | Self::RequestBody | Self::Response => {
                self.distinct_name()
            }
            _ => None,
        }
    }

    /// Returns the kind in words, if no other kind has the same form.
    pub(crate) const fn distinct_name(self) -> Option<&'static str> {
        Some(match self {
            Self::Document => "the document",
            Self::Components => "the components",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::Header => "a header",
            Self::RequestBody => "a request body",
            Self::Response => "a response",
            Self::MediaType => "a media type",
            Self::SecurityScheme => "a security scheme",
            Self::Schema => "a schema",
            _ => return None,
        })
    }

    /// Returns the pointer to the components of this kind (2.0 or later). `None` if the values are
    /// copied to each reference instead.
    pub(crate) const fn component_section(self, swagger: bool) -> Option<&'static str> {
        Some(match (self, swagger) {
            (Self::Schema, true) => "/definitions",
            (Self::Parameter, true) => "/parameters",
            (Self::Response, true) => "/responses",
            (Self::SecurityScheme, true) => "/securityDefinitions",
            (Self::Schema, false) => "/components/schemas",
            (Self::Parameter, false) => "/components/parameters",
            (Self::Response, false) => "/components/responses",
            (Self::SecurityScheme, false) => "/components/securitySchemes",
            (Self::Header, _) => "/components/headers",
            (Self::RequestBody, _) => "/components/requestBodies",
            (Self::Example, _) => "/components/examples",
            _ => return None,
        })
    }
}

fn find_document_child(key: &str) -> ObjectKind {
    match key {
        "paths" | "webhooks" | "x-webhooks" => ObjectKind::Collection(&ObjectKind::PathItem),
        "components" => ObjectKind::Components,
        "definitions" => ObjectKind::Collection(&ObjectKind::Schema),
        "parameters" => ObjectKind::Collection(&ObjectKind::Parameter),
        "responses" => ObjectKind::Collection(&ObjectKind::Response),
        "securityDefinitions" => ObjectKind::Collection(&ObjectKind::SecurityScheme),
        "info" | "servers" | "tags" | "security" | "externalDocs" => ObjectKind::Section,
        _ => ObjectKind::Data,
    }
}

fn find_components_child(key: &str) -> ObjectKind {
    match key {
        "schemas" => ObjectKind::Collection(&ObjectKind::Schema),
        "responses" => ObjectKind::Collection(&ObjectKind::Response),
        "parameters" => ObjectKind::Collection(&ObjectKind::Parameter),
        "examples" => ObjectKind::Collection(&ObjectKind::Example),
        "requestBodies" => ObjectKind::Collection(&ObjectKind::RequestBody),
        "headers" => ObjectKind::Collection(&ObjectKind::Header),
        "securitySchemes" => ObjectKind::Collection(&ObjectKind::SecurityScheme),
        "pathItems" => ObjectKind::Collection(&ObjectKind::PathItem),
        "mediaTypes" => ObjectKind::Collection(&ObjectKind::MediaType),
        _ => ObjectKind::Data,
    }
}

fn find_path_item_child(key: &str) -> ObjectKind {
    match key {
        "parameters" => ObjectKind::Collection(&ObjectKind::Parameter),
        "additionalOperations" => ObjectKind::Collection(&ObjectKind::Operation),
        "servers" => ObjectKind::Section,
        "summary" | "description" => ObjectKind::Data,
        _ if key.starts_with("x-") => ObjectKind::Data,
        _ => ObjectKind::Operation,
    }
}

fn find_operation_child(key: &str) -> ObjectKind {
    match key {
        "parameters" => ObjectKind::Collection(&ObjectKind::Parameter),
        "requestBody" => ObjectKind::RequestBody,
        "responses" => ObjectKind::Collection(&ObjectKind::Response),
        "servers" | "tags" | "security" | "externalDocs" => ObjectKind::Section,
        "x-fern-streaming" => ObjectKind::StreamingExtension,
        _ => ObjectKind::Data,
    }
}

fn find_parameter_child(key: &str) -> ObjectKind {
    match key {
        "schema" | "items" => ObjectKind::Schema,
        "content" => ObjectKind::Collection(&ObjectKind::MediaType),
        "examples" => ObjectKind::Collection(&ObjectKind::Example),
        _ => ObjectKind::Data,
    }
}

fn find_response_child(key: &str) -> ObjectKind {
    match key {
        "schema" => ObjectKind::Schema,
        "content" => ObjectKind::Collection(&ObjectKind::MediaType),
        "headers" => ObjectKind::Collection(&ObjectKind::Header),
        _ => ObjectKind::Data,
    }
}

fn find_media_type_child(key: &str) -> ObjectKind {
    match key {
        "schema" | "itemSchema" => ObjectKind::Schema,
        "examples" => ObjectKind::Collection(&ObjectKind::Example),
        "encoding" => ObjectKind::Collection(&ObjectKind::Encoding),
        _ => ObjectKind::Data,
    }
}

fn find_schema_child(key: &str) -> ObjectKind {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            ObjectKind::Collection(&ObjectKind::Schema)
        }
        "items"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "prefixItems"
        | "additionalProperties"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "additionalItems"
        | "contentSchema" => ObjectKind::Schema,
        "discriminator" => ObjectKind::Discriminator,
        _ => ObjectKind::Data,
    }
}

#[cfg(test)]
mod tests {
    use super::ObjectKind;

    fn at(path: &[&str]) -> ObjectKind {
        path.iter()
            .fold(ObjectKind::Document, |kind, key| kind.child_kind(key))
    }

    #[test]
    fn positions_have_kinds() {
        let schema = ["components", "schemas", "Pet"];
        assert_eq!(at(&schema), ObjectKind::Schema);
        assert_eq!(
            at(&["components", "schemas", "Pet", "properties", "$ref"]),
            ObjectKind::Schema
        );
        assert_eq!(
            at(&["components", "schemas", "Pet", "example"]),
            ObjectKind::Data
        );
        assert_eq!(
            at(&["paths", "/a", "get", "responses", "200"]),
            ObjectKind::Response
        );
        assert_eq!(
            at(&["paths", "/a", "parameters", "0"]),
            ObjectKind::Parameter
        );
        assert_eq!(at(&["definitions", "Pet", "items"]), ObjectKind::Schema);
    }
}
