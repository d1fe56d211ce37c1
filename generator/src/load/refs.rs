//! References: one document out of several files, with every `$ref` leading
//! to a component.
//!
//! `#/components/schemas/Pet` is left as it is. A reference to anywhere else,
//! into another file or into the middle of an operation, makes a component of
//! what it leads to, and both places refer to that one. Path items and media
//! types have no place among the components of 3.0; they are copied to where
//! they are used.
//!
//! Nothing is fetched: a URL is refused, and so is a file outside the root of
//! the repository, or outside the folder that the caller names.

mod component_names;
mod cycles;
mod defs;
mod dynamic;
mod file_refs;
mod files;
mod ids;
mod inline;
mod new_components;
mod odd_refs;
mod ref_target;
mod resolve;
mod rewrite;
mod splice;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::budget::Budget;
use super::grammar::ObjectKind;
use super::upgrade::SpecVersion;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Pointer;

pub(crate) use file_refs::find_file_refs;
pub(crate) use files::Files;

/// A move of a value: where it stands now, in which file it stood, and where.
pub(crate) type Move = (Pointer, usize, Pointer);

/// Makes one document of the root and of the files that it refers to.
pub(crate) struct Bundle<'a> {
    root: Value,
    version: SpecVersion,
    files: Files,
    diagnostics: &'a mut Diagnostics,
    /// The components that were made, by what they were made of.
    made: HashMap<ref_target::RefTarget, String>,
    /// What references lead to, by the file that they stand in.
    located: HashMap<(usize, String, ObjectKind), ref_target::RefTarget>,
    /// What each odd reference of the root has become. `None`: it dangles.
    resolved: HashMap<(ObjectKind, String), Option<String>>,
    /// The schemas of each file that give themselves a name.
    anchors: HashMap<usize, HashMap<String, Pointer>>,
    /// The path items that have been copied to where they are used.
    inlined: HashSet<ref_target::RefTarget>,
    /// What has been said of references that lead nowhere.
    refused: HashSet<String>,
    /// Components from other files, whose references are not rewritten yet.
    queue: Vec<new_components::PendingComponent>,
    moves: Vec<Move>,
    /// Where references stand that the specification does not have there, and for what.
    misplaced: Vec<(Pointer, &'static str)>,
    /// What copies may still weigh.
    budget: Budget,
}

/// What a bundle comes to.
#[derive(Debug)]
pub(crate) struct Bundled {
    /// The document.
    pub(crate) root: Value,
    /// The moves that were made.
    pub(crate) moves: Vec<Move>,
    /// Names and texts of the other files, the first of which has the number 1.
    pub(crate) files: Vec<(String, String)>,
}

impl<'a> Bundle<'a> {
    /// A bundle that holds the root only.
    pub(crate) fn new(
        root: Value,
        version: SpecVersion,
        files: Files,
        budget: Budget,
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

    /// Brings everything together.
    pub(crate) fn run(mut self) -> Bundled {
        if self.version.is_3_1() {
            self.resolve_ids();
        }
        self.resolve_defs();
        self.resolve_dynamic();
        self.place_inline_refs();
        self.rewrite_pending();
        self.fill_components();
        self.rewrite_pending();
        let odd = self.odd_references();
        for found in &odd {
            self.resolve_odd_ref(found);
        }
        self.rewrite_pending();
        if !odd.is_empty() {
            self.rewrite_root();
        }
        self.inline_path_items();
        self.rewrite_pending();
        self.break_cycles();
        self.report_misplaced();
        if self.budget.is_spent() {
            self.diagnostics.push(too_large());
        }
        Bundled {
            root: self.root,
            moves: self.moves,
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

/// The finding about a document whose copies are too large.
pub(crate) fn too_large() -> Diagnostic {
    let message = "this document repeats too much; some of it is left out";
    Diagnostic::new(Code::DocumentTooLarge, Pointer::root(), message)
        .help("move large values to `components/schemas` and refer to them")
}
