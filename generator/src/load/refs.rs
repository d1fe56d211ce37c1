//! References: merges several files into one document in which every `$ref` names a component.
//!
//! `#/components/schemas/Pet` stays as it is. The target of any other reference becomes a component,
//! and its original position refers to the component. OpenAPI 3.0 has no components for path items
//! and media types, so each reference to one is replaced by a copy.
//!
//! It refuses a file outside the root of the repository, or outside the folder that the caller
//! names. It refuses a URL unless the caller allows the network.

mod component_names;
mod cycles;
mod defs;
mod dynamic_refs;
mod file_refs;
mod files;
mod ids;
mod misplaced_refs;
mod new_components;
mod non_component_refs;
mod path_item_refs;
mod ref_target;
mod resolve_ref;
mod rewrite;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::document_structure::ObjectKind;
use super::growth_limit::GrowthBudget;
use super::upgrade::SpecVersion;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Pointer;

pub(crate) use file_refs::find_file_refs;
pub(crate) use files::Files;

/// A moved value: its position, the number of its original file, and its original position.
pub(crate) type Move = (Pointer, usize, Pointer);

/// The merging of a document and the files that it refers to.
pub(crate) struct Bundler<'a> {
    root: Value,
    version: SpecVersion,
    files: Files,
    diagnostics: &'a mut Diagnostics,
    /// New components, by their targets.
    made: HashMap<ref_target::RefTarget, String>,
    /// Targets of references, by the file of the reference.
    located: HashMap<(usize, String, ObjectKind), ref_target::RefTarget>,
    /// Replacement of each reference of the root that does not name a component. `None`: no target.
    resolved: HashMap<(ObjectKind, String), Option<String>>,
    /// Anchors of the schemas of each file.
    anchors: HashMap<usize, HashMap<String, Pointer>>,
    /// Path items that were already copied to a path.
    inlined: HashSet<ref_target::RefTarget>,
    /// Messages about references without a target.
    refused: HashSet<String>,
    /// Components from other files, whose references are not rewritten yet.
    queue: Vec<new_components::PendingComponent>,
    moves: Vec<Move>,
    /// References in positions where the specification does not allow them, with the position in
    /// words.
    misplaced: Vec<(Pointer, &'static str)>,
    /// Number of bytes that copies may still add.
    budget: GrowthBudget,
}

/// The merged document.
#[derive(Debug)]
pub(crate) struct BundledDocument {
    /// The document.
    pub(crate) root: Value,
    /// The moves that were made.
    pub(crate) moves: Vec<Move>,
    /// Names and texts of the other files. The first one has the number 1.
    pub(crate) files: Vec<(String, String)>,
    /// The SHA-256 of all documents that were fetched.
    pub(crate) sha256: Option<String>,
}

impl<'a> Bundler<'a> {
    /// Creates a merge that holds only the root document.
    pub(crate) fn new(
        root: Value,
        version: SpecVersion,
        files: Files,
        budget: GrowthBudget,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            root,
            version,
            files,
            diagnostics,
            made: HashMap::new(),
            located: HashMap::new(),
            resolved: HashMap::new(),
            anchors: HashMap::new(),
            inlined: HashSet::new(),
            refused: HashSet::new(),
            queue: Vec::new(),
            moves: Vec::new(),
            misplaced: Vec::new(),
            budget,
        }
    }

    /// Merges all files.
    pub(crate) fn bundle(mut self) -> BundledDocument {
        if self.version.is_3_1() {
            self.resolve_ids();
        }
        self.resolve_defs();
        self.resolve_dynamic();
        self.inline_misplaced_refs();
        self.rewrite_pending();
        self.fill_components();
        self.rewrite_pending();
        let found_refs = self.find_non_component_refs();
        for found in &found_refs {
            self.resolve_non_component_ref(found);
        }
        self.rewrite_pending();
        if !found_refs.is_empty() {
            self.rewrite_root();
        }
        self.inline_path_items();
        self.rewrite_pending();
        self.break_cycles();
        self.report_misplaced();
        if self.budget.is_spent() {
            self.diagnostics.push(too_large());
        }
        BundledDocument {
            root: self.root,
            moves: self.moves,
            sha256: self.files.hash(),
            files: self.files.into_texts(),
        }
    }

    /// Reports a reference without a target, once for each message: a missing file is one
    /// problem, whatever the references into it name. A missing example does not change
    /// the code.
    fn refuse(&mut self, why: files::Refused, kind: ObjectKind, at: Pointer) {
        if !self.refused.insert(why.message.clone()) {
            return;
        }
        let code = match kind {
            ObjectKind::Example => Code::UnresolvedExample,
            _ => why.code,
        };
        self.report(code, at, why.message, why.help);
    }

    fn report(&mut self, code: Code, at: Pointer, message: String, help: &str) {
        let diagnostic = Diagnostic::new(code, at, message);
        self.diagnostics.push(diagnostic.help(help));
    }
}

/// The diagnostic for a document whose copies are too large.
pub(crate) fn too_large() -> Diagnostic {
    let message = "this document repeats too much; some of it is left out";
    Diagnostic::new(Code::DocumentTooLarge, Pointer::root(), message)
        .help("move large values to `components/schemas` and refer to them")
}
