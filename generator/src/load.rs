//! From bytes to a [`Document`]: reading, references, versions, repair.
//!
//! Everything that is about how a document is *written* ends here: JSON or
//! YAML, one file or several, OpenAPI 2.0, 3.0, 3.1 or 3.2, and the harmless
//! mistakes that real documents make. What comes out has one version, that of
//! OpenAPI 3.0 as [`openapiv3`] holds it, with what that form cannot say left
//! in the extensions of the schema ([`keys`]).

mod budget;
mod grammar;
pub(crate) mod implied_type;
pub(crate) mod json_type;
pub mod keys;
mod parse;
mod read;
mod refs;
mod upgrade;

use std::path::Path;

use indexmap::IndexMap;
use serde_json::Value;

use self::budget::Budget;
use self::parse::Parser;
pub(crate) use self::read::Tree;
pub(crate) use self::refs::find_file_refs;
use self::refs::{Bundle, Files};
use self::upgrade::SpecVersion;
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
    load_edited(root, path, &mut |_| Vec::new(), diagnostics)
}

/// Changes the tree of a document. Returns what is wrong with the changes.
pub(crate) type Edit<'e> = dyn FnMut(&mut Value) -> Vec<Diagnostic> + 'e;

/// Loads a document, as [`load_within`] does. `edit` changes its tree before references are
/// followed.
pub(crate) fn load_edited(
    root: Option<&Path>,
    path: &Path,
    edit: &mut Edit<'_>,
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
    Loading::new(name, text, files, diagnostics).run(edit)
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
    read::tree(name, text).map_err(read::Malformed::diagnostic)
}

/// Reads a security scheme, for the configuration.
pub(crate) fn security_scheme(
    value: Value,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Option<openapiv3::SecurityScheme> {
    let lexemes = NumberLexemes::default();
    let mut parser = Parser::new(diagnostics, SpecVersion::V30, &lexemes);
    parser.single_security_scheme(value, at)
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
        let mut tree = read::tree(self.source.name(), self.source.text())
            .map_err(|error| error.diagnostic())?;
        self.report(&tree);
        self.diagnostics.extend(edit(&mut tree.value));
        let Value::Object(root) = &tree.value else {
            return Err(Box::new(upgrade::not_an_object()));
        };
        let version = upgrade::detect(root)?;
        let files = std::mem::take(&mut self.files);
        let budget = Budget::of_text(self.source.text().len());
        let diagnostics = &mut *self.diagnostics;
        let bundle = Bundle::new(tree.value, version, files, budget.clone(), diagnostics);
        let bundled = bundle.run();
        let mut layers = vec![bundled.moves];
        let Value::Object(mut root) = bundled.root else {
            return Err(Box::new(upgrade::not_an_object()));
        };
        if version.is_swagger() {
            let converted = upgrade::swagger::convert(root, budget);
            root = converted.root;
            layers.push(converted.moves);
            self.diagnostics.extend(converted.findings);
            if converted.is_cut {
                self.diagnostics.push(refs::too_large());
            }
        }
        let title = "API";
        let lexemes = NumberLexemes::new(self.source.text(), tree.syntax);
        let parser = Parser::new(self.diagnostics, version, &lexemes);
        let built = parser.document(root, title);
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
