//! Extensions that carry facts past the typed document.
//!
//! [`openapiv3`] has the form of OpenAPI 3.0, which lacks some keywords of 2.0, 3.1 and 3.2.
//! Parsing keeps such a keyword in an extension of the object that has it, and
//! [`lower`](crate::lower) reads it there. No other module writes or reads these extensions. They
//! have no meaning in a document.
//!
//! | Extension | Object | Value | Written by | Read by |
//! |---|---|---|---|---|
//! | [`CONST`] | schema | any JSON | `parse/schema/typed_schema` | `lower/schema/keywords` |
//! | [`PREFIX_ITEMS`] | schema | array of schemas | `parse/schema/structure` | `lower/schema/shape` |
//! | [`PATTERN_PROPERTIES`] | schema | object of schemas | `parse/schema/structure` | `lower/schema/{keywords,all_of}` |
//! | [`PROPERTY_NAMES`] | schema | schema | `parse/schema/structure` | the round-trip check of the corpus |
//! | [`CONTENT_MEDIA_TYPE`] | schema | media type | `parse/schema/structure` | `lower/schema/keywords` |
//! | [`EXAMPLES`] | schema | array of values | `parse/schema/annotation` | `lower/schema/annotations` |
//! | [`ANY`] | schema | `true` | `parse/schema` | `lower/schema/keywords` |
//! | [`NEVER`] | schema | `true` | `parse/schema` | `lower/schema/{keywords,shape,all_of}` |
//! | [`NULL`] | schema | `true` | `parse/schema/typed_schema` | `lower/schema/keywords` |
//! | [`DEFAULT_MAPPING`] | discriminator | reference | `parse/schema/annotation` | `lower/schema/discriminator` |
//! | [`QUERY_STRING`] | parameter | `true` | `parse/parameter` | `lower/operation/parameter` |
//! | [`COLLECTION_FORMAT`] | parameter, encoding | `ssv`, `tsv` or `pipes` | `upgrade/swagger/{parameter,body}` | `lower/operation/parameter` |
//! | [`PATH_VARIABLE`] | parameter | text | `parse/path_template` | `lower/operation/path_template` |
//! | [`SERVER_NAME`] | server | name | `parse/server` | `lower/api/servers` |
//! | [`TAG_PARENT`] | tag | name | `parse/document` | `lower/api/call_names/tag_resources` |
//! | [`BARE_PARTS`] | media type | `true` | `parse/body` | `lower/operation/multipart_files` |
//! | [`ITEM_SCHEMA`] | media type | schema | `parse/body` | `lower/operation/content` |
//! | [`STREAM_CONDITION`] | media type | name | `upgrade/streaming_extension` | `lower/operation/content` |
//! | [`STREAM_PARAMS_NAME`] | media type | name | `upgrade/streaming_extension` | `lower/operation/content` |
//! | [`STREAM_RESUMABLE`] | media type | `true` | `upgrade/streaming_extension` | `lower/operation/content` |
//! | [`STREAM_TERMINATOR`] | media type | text | `upgrade/streaming_extension` | `lower/operation/content` |

/// `const` (3.1).
pub const CONST: &str = "x-sdkwright-const";
/// `prefixItems` (3.1), or an array under `items`.
pub const PREFIX_ITEMS: &str = "x-sdkwright-prefix-items";
/// `patternProperties` (3.1).
pub const PATTERN_PROPERTIES: &str = "x-sdkwright-pattern-properties";
/// `propertyNames` (3.1).
pub const PROPERTY_NAMES: &str = "x-sdkwright-property-names";
/// `contentMediaType` (3.1).
pub const CONTENT_MEDIA_TYPE: &str = "x-sdkwright-content-media-type";
/// `examples` of a schema (3.1).
pub const EXAMPLES: &str = "x-sdkwright-examples";
/// The schema is `true` or `{}`: every value is valid.
pub const ANY: &str = "x-sdkwright-any";
/// The schema is `false`: no value is valid.
pub const NEVER: &str = "x-sdkwright-never";
/// The only valid value is `null`.
pub const NULL: &str = "x-sdkwright-null";
/// `defaultMapping` of a discriminator (3.2).
pub const DEFAULT_MAPPING: &str = "x-sdkwright-default-mapping";
/// The parameter is the whole query: `in: querystring` (3.2).
pub const QUERY_STRING: &str = "x-sdkwright-query-string";
/// `collectionFormat` (2.0), if OpenAPI 3.0 has no style for it.
pub const COLLECTION_FORMAT: &str = "x-sdkwright-collection-format";
/// The variable of the path for a parameter, if it has more than the name: `id:int`.
pub const PATH_VARIABLE: &str = "x-sdkwright-path-variable";
/// `name` of a server (3.2).
pub const SERVER_NAME: &str = "x-sdkwright-server-name";
/// `parent` of a tag (3.2).
pub const TAG_PARENT: &str = "x-sdkwright-tag-parent";
/// Parts without a schema are bytes, as in JSON Schema (3.1).
pub const BARE_PARTS: &str = "x-sdkwright-bare-parts";
/// `itemSchema` of a media type (3.2): the schema of an event of a stream.
pub const ITEM_SCHEMA: &str = "x-sdkwright-item-schema";
/// The property of a request that requests this media type, a stream.
pub const STREAM_CONDITION: &str = "x-sdkwright-stream-condition";
/// The name of the request that requests this media type, a stream.
pub const STREAM_PARAMS_NAME: &str = "x-sdkwright-stream-params-name";
/// A stream of this media type continues after an interruption.
pub const STREAM_RESUMABLE: &str = "x-sdkwright-stream-resumable";
/// The data that a stream of this media type ends with.
pub const STREAM_TERMINATOR: &str = "x-sdkwright-stream-terminator";
