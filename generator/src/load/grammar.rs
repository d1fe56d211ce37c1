//! What may stand where in a document, of any version.
//!
//! A `$ref` is a reference only where an object may be one. Inside an example
//! it is data, and under `properties` it is the name of a property; a walk
//! that knows the kind of what it stands on never takes one for the other.

/// The kind of a value, by the place where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
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
#[allow(missing_docs, reason = "they are named as in `Kind`")]
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
    const fn kind(self) -> Kind {
        match self {
            Self::PathItem => Kind::PathItem,
            Self::Operation => Kind::Operation,
            Self::Parameter => Kind::Parameter,
            Self::Header => Kind::Header,
            Self::RequestBody => Kind::RequestBody,
            Self::Response => Kind::Response,
            Self::MediaType => Kind::MediaType,
            Self::Encoding => Kind::Encoding,
            Self::Example => Kind::Example,
            Self::SecurityScheme => Kind::SecurityScheme,
            Self::Schema => Kind::Schema,
        }
    }
}

impl Kind {
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

fn document(key: &str) -> Kind {
    match key {
        "paths" | "webhooks" | "x-webhooks" => Kind::Each(Part::PathItem),
        "components" => Kind::Components,
        "definitions" => Kind::Each(Part::Schema),
        "parameters" => Kind::Each(Part::Parameter),
        "responses" => Kind::Each(Part::Response),
        "securityDefinitions" => Kind::Each(Part::SecurityScheme),
        "info" | "servers" | "tags" | "security" | "externalDocs" => Kind::Section,
        _ => Kind::Data,
    }
}

fn components(key: &str) -> Kind {
    match key {
        "schemas" => Kind::Each(Part::Schema),
        "responses" => Kind::Each(Part::Response),
        "parameters" => Kind::Each(Part::Parameter),
        "examples" => Kind::Each(Part::Example),
        "requestBodies" => Kind::Each(Part::RequestBody),
        "headers" => Kind::Each(Part::Header),
        "securitySchemes" => Kind::Each(Part::SecurityScheme),
        "pathItems" => Kind::Each(Part::PathItem),
        "mediaTypes" => Kind::Each(Part::MediaType),
        _ => Kind::Data,
    }
}

fn path_item(key: &str) -> Kind {
    match key {
        "parameters" => Kind::Each(Part::Parameter),
        "additionalOperations" => Kind::Each(Part::Operation),
        "servers" => Kind::Section,
        "summary" | "description" => Kind::Data,
        _ if key.starts_with("x-") => Kind::Data,
        _ => Kind::Operation,
    }
}

fn operation(key: &str) -> Kind {
    match key {
        "parameters" => Kind::Each(Part::Parameter),
        "requestBody" => Kind::RequestBody,
        "responses" => Kind::Each(Part::Response),
        "servers" | "tags" | "security" | "externalDocs" => Kind::Section,
        _ => Kind::Data,
    }
}

fn parameter(key: &str) -> Kind {
    match key {
        "schema" | "items" => Kind::Schema,
        "content" => Kind::Each(Part::MediaType),
        "examples" => Kind::Each(Part::Example),
        _ => Kind::Data,
    }
}

fn response(key: &str) -> Kind {
    match key {
        "schema" => Kind::Schema,
        "content" => Kind::Each(Part::MediaType),
        "headers" => Kind::Each(Part::Header),
        _ => Kind::Data,
    }
}

fn media_type(key: &str) -> Kind {
    match key {
        "schema" | "itemSchema" => Kind::Schema,
        "examples" => Kind::Each(Part::Example),
        "encoding" => Kind::Each(Part::Encoding),
        _ => Kind::Data,
    }
}

fn schema(key: &str) -> Kind {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            Kind::Each(Part::Schema)
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
        | "contentSchema" => Kind::Schema,
        "discriminator" => Kind::Discriminator,
        _ => Kind::Data,
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    fn at(path: &[&str]) -> Kind {
        path.iter()
            .fold(Kind::Document, |kind, key| kind.member(key))
    }

    #[test]
    fn a_place_has_a_kind() {
        let schema = ["components", "schemas", "Pet"];
        assert_eq!(at(&schema), Kind::Schema);
        assert_eq!(
            at(&["components", "schemas", "Pet", "properties", "$ref"]),
            Kind::Schema
        );
        assert_eq!(at(&["components", "schemas", "Pet", "example"]), Kind::Data);
        assert_eq!(
            at(&["paths", "/a", "get", "responses", "200"]),
            Kind::Response
        );
        assert_eq!(at(&["paths", "/a", "parameters", "0"]), Kind::Parameter);
        assert_eq!(at(&["definitions", "Pet", "items"]), Kind::Schema);
    }
}
