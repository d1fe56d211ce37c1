//! Loading: from the bytes of a document to a [`Document`].
//!
//! This phase hides how a document is written: JSON or YAML, one file or several, OpenAPI 2.0, 3.0,
//! 3.1 or 3.2, and the harmless mistakes of real documents. The result is always OpenAPI 3.0, as
//! [`openapiv3`] represents it. Facts that OpenAPI 3.0 cannot express are kept in extensions
//! ([`internal_extensions`]).

mod document_structure;
mod growth_limit;
pub(crate) mod implied_type;
pub mod internal_extensions;
mod location;
pub mod network;
pub(crate) mod non_null_type;
mod other_formats;
mod parse;
mod read;
mod refs;
mod upgrade;

use std::path::Path;

use indexmap::IndexMap;
use serde_json::Value;

use self::growth_limit::GrowthBudget;
pub use self::location::Location;
use self::network::{NetworkAccess, Url};
use self::parse::Parser;
pub(crate) use self::read::Tree;
pub(crate) use self::refs::find_file_refs;
use self::refs::{Bundler, Files};
use self::upgrade::SpecVersion;
use self::upgrade::streaming_extension::StreamConverter;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Origin};
use crate::source::{NumberLexemes, Pointer, SourceMap};

/// A document in the form of OpenAPI 3.0, whatever its original version.
#[derive(Debug, Clone)]
pub struct Document {
    /// The document. Every `$ref` has the form `#/components/…`, and its target exists. Links and
    /// callbacks are omitted, because the generator does not support them.
    pub openapi: openapiv3::OpenAPI,
    /// The webhooks: `webhooks` of 3.1, `x-webhooks` of 3.0.
    pub webhooks: IndexMap<String, openapiv3::PathItem>,
    /// Operations by path, with methods that 3.0 does not have: `query` and `additionalOperations`
    /// of 3.2.
    pub other_methods: IndexMap<String, Vec<OtherMethod>>,
    /// Number of `callbacks`, which the generator ignores.
    pub callbacks: usize,
    /// The SHA-256 of a document by URL, with all documents that it refers to.
    pub sha256: Option<String>,
    /// The text, for diagnostics.
    pub source: SourceMap,
}

/// An operation with a method that OpenAPI 3.0 does not have.
#[derive(Debug, Clone)]
pub struct OtherMethod {
    /// The method of the request: `QUERY`.
    pub method: String,
    /// The operation.
    pub operation: openapiv3::Operation,
    /// Position of the operation.
    pub at: Pointer,
}

/// Loads a document, with the files of its repository that it refers to.
///
/// The returned document is repaired and fit for [`lower`](crate::lower), even if `diagnostics` has
/// errors, so that one run reports the problems of all phases. The result is `None` if the file is
/// not a document at all. Then `diagnostics` has an error.
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
    let access = Access {
        root,
        network: None,
    };
    load_edited(&access, path, &mut |_| Vec::new(), diagnostics)
}

/// Changes the tree of a document. Returns the errors of the changes.
pub(crate) type Edit<'e> = dyn FnMut(&mut Value) -> Vec<Diagnostic> + 'e;

/// Limits on the files that a document may refer to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Access<'a> {
    /// The folder that references to files must not leave. The default is the root of the
    /// repository of the document, or else its folder.
    pub(crate) root: Option<&'a Path>,
    /// The permission to fetch URLs.
    pub(crate) network: Option<&'a NetworkAccess>,
}

/// Loads a document, as [`load_within`] does. `edit` changes its tree before references are
/// followed.
pub(crate) fn load_edited(
    access: &Access<'_>,
    path: &Path,
    edit: &mut Edit<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let location = Location::parse(path);
    let opened = open(location, access)
        .and_then(|(bytes, files)| Ok((decode_document(&location.name(), bytes)?, files)));
    match opened {
        Ok((text, files)) => Loading::new(location.name(), text, files, diagnostics).run(edit),
        Err(error) => {
            diagnostics.push(error);
            None
        }
    }
}

/// Reads the bytes of a document. Returns them with the files that it can refer to.
fn open(location: Location<'_>, access: &Access<'_>) -> Result<(Vec<u8>, Files), Diagnostic> {
    let network = access.network.cloned();
    match location {
        Location::File(path) => {
            let files = Files::for_document(path, access.root, network);
            Ok((read::file_bytes(path)?, files))
        }
        Location::StandardInput => {
            let bytes = read::standard_input(&location.name())?;
            Ok((bytes, Files::for_standard_input(network)))
        }
        Location::Url(url) => open_url(url, network),
    }
}

/// Fetches a document.
fn open_url(text: &str, network: Option<NetworkAccess>) -> Result<(Vec<u8>, Files), Diagnostic> {
    let error = |code, message: String| Diagnostic::new(code, Pointer::root(), message);
    let url = Url::parse(text).map_err(|why| {
        error(
            Code::FetchFailed,
            format!("cannot fetch the document: {why}"),
        )
        .help("pass an https URL, or download the document and pass the file")
    })?;
    let Some(network) = network else {
        let message = format!("`{url}` is a URL, and the network is not allowed");
        return Err(error(Code::FetchNotAllowed, message)
            .help("allow it with `--fetch`, or download the document and pass the file"));
    };
    let fetched = network
        .fetch_document(&url)
        .map_err(|failed| error(failed.code, failed.message).help(failed.help))?;
    Ok((
        fetched.bytes,
        Files::for_url(fetched.url, fetched.hash, network),
    ))
}

/// Decodes the text of a document. A file of another format is named.
fn decode_document(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    match other_formats::recognize_bytes(&bytes) {
        Some(other) => Err(other),
        None => read::decode(name, bytes),
    }
}

/// Loads a document from its text. Diagnostics call it `name`. It cannot refer to
/// other files.
pub fn load_str(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Document> {
    let (name, text) = (name.to_owned(), text.to_owned());
    Loading::new(name, text, Files::default(), diagnostics).run(&mut |_| Vec::new())
}

/// Reads a file as text, for the configuration.
pub(crate) fn read_text(path: &Path) -> Result<String, Diagnostic> {
    read::text(path)
}

/// Reads a text as a tree, for the configuration.
pub(crate) fn read_tree(name: &str, text: &str) -> Result<Tree, Diagnostic> {
    read::parse_tree(name, text).map_err(read::Malformed::diagnostic)
}

/// Reads a security scheme, for the configuration.
pub(crate) fn security_scheme(
    value: Value,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Option<openapiv3::SecurityScheme> {
    let lexemes = NumberLexemes::default();
    let mut parser = Parser::new(diagnostics, SpecVersion::V30, &lexemes);
    parser.parse_single_security_scheme(value, at)
}

/// A document that is being loaded.
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

    fn run(mut self, edit: &mut Edit<'_>) -> Option<Document> {
        match self.build(edit) {
            Ok(document) => Some(document),
            Err(error) => {
                self.diagnostics.push(*error);
                None
            }
        }
    }

    fn build(&mut self, edit: &mut Edit<'_>) -> Result<Document, Box<Diagnostic>> {
        let recognize_text = || other_formats::recognize_text(self.source.text());
        let mut tree = read::parse_tree(self.source.name(), self.source.text())
            .map_err(|error| recognize_text().unwrap_or_else(|| error.diagnostic()))?;
        self.diagnostics.extend(edit(&mut tree.value));
        let Value::Object(root) = &tree.value else {
            let other = other_formats::recognize_text(self.source.text());
            return Err(other
                .unwrap_or_else(upgrade::not_an_object_diagnostic)
                .into());
        };
        let version = upgrade::detect(root).map_err(|error| {
            let is_other = error.code == Code::NotOpenapi;
            let other = other_formats::recognize_mapping(root)
                .or_else(|| other_formats::recognize_text(self.source.text()));
            other.filter(|_| is_other).unwrap_or(error)
        })?;
        // Findings of the reader would only distract from a document of another format.
        self.report(&tree);
        let files = std::mem::take(&mut self.files);
        let budget = GrowthBudget::for_text(self.source.text().len());
        let diagnostics = &mut *self.diagnostics;
        let bundler = Bundler::new(tree.value, version, files, budget.clone(), diagnostics);
        let bundled = bundler.bundle();
        let mut layers = vec![bundled.moves];
        let Value::Object(mut root) = bundled.root else {
            return Err(Box::new(upgrade::not_an_object_diagnostic()));
        };
        if version.is_swagger() {
            let converted = upgrade::swagger::convert(root, budget.clone());
            root = converted.root;
            layers.push(converted.moves);
            self.diagnostics.extend(converted.findings);
            if converted.is_cut {
                self.diagnostics.push(refs::too_large());
            }
        }
        let mut streams = StreamConverter::new(budget);
        streams.convert_document(&mut root);
        if streams.is_cut() {
            self.diagnostics.push(refs::too_large());
        }
        layers.push(streams.moves);
        self.diagnostics.extend(streams.findings);
        let title = "API";
        let lexemes = NumberLexemes::new(self.source.text(), tree.syntax);
        let parser = Parser::new(self.diagnostics, version, &lexemes);
        let built = parser.parse_document(root, title);
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
            sha256: bundled.sha256,
            source,
        })
    }

    /// Reports the findings of the reader.
    fn report(&mut self, tree: &Tree) {
        for pointer in &tree.duplicates {
            let name = pointer.last().unwrap_or_default();
            let message = format!("`{name}` appears twice; the last value is used");
            let diagnostic = Diagnostic::new(Code::DuplicateKey, pointer.clone(), message);
            self.diagnostics
                .push(diagnostic.help("remove one of them").on_key());
        }
        if tree.several {
            self.diagnostics.push(Diagnostic::new(
                Code::MultipleYamlDocuments,
                Pointer::root(),
                "the file holds several YAML documents; only the first one is read",
            ));
        }
    }
}
