//! What may stand where in a document, of any version.
//!
//! A `$ref` is a reference only where an object may be one. Inside an example
//! it is data, and under `properties` it is the name of a property; a walk
//! that knows the kind of what it stands on never takes one for the other.

/// The kind of a value, by the place where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum ObjectKind {
    /// The root.
    Document,
    /// `components`.
    Components,
    /// A Path Part Object.
    PathItem,
    /// An Operation Object.
    Operation,
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
    /// A schema. A list that stands in its place is a list of schemas.
    Schema,
    /// A Discriminator Object.
    Discriminator,
    /// `mapping` of a discriminator.
    Mapping,
    /// A map or a list of one kind.
    Each(Part),
    /// A part of the document that is no more than data, but is not said by it: `info`, `servers`.
    Section,
    /// A value that is not looked into.
    Data,
}

/// The kinds that maps and lists are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "they are named as in `ObjectKind`")]
pub(crate) enum Part {
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Example,
    SecurityScheme,
    Schema,
}

impl Part {
    const fn kind(self) -> ObjectKind {
        match self {
            Self::PathItem => ObjectKind::PathItem,
            Self::Operation => ObjectKind::Operation,
            Self::Parameter => ObjectKind::Parameter,
            Self::Header => ObjectKind::Header,
            Self::RequestBody => ObjectKind::RequestBody,
            Self::Response => ObjectKind::Response,
            Self::MediaType => ObjectKind::MediaType,
            Self::Encoding => ObjectKind::Encoding,
            Self::Example => ObjectKind::Example,
            Self::SecurityScheme => ObjectKind::SecurityScheme,
            Self::Schema => ObjectKind::Schema,
        }
    }
}

impl ObjectKind {
    /// The kind of the member `key` of a value of this kind.
    pub(crate) fn member(self, key: &str) -> Self {
        match self {
            Self::Document => document(key),
            Self::Components => components(key),
            Self::PathItem => path_item(key),
            Self::Operation => operation(key),
            Self::Parameter | Self::Header | Self::RequestBody => parameter(key),
            Self::Response => response(key),
            Self::MediaType => media_type(key),
            Self::Encoding if key == "headers" => Self::Each(Part::Header),
            Self::Schema => schema(key),
            Self::Discriminator if key == "mapping" => Self::Mapping,
            Self::Each(item) => item.kind(),
            Self::Section if !key.starts_with("x-") => Self::Section,
            _ => Self::Data,
        }
    }

    /// The kind of the elements of a list that stands in place of this kind.
    pub(crate) const fn element(self) -> Self {
        match self {
            Self::Each(item) => item.kind(),
            Self::Schema => Self::Schema,
            Self::Section => Self::Section,
            _ => Self::Data,
        }
    }

    /// Whether an object of this kind may be a reference to one.
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

    /// What is wanted where a reference stands that can only be of this kind.
    pub(crate) const fn wanted_as(self) -> Option<&'static str> {
        match self {
            Self::Schema | Self::Parameter | Self::RequestBody | Self::Response => self.found_as(),
            _ => None,
        }
    }

    /// What a value of this kind is called, if it is never of another.
    pub(crate) const fn found_as(self) -> Option<&'static str> {
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

    /// Where objects of this kind are kept to be referred to, in 2.0 or later.
    /// `None` for kinds that are copied to where they are used.
    pub(crate) const fn home(self, swagger: bool) -> Option<&'static str> {
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

fn document(key: &str) -> ObjectKind {
    match key {
        "paths" | "webhooks" | "x-webhooks" => ObjectKind::Each(Part::PathItem),
        "components" => ObjectKind::Components,
        "definitions" => ObjectKind::Each(Part::Schema),
        "parameters" => ObjectKind::Each(Part::Parameter),
        "responses" => ObjectKind::Each(Part::Response),
        "securityDefinitions" => ObjectKind::Each(Part::SecurityScheme),
        "info" | "servers" | "tags" | "security" | "externalDocs" => ObjectKind::Section,
        _ => ObjectKind::Data,
    }
}

fn components(key: &str) -> ObjectKind {
    match key {
        "schemas" => ObjectKind::Each(Part::Schema),
        "responses" => ObjectKind::Each(Part::Response),
        "parameters" => ObjectKind::Each(Part::Parameter),
        "examples" => ObjectKind::Each(Part::Example),
        "requestBodies" => ObjectKind::Each(Part::RequestBody),
        "headers" => ObjectKind::Each(Part::Header),
        "securitySchemes" => ObjectKind::Each(Part::SecurityScheme),
        "pathItems" => ObjectKind::Each(Part::PathItem),
        "mediaTypes" => ObjectKind::Each(Part::MediaType),
        _ => ObjectKind::Data,
    }
}

fn path_item(key: &str) -> ObjectKind {
    match key {
        "parameters" => ObjectKind::Each(Part::Parameter),
        "additionalOperations" => ObjectKind::Each(Part::Operation),
        "servers" => ObjectKind::Section,
        "summary" | "description" => ObjectKind::Data,
        _ if key.starts_with("x-") => ObjectKind::Data,
        _ => ObjectKind::Operation,
    }
}

fn operation(key: &str) -> ObjectKind {
    match key {
        "parameters" => ObjectKind::Each(Part::Parameter),
        "requestBody" => ObjectKind::RequestBody,
        "responses" => ObjectKind::Each(Part::Response),
        "servers" | "tags" | "security" | "externalDocs" => ObjectKind::Section,
        _ => ObjectKind::Data,
    }
}

fn parameter(key: &str) -> ObjectKind {
    match key {
        "schema" | "items" => ObjectKind::Schema,
        "content" => ObjectKind::Each(Part::MediaType),
        "examples" => ObjectKind::Each(Part::Example),
        _ => ObjectKind::Data,
    }
}

fn response(key: &str) -> ObjectKind {
    match key {
        "schema" => ObjectKind::Schema,
        "content" => ObjectKind::Each(Part::MediaType),
        "headers" => ObjectKind::Each(Part::Header),
        _ => ObjectKind::Data,
    }
}

fn media_type(key: &str) -> ObjectKind {
    match key {
        "schema" | "itemSchema" => ObjectKind::Schema,
        "examples" => ObjectKind::Each(Part::Example),
        "encoding" => ObjectKind::Each(Part::Encoding),
        _ => ObjectKind::Data,
    }
}

fn schema(key: &str) -> ObjectKind {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            ObjectKind::Each(Part::Schema)
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
            .fold(ObjectKind::Document, |kind, key| kind.member(key))
    }

    #[test]
    fn a_place_has_a_kind() {
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
