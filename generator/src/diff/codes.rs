//! The table of changes: every code, its meaning, and the rules of its verdicts.
//!
//! Codes are stable. The compile column has the default verdict. If the verdict depends on more than the
//! code, the rule describes the conditions. The rules follow [Cargo's SemVer
//! chapter](https://doc.rust-lang.org/cargo/reference/semver.html) and [RFC
//! 1105](https://rust-lang.github.io/rfcs/1105-api-evolution.html), for the code that is generated:
//! structs and enums are `#[non_exhaustive]`, and many arguments are `impl Into<T>`.

use std::fmt;

use super::effects::{Bump, Compile};

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct CodeRow {
    /// The code.
    pub code: Code,
    /// The code as it is printed: `method-removed`.
    pub name: &'static str,
    /// The meaning of the code.
    pub meaning: &'static str,
    /// The default effect on code.
    pub compile: Compile,
    /// Whether code that still compiles behaves differently, so that users must act.
    pub changes_behaviour: bool,
    /// The conditions under which code breaks.
    pub compile_rule: &'static str,
    /// The conditions under which programs break on the wire.
    pub wire_rule: &'static str,
}

impl CodeRow {
    /// Returns the version bump of a change with this code.
    #[must_use]
    pub const fn bump(&self, compile: Compile) -> Bump {
        match compile {
            _ if self.changes_behaviour => Bump::Major,
            Compile::Breaking => Bump::Major,
            Compile::Additive => Bump::Minor,
            Compile::Unchanged => Bump::Patch,
        }
    }
}

/// Whether code that still compiles behaves differently.
#[derive(Clone, Copy)]
enum Behaviour {
    /// The behaviour is the same.
    Same,
    /// The behaviour is different.
    Other,
}

macro_rules! codes {
    ($($variant:ident $name:literal $compile:ident $behaviour:ident $meaning:literal $compile_rule:literal $wire_rule:literal;)*) => {
        /// The code of a change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// The row of the table.
            #[must_use]
            pub const fn row(self) -> CodeRow {
                match self {
                    $(Self::$variant => CodeRow {
                        code: Self::$variant,
                        name: $name,
                        meaning: $meaning,
                        compile: Compile::$compile,
                        changes_behaviour: matches!(Behaviour::$behaviour, Behaviour::Other),
                        compile_rule: $compile_rule,
                        wire_rule: $wire_rule,
                    },)*
                }
            }

            /// All codes, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
        }
    };
}

codes! {
    // The package.
    PackageRenamed "package-renamed" Breaking Same
        "The crate has another name." "Users depend on another crate." "Works.";
    PackageMetadataChanged "package-metadata-changed" Unchanged Same
        "Metadata in the manifest changed." "Compiles." "Works.";
    ApiVersionChanged "api-version-changed" Unchanged Same
        "The version in `info` of the description changed." "Compiles." "Works.";
    RustVersionRaised "rust-version-raised" Additive Same
        "The crate needs a newer compiler." "Compiles with the newer compiler. Cargo's rules count it as minor." "Works.";
    DateTimeLibraryChanged "date-time-library-changed" Breaking Same
        "Dates and times use another library." "Every date and time has another type." "Works.";
    FeatureAdded "feature-added" Additive Same
        "The crate has a new feature." "Compiles." "Works.";
    FeatureRemoved "feature-removed" Breaking Same
        "A feature of the crate was removed." "Manifests that name the feature do not resolve." "Works.";
    FeatureGateChanged "feature-gate-changed" Additive Same
        "A type needs other features." "Compiles with the default features. Without them, a program enables a resource that reaches the type." "Works.";
    // The client.
    ClientOptionAdded "client-option-added" Additive Same
        "The builder has a new setter." "Compiles." "Works.";
    RequiredClientOptionAdded "required-client-option-added" Additive Other
        "The builder has a new setter, whose value a client requires." "Compiles, but `build` fails." "The old program fails.";
    ClientOptionRemoved "client-option-removed" Breaking Same
        "A setter of the builder was removed." "Calls of the setter do not compile." "The old program fails if it requires the value. The new program never sends it.";
    ClientOptionRenamed "client-option-renamed" Breaking Same
        "A setter of the builder has another name." "Calls of the setter do not compile." "Works.";
    ClientOptionTypeChanged "client-option-type-changed" Breaking Same
        "A setter of the builder takes another type." "Calls of the setter do not compile." "Works.";
    ClientOptionBecameRequired "client-option-became-required" Unchanged Other
        "A client now requires the option." "Compiles, but `build` fails." "The old program fails if it omits the value.";
    ClientOptionBecameOptional "client-option-became-optional" Unchanged Same
        "A client can be built without the option." "Compiles." "The new program fails if it omits the value.";
    ClientOptionMoved "client-option-moved" Unchanged Same
        "The location of an option's value changed." "Compiles." "Each program sends the value to a location that the other API does not read.";
    ClientOptionDefaultChanged "client-option-default-changed" Unchanged Other
        "The default of an option changed." "Compiles." "Works.";
    EnvironmentVariableChanged "environment-variable-changed" Unchanged Other
        "An option is read from another environment variable." "Compiles, but the old variable is not read." "Works.";
    EnvironmentAdded "environment-added" Additive Same
        "The client has a new server." "Compiles." "Works.";
    EnvironmentRemoved "environment-removed" Breaking Same
        "A server of the client was removed." "Code that names the server does not compile." "The old program calls a server that may not exist.";
    ServerChanged "server-changed" Unchanged Same
        "A server has another URL." "Compiles." "The old program calls the old URL, and the new one the new URL.";
    AuthSchemeAdded "auth-scheme-added" Additive Same
        "The API accepts a new security scheme." "Compiles." "Works.";
    AuthSchemeRemoved "auth-scheme-removed" Unchanged Other
        "The API no longer accepts a security scheme." "Compiles. Each removed setter is a separate change." "The old program uses a scheme that the API refuses.";
    AuthChanged "auth-changed" Unchanged Same
        "The location of a credential changed, or calls need other schemes." "Compiles." "Each program sends credentials that the other API does not expect.";
    ClientHeadersChanged "client-headers-changed" Unchanged Same
        "Every call sends other headers." "Compiles." "Works, unless the API needs the header.";
    ClientBehaviourChanged "client-behaviour-changed" Unchanged Same
        "The default time limits, retries or encodings of calls changed." "Compiles." "Works.";
    ErrorBodyAdded "error-body-added" Additive Same
        "`ApiError::body` was added." "Compiles." "Works.";
    ErrorBodyRemoved "error-body-removed" Breaking Same
        "`ApiError::body` was removed." "Calls of `body` do not compile." "Works: errors keep their raw body.";
    ErrorBodyChanged "error-body-changed" Breaking Same
        "`ApiError::body` returns another type." "Code that reads the body does not compile." "Works: `body` returns `None` for a body of another type.";
    // Webhooks.
    WebhooksAdded "webhooks-added" Additive Same
        "The client decodes deliveries." "Compiles." "Works.";
    WebhooksRemoved "webhooks-removed" Breaking Same
        "The client no longer decodes deliveries." "Calls of the method do not compile." "Works.";
    WebhookMethodRenamed "webhook-method-renamed" Breaking Same
        "The method that decodes deliveries has another name." "Calls of the method do not compile." "Works.";
    WebhookSignatureChanged "webhook-signature-changed" Unchanged Same
        "The signature of deliveries changed." "Compiles." "Both programs refuse the deliveries of the other API.";
    // Resources and methods.
    ResourceAdded "resource-added" Additive Same
        "A resource was added." "Compiles." "Works.";
    ResourceRemoved "resource-removed" Breaking Same
        "A resource and its methods were removed." "Calls do not compile." "The old program calls removed operations.";
    ResourceRenamed "resource-renamed" Breaking Same
        "A resource has another name." "Code that names its accessor or its type does not compile." "Works.";
    MethodAdded "method-added" Additive Same
        "A method was added." "Compiles." "Works.";
    MethodRemoved "method-removed" Breaking Same
        "A method was removed." "Calls do not compile." "The old program calls a removed operation, unless only the configuration leaves it out.";
    MethodRenamed "method-renamed" Breaking Same
        "The method of an operation was renamed, or moved to another resource." "Calls by the old name do not compile." "Works.";
    MethodReassigned "method-reassigned" Unchanged Other
        "A method calls another operation. The previous operation has another method." "Compiles if the signatures are equal." "Works.";
    PathChanged "path-changed" Unchanged Same
        "A method calls another path." "Compiles if the arguments are equal." "Each program calls a path that the other API does not have.";
    HttpMethodChanged "http-method-changed" Unchanged Same
        "A method uses another HTTP method." "Compiles." "Each program uses a method that the other API does not have.";
    ArgumentsChanged "arguments-changed" Breaking Same
        "The path parameters of a method changed." "The number of arguments differs." "As for `path-changed`.";
    ArgumentTypeChanged "argument-type-changed" Breaking Same
        "A path parameter has another type." "Values of the old type are not accepted." "Breaks if a value of one type is invalid for the other.";
    ArgumentRenamed "argument-renamed" Unchanged Same
        "A path parameter has another name." "Compiles: arguments are positional." "Works.";
    ArgumentsReordered "arguments-reordered" Unchanged Other
        "The order of the path parameters changed." "Compiles if the types are equal, and swaps the values." "Works.";
    ParamsAdded "params-added" Breaking Same
        "A method without parameters now takes them." "Calls lack an argument, unless all parameters are optional." "As for the new parameters.";
    ParamsRemoved "params-removed" Breaking Same
        "A method no longer takes parameters." "Calls have one argument too many." "As for the removed parameters.";
    ParamsMoved "params-moved" Breaking Same
        "The parameters became required or optional, so another method takes them." "Calls with parameters do not compile." "Works.";
    ReturnTypeChanged "return-type-changed" Breaking Same
        "A method returns another type." "Code that reads the value does not compile." "Breaks if a value of one type is invalid for the other.";
    PaginationAdded "pagination-added" Breaking Same
        "A method returns `Page<T>` rather than `T`." "Code that reads the value does not compile." "Works.";
    PaginationRemoved "pagination-removed" Breaking Same
        "A method returns `T` rather than `Page<T>`." "Code that reads pages does not compile." "Works.";
    PaginationChanged "pagination-changed" Unchanged Same
        "The request for the next page changed." "Compiles." "Each program requests pages by parameters that the other API does not know.";
    StreamingChanged "streaming-changed" Breaking Same
        "A method returns a stream rather than a value, or the reverse." "Code that reads the value does not compile." "Breaks: the body of the response has another format.";
    MethodDeprecated "method-deprecated" Additive Same
        "The API deprecates a method." "Compiles with a warning. Cargo's rules count it as minor." "Works.";
    MethodUndeprecated "method-undeprecated" Unchanged Same
        "The API no longer deprecates a method." "Compiles." "Works.";
    SecurityChanged "security-changed" Unchanged Same
        "A method needs other credentials." "Compiles." "Breaks if the other API does not accept the credentials.";
    MethodServerChanged "method-server-changed" Unchanged Same
        "A method calls another server." "Compiles." "Each program calls its own server.";
    MethodBehaviourChanged "method-behaviour-changed" Unchanged Same
        "The time limit, the retries or the idempotency key of a method changed." "Compiles." "Works.";
    ResponseMediaTypeChanged "response-media-type-changed" Unchanged Same
        "A method requests another media type." "Compiles." "Breaks: the response of the other API has another media type.";
    ResponsePropertyChanged "response-property-changed" Unchanged Same
        "A method returns another property of its response." "Compiles if the type is the same." "Breaks if the other API lacks the property.";
    StatusesChanged "statuses-changed" Unchanged Same
        "The success statuses of a method changed." "Compiles if the type is the same." "Works: every success is decoded.";
    ErrorResponsesChanged "error-responses-changed" Unchanged Same
        "The declared error responses of a method changed." "Compiles." "Works.";
    ResponseHeadersChanged "response-headers-changed" Unchanged Same
        "The response of a method has other headers." "Compiles." "Works: headers are read by name.";
    // Parameters.
    ParameterAdded "parameter-added" Additive Same
        "A method takes a new optional parameter." "Compiles." "Works.";
    RequiredParameterAdded "required-parameter-added" Breaking Same
        "A method takes a new required parameter." "`new` takes one more argument." "The old program does not send the parameter.";
    ParameterRemoved "parameter-removed" Breaking Same
        "A parameter of a method was removed." "Code that sets or reads the parameter does not compile." "The API ignores the parameter of the old program. The new program fails if the old API requires the parameter.";
    ParameterRenamed "parameter-renamed" Breaking Same
        "A parameter has another name in code." "Code that sets or reads the parameter does not compile." "Works.";
    ParameterTypeChanged "parameter-type-changed" Breaking Same
        "A parameter has another type." "Code that sets or reads the parameter does not compile." "Breaks if a value of one type is invalid for the other.";
    ParameterBecameRequired "parameter-became-required" Breaking Same
        "A parameter became required." "`new` takes one more argument, and the setter was removed." "The old program may omit the value.";
    ParameterBecameOptional "parameter-became-optional" Breaking Same
        "A parameter became optional." "`new` takes one argument less, and the field is an `Option`." "The new program may omit the value.";
    ParameterWireNameChanged "parameter-wire-name-changed" Unchanged Same
        "A parameter is sent under another name." "Compiles." "Each program sends a name that the other API does not know.";
    ParameterLocationChanged "parameter-location-changed" Unchanged Same
        "The location of a parameter changed." "Compiles." "Each program sends the value to a location that the other API does not read.";
    ParameterStyleChanged "parameter-style-changed" Unchanged Same
        "The style of a parameter changed." "Compiles." "Each program uses a style that the other API does not read.";
    BodyEncodingChanged "body-encoding-changed" Unchanged Same
        "The body is sent in another encoding." "Compiles if the fields keep their types." "Each program sends a body that the other API does not read.";
    // Types.
    TypeAdded "type-added" Additive Same
        "A type was added." "Compiles." "Works.";
    TypeRemoved "type-removed" Breaking Same
        "A type was removed." "Code that names the type does not compile." "As for the items that use the type.";
    TypeRenamed "type-renamed" Breaking Same
        "A type has another name." "Code that names the type does not compile." "Works.";
    TypeKindChanged "type-kind-changed" Breaking Same
        "The kind of a type changed: struct, enum, union or wrapper." "Code that reads or creates a value does not compile." "Breaks requests and responses with a value of the type.";
    TypeBecameAlias "type-became-alias" Additive Same
        "Two types became one type with an alias." "Compiles, unless one trait is implemented for both." "Works.";
    TypesSeparated "types-separated" Breaking Same
        "A type and its alias became two types." "A value of one type is no longer a value of the other." "Works.";
    TypeDeprecated "type-deprecated" Additive Same
        "The API deprecates a type." "Compiles with a warning. Cargo's rules count it as minor." "Works.";
    TypeUndeprecated "type-undeprecated" Unchanged Same
        "The API no longer deprecates a type." "Compiles." "Works.";
    TypeInnerChanged "type-inner-changed" Breaking Same
        "A wrapper holds another type." "Code that reads the value does not compile." "Breaks if a value of one type is invalid for the other.";
    // Structs.
    FieldAdded "field-added" Additive Same
        "A struct has a new field." "Compiles: structs are `#[non_exhaustive]`, and `new` is unchanged." "The new program fails if the old API omits a required field.";
    RequiredFieldAdded "required-field-added" Breaking Same
        "A struct that users create has a new required field." "`new` takes one more argument." "The old program does not send the field. Responses of the old API lack it.";
    FieldRemoved "field-removed" Breaking Same
        "A field of a struct was removed." "Code that reads or sets the field does not compile." "In requests, the API ignores the field of the old program. The new program omits a property that the old API may require. In responses, the old program lacks a required field.";
    FieldRenamed "field-renamed" Breaking Same
        "A field has another name in code." "Code that reads or sets the field does not compile." "Works.";
    FieldTypeChanged "field-type-changed" Breaking Same
        "A field has another type." "Code that reads or sets the field does not compile." "Breaks requests and responses with a value that one of the types does not accept.";
    FieldBecameRequired "field-became-required" Breaking Same
        "A field became required." "The field is `T` rather than `Option<T>`." "In requests, the old program may omit the field. Responses of the old API may lack it.";
    FieldBecameOptional "field-became-optional" Breaking Same
        "A field became optional." "The field is `Option<T>` rather than `T`." "In requests, the new program may omit the field. Responses of the new API may lack it.";
    FieldBecameNullable "field-became-nullable" Breaking Same
        "A field may be `null`." "The field has another wrapper." "In requests, the new program may send `null`. In responses, the old program does not expect `null`.";
    FieldBecameNonNull "field-became-non-null" Breaking Same
        "A field is never `null`." "The field has another wrapper." "In requests, the old program may send `null`. In responses, the new program does not expect `null`.";
    FieldWireNameChanged "field-wire-name-changed" Unchanged Same
        "The name of a field on the wire changed." "Compiles." "In requests, each program sends a property that the other API does not know. In responses, each program lacks a required property.";
    FieldDeprecated "field-deprecated" Additive Same
        "The API deprecates a field." "Compiles with a warning. Cargo's rules count it as minor." "Works.";
    FieldUndeprecated "field-undeprecated" Unchanged Same
        "The API no longer deprecates a field." "Compiles." "Works.";
    ConstantChanged "constant-changed" Unchanged Same
        "The constant value of a field changed, or the field takes any value." "Breaks if the number of arguments of `new` changed." "In requests, each program sends a value that the other API may refuse.";
    DefaultChanged "default-changed" Unchanged Same
        "The server's default of a field changed." "Compiles." "Works, with the new default.";
    ConstructorAdded "constructor-added" Additive Same
        "Users can create values of a struct." "Compiles." "Works.";
    ConstructorRemoved "constructor-removed" Breaking Same
        "Users can no longer create values of a struct." "Calls of `new`, the setters and `Default` do not compile." "Works.";
    ConstructorReordered "constructor-reordered" Breaking Same
        "The order of the arguments of `new` changed." "Breaks if the types of the arguments differ. If the types are equal, the values are swapped without an error." "Works.";
    AdditionalPropertiesAdded "additional-properties-added" Additive Same
        "A struct keeps undeclared properties." "Compiles." "Works.";
    AdditionalPropertiesRemoved "additional-properties-removed" Breaking Same
        "A struct no longer keeps undeclared properties." "The field for undeclared properties was removed, with `Encode` and `Decode`." "Works.";
    AdditionalPropertiesChanged "additional-properties-changed" Breaking Same
        "Undeclared properties have another type." "The field for undeclared properties has another type or name." "Breaks if a value of one type is invalid for the other.";
    // Enums, unions and outcomes.
    VariantAdded "variant-added" Additive Same
        "An enum has a new variant." "Compiles: enums are `#[non_exhaustive]`." "Works: the old program keeps the value in `Unknown`.";
    VariantRemoved "variant-removed" Breaking Same
        "A variant of an enum was removed." "Code that names the variant does not compile." "In requests, the old program may send the removed value.";
    VariantRenamed "variant-renamed" Breaking Same
        "A variant has another name." "Code that names the variant does not compile." "Works.";
    VariantValueChanged "variant-value-changed" Unchanged Same
        "The value of a variant on the wire changed." "Compiles." "Each program reads the value of the other API as unknown.";
    VariantTypeChanged "variant-type-changed" Breaking Same
        "A variant holds another type." "Code that reads or creates a value does not compile." "Breaks requests and responses with a value that one of the types does not accept.";
    DiscriminatorChanged "discriminator-changed" Unchanged Same
        "The discriminator of a union changed." "Compiles." "Each program reads the values of the other API as unknown.";
    ConversionAdded "conversion-added" Additive Same
        "A union has a new `From` implementation." "Compiles by Cargo's rules." "Works.";
    ConversionRemoved "conversion-removed" Breaking Same
        "A `From` implementation of a union was removed." "Calls that pass the payload do not compile." "Works.";
    AccessorsAdded "accessors-added" Additive Same
        "A union has a method for each variant, or for its discriminator." "Compiles." "Works.";
    AccessorsRemoved "accessors-removed" Breaking Same
        "A method of a union was removed: the union has too many variants, or a variant without a discriminator value." "Calls of these methods do not compile." "Works.";
    EnumValueTypeChanged "enum-value-type-changed" Breaking Same
        "The values of an enum are integers rather than strings, or the reverse." "`as_str`, `as_i64` and the `From` impls change." "Breaks requests and responses with a value of the type.";
    PageItemsChanged "page-items-changed" Breaking Same
        "The implementation of `ListPage` changed." "Code that uses `ListPage` of the struct does not compile." "Works.";
    // Prose.
    DocsChanged "docs-changed" Unchanged Same
        "The documentation of an item changed." "Compiles." "Works.";
}

impl Code {
    /// The code as it is printed: `method-removed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// The code of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Code;

    #[test]
    fn every_code_has_a_name_of_its_own_in_kebab_case() {
        let mut names = HashSet::new();
        for code in Code::ALL {
            let row = code.row();
            let is_kebab = row
                .name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'-');
            assert!(is_kebab && names.insert(row.name), "{}", row.name);
            assert_eq!(Code::parse(row.name), Some(*code));
            for text in [row.meaning, row.compile_rule, row.wire_rule] {
                assert!(text.ends_with('.'), "{}: {text}", row.name);
            }
        }
    }
}
