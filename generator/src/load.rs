//! From bytes to a [`Document`]: reading, references, versions, repair.
//!
//! Everything that is about how a document is *written* ends here: JSON or
//! YAML, one file or several, OpenAPI 2.0, 3.0, 3.1 or 3.2, and the harmless
//! mistakes that real documents make. What comes out has one form, that of
//! OpenAPI 3.0 as [`openapiv3`] holds it, with what that form cannot say left
//! in the extensions of the schema ([`keys`]).

mod budget;
mod grammar;
mod read;
mod refs;
mod repair;
mod version;

use std::path::Path;

use indexmap::IndexMap;
use serde_json::Value;

use self::budget::Budget;
pub(crate) use self::read::Tree;
pub(crate) use self::refs::find_file_refs;
use self::refs::{Bundle, Files};
use self::repair::Repair;
use self::version::Form;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Origin};
use crate::source::{NumberLexemes, Pointer, SourceMap};

/// A document in the form of OpenAPI 3.0, whatever form it was written in.
#[derive(Debug, Clone)]
pub struct Document {
    /// The document. Every `$ref` in it is `#/components/…` and leads to
    /// something. Links and callbacks are left out: no code is made of them.
    pub openapi: openapiv3::OpenAPI,
    /// The events that the API delivers: `webhooks` of 3.1, `x-webhooks` of 3.0.
    pub webhooks: IndexMap<String, openapiv3::PathItem>,
    /// Operations of methods that 3.0 does not have, by their paths: `query`
    /// and `additionalOperations` of 3.2.
    pub other_methods: IndexMap<String, Vec<OtherMethod>>,
    /// How many `callbacks` there are, of which no code is made.
    pub callbacks: usize,
    /// The text, for diagnostics.
    pub source: SourceMap,
}

/// An operation of a method that OpenAPI 3.0 does not have.
#[derive(Debug, Clone)]
pub struct OtherMethod {
    /// The method as it is sent: `QUERY`.
    pub method: String,
    /// The operation.
    pub operation: openapiv3::Operation,
    /// Where it stands.
    pub at: Pointer,
}

/// The extensions that hold what OpenAPI 3.0 cannot say. They stand in
/// `schema_data.extensions`, unless said otherwise.
pub mod keys {
    /// `const`: any JSON value.
    pub const CONST: &str = "x-sdkwright-const";
    /// `prefixItems` (or an array under `items`): an array of schemas.
    pub const PREFIX_ITEMS: &str = "x-sdkwright-prefix-items";
    /// `patternProperties`: a map of schemas.
    pub const PATTERN_PROPERTIES: &str = "x-sdkwright-pattern-properties";
    /// `contentMediaType`: a media type.
    pub const CONTENT_MEDIA_TYPE: &str = "x-sdkwright-content-media-type";
    /// `examples` of a schema: an array of values.
    pub const EXAMPLES: &str = "x-sdkwright-examples";
    /// `true`: the schema was the boolean `true`, or empty.
    pub const ANY: &str = "x-sdkwright-any";
    /// `true`: the schema was the boolean `false`.
    pub const NEVER: &str = "x-sdkwright-never";
    /// `true`: the only value is `null`.
    pub const NULL: &str = "x-sdkwright-null";
    /// `propertyNames`: a schema.
    pub const PROPERTY_NAMES: &str = "x-sdkwright-property-names";
    /// `defaultMapping` of a discriminator (3.2), in its `extensions`.
    pub const DEFAULT_MAPPING: &str = "x-sdkwright-default-mapping";
    /// In the extensions of a request body: the name that the body had as a
    /// parameter of 2.0.
    pub const BODY_NAME: &str = "x-sdkwright-body-name";
    /// In the extensions of a parameter in the query, `true`: it is the whole
    /// query, `in: querystring` (3.2).
    pub const QUERY_STRING: &str = "x-sdkwright-query-string";
    /// `collectionFormat` of 2.0 where 3.0 has no style for it: `ssv`, `tsv` or `pipes`. In the
    /// extensions of a parameter or of an encoding.
    pub const COLLECTION_FORMAT: &str = "x-sdkwright-collection-format";
    /// `name` of a server (3.2), in its `extensions`.
    pub const SERVER_NAME: &str = "x-sdkwright-server-name";
    /// That parts of a form of which the schema says nothing are bytes, as JSON Schema has it (3.1),
    /// in the `extensions` of a media type.
    pub const BARE_PARTS: &str = "x-sdkwright-bare-parts";
    /// `itemSchema` of a media type (3.2), in its `extensions`: the schema of
    /// an event of a stream.
    pub const ITEM_SCHEMA: &str = "x-sdkwright-item-schema";
}

/// Loads a document, with the files of its repository that it refers to.
///
/// The returned document is repaired and fit for [`lower`](crate::lower), even if
/// `diagnostics` has errors, so that one run reports the problems of all phases.
/// `None` means that no document can be made of the file. Then `diagnostics` has an error.
pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Option<Document> {
    load_within(None, path, diagnostics)
}

/// Loads a document, as [`load`] does. References to other files stay within `root`.
/// The default is the root of the repository of the document, or else its folder.
pub fn load_within(
    root: Option<&Path>,
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let text = match read::text(path) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(error);
            return None;
        }
    };
    let name = path.display().to_string();
    let files = Files::beside(path, root);
    Loading::new(name, text, files, diagnostics).run()
}

/// Loads a document from its text. Diagnostics call it `name`. It cannot refer to
/// other files.
pub fn load_str(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Document> {
    let (name, text) = (name.to_owned(), text.to_owned());
    Loading::new(name, text, Files::default(), diagnostics).run()
}

/// Reads a file as text, for the configuration.
pub(crate) fn read_text(path: &Path) -> Result<String, Diagnostic> {
    read::text(path)
}

/// Reads a text as a tree, for the configuration.
pub(crate) fn read_tree(name: &str, text: &str) -> Result<Tree, Diagnostic> {
    read::tree(name, text).map_err(read::Malformed::diagnostic)
}

/// Reads a security scheme, for the configuration.
pub(crate) fn security_scheme(
    value: Value,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Option<openapiv3::SecurityScheme> {
    let lexemes = NumberLexemes::default();
    let mut repair = Repair::new(diagnostics, Form::V30, &lexemes);
    repair.lone_security_scheme(value, at)
}

/// A document on its way.
struct Loading<'a> {
    source: SourceMap,
    files: Files,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Loading<'a> {
    fn new(name: String, text: String, files: Files, diagnostics: &'a mut Diagnostics) -> Self {
        let source = SourceMap::new(name, text);
        diagnostics.set_source(Origin::Document, source.clone());
        Self {
            source,
            files,
            diagnostics,
        }
    }

    fn run(mut self) -> Option<Document> {
        match self.build() {
            Ok(document) => Some(document),
            Err(error) => {
                self.diagnostics.push(*error);
                None
            }
        }
    }

    fn build(&mut self) -> Result<Document, Box<Diagnostic>> {
        let tree = read::tree(self.source.name(), self.source.text())
            .map_err(|error| error.diagnostic())?;
        self.report(&tree);
        let Value::Object(root) = &tree.value else {
            return Err(Box::new(version::no_mapping()));
        };
        let form = version::detect(root)?;
        let files = std::mem::take(&mut self.files);
        let budget = Budget::of_text(self.source.text().len());
        let diagnostics = &mut *self.diagnostics;
        let bundle = Bundle::new(tree.value, form, files, budget.clone(), diagnostics);
        let bundled = bundle.run();
        let mut layers = vec![bundled.moves];
        let Value::Object(mut root) = bundled.root else {
            return Err(Box::new(version::no_mapping()));
        };
        if form.is_swagger() {
            let converted = version::swagger::convert(root, budget);
            root = converted.root;
            layers.push(converted.moves);
            self.diagnostics.extend(converted.findings);
            if converted.is_cut {
                self.diagnostics.push(refs::too_large());
            }
        }
        let title = "API";
        let lexemes = NumberLexemes::new(self.source.text(), tree.syntax);
        let repair = Repair::new(self.diagnostics, form, &lexemes);
        let built = repair.document(root, title);
        layers.push(
            built
                .moves
                .into_iter()
                .map(|(now, then)| (now, 0, then))
                .collect(),
        );
        let source = self
            .source
            .clone()
            .with_files(bundled.files)
            .with_moves(layers);
        self.diagnostics
            .set_source(Origin::Document, source.clone());
        Ok(Document {
            openapi: built.openapi,
            webhooks: built.webhooks,
            other_methods: built.other_methods,
            callbacks: built.callbacks,
            source,
        })
    }

    /// Says what the reader has noticed.
    fn report(&mut self, tree: &Tree) {
        for pointer in &tree.duplicates {
            let name = pointer.last().unwrap_or_default();
            let message = format!("`{name}` is given twice; the last one counts");
            let diagnostic = Diagnostic::new(Code::DuplicateKey, pointer.clone(), message);
            self.diagnostics
                .push(diagnostic.help("remove one of them").on_key());
        }
        if tree.several {
            self.diagnostics.push(Diagnostic::new(
                Code::MultipleYamlDocuments,
                Pointer::root(),
                "the file holds several YAML documents; only the first is read",
            ));
        }
    }
}
