//! Resolution of a reference to its target.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Bundler;
use super::files::Refused;
use super::ref_target::{self, RefTarget, SplitRef};
use crate::diagnostics::Code;
use crate::load::document_structure::ObjectKind;
use crate::source::Pointer;

/// Longest chain of references.
const MAX_CHAIN: usize = 20_000;

/// Greatest length of a reference. A cycle through a reference's own middle makes it longer at each
/// step.
const MAX_REFERENCE_BYTES: usize = 8 << 10;

impl Bundler<'_> {
    /// Returns the target of a reference in the file `from`, after all references on the way.
    pub(super) fn locate(
        &mut self,
        from: usize,
        reference: &str,
        kind: ObjectKind,
    ) -> Result<RefTarget, Refused> {
        let mut way = Vec::new();
        let target = self.follow(from, reference, kind, &mut way)?;
        // Later references to an intermediate target can start here.
        for (file, reference) in way {
            self.located.insert((file, reference, kind), target.clone());
        }
        Ok(target)
    }

    fn follow(
        &mut self,
        from: usize,
        first: &str,
        kind: ObjectKind,
        way: &mut Vec<(usize, String)>,
    ) -> Result<RefTarget, Refused> {
        let mut next = (from, first.to_owned(), kind);
        let mut seen = HashSet::new();
        while way.len() < MAX_CHAIN && next.1.len() <= MAX_REFERENCE_BYTES.max(first.len()) {
            if let Some(known) = self.located.get(&next) {
                return Ok(known.clone());
            }
            let (file, reference, _) = next;
            let (at_file, pointer) = self.locate_ref(file, &reference, kind)?;
            let step = self.follow_pointer(at_file, &pointer, kind);
            if !seen.insert((at_file, pointer)) {
                break;
            }
            match step {
                Step::Here(pointer) => {
                    self.check_kind(at_file, &pointer, &reference, kind)?;
                    way.push((file, reference));
                    return Ok(RefTarget {
                        file: at_file,
                        pointer,
                        kind,
                    });
                }
                Step::Onward(onward) => {
                    way.push((file, reference));
                    next = (at_file, onward, kind);
                }
                Step::Missing => return Err(unresolved_ref(&reference)),
            }
        }
        Err(Refused {
            code: Code::CircularRef,
            message: format!("`{first}` refers back to itself"),
            help: "replace one of the references by a schema",
        })
    }

    /// Refuses a target of another kind: a parameter in the position of a schema.
    fn check_kind(
        &self,
        file: usize,
        pointer: &Pointer,
        reference: &str,
        wanted: ObjectKind,
    ) -> Result<(), Refused> {
        let Some(root) = self.value(file).filter(|root| is_document(root)) else {
            return Ok(());
        };
        let found = ref_target::find_kind(root, pointer);
        let (Some(wanted), Some(found)) = (wanted.expected_name(), found.distinct_name()) else {
            return Ok(());
        };
        if wanted == found {
            return Ok(());
        }
        Err(Refused {
            code: Code::WrongRefType,
            message: format!("`{reference}` is {found}, not {wanted}"),
            help: "refer to a value of the expected type",
        })
    }

    /// Returns the file and the pointer that a reference names.
    fn locate_ref(
        &mut self,
        from: usize,
        reference: &str,
        kind: ObjectKind,
    ) -> Result<(usize, Pointer), Refused> {
        let (from, reference) = match self.strip_self(reference) {
            Some(relative) => (0, relative),
            None => (from, reference),
        };
        let written = SplitRef::parse(reference);
        let remote = match written.is_remote() {
            true => Some(self.files.open_remote(from, written.file)?),
            false => None,
        };
        // A bare name means a component, as in `mapping`.
        if remote.is_none() && !reference.contains(['#', '/']) {
            let home = kind
                .component_section(self.version.is_swagger())
                .unwrap_or_default();
            let home_pointer = Pointer::parse(home).child(reference);
            if !reference.contains('.') || ref_target::get(&self.root, &home_pointer).is_some() {
                return Ok((0, home_pointer));
            }
        }
        let file = match remote {
            Some(file) => file,
            None if written.file.is_empty() => from,
            None => self.files.open(from, written.file)?,
        };
        if written.fragment.is_empty() || written.fragment.starts_with('/') {
            return Ok((file, Pointer::parse(&written.fragment)));
        }
        let anchor = self.anchors(file).get(&written.fragment).cloned();
        anchor
            .map(|at| (file, at))
            .ok_or_else(|| unresolved_ref(reference))
    }

    /// Returns a reference that begins with the document's own URI, `$self`, relative to the
    /// document.
    fn strip_self<'r>(&self, reference: &'r str) -> Option<&'r str> {
        let own = self.root.get("$self")?.as_str()?;
        if let Some(rest) = reference.strip_prefix(own)
            && (rest.is_empty() || rest.starts_with('#'))
        {
            return Some(rest);
        }
        let (folder, _) = own
            .rsplit_once('/')
            .filter(|(folder, _)| !folder.is_empty())?;
        reference.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Returns the anchors of the schemas in a file.
    fn anchors(&mut self, file: usize) -> &HashMap<String, Pointer> {
        if !self.anchors.contains_key(&file) {
            let mut anchors = HashMap::new();
            if let Some(value) = self.value(file) {
                collect_anchors(value, &Pointer::root(), &mut anchors);
            }
            self.anchors.insert(file, anchors);
        }
        self.anchors.entry(file).or_default()
    }

    /// Returns the tree of a file.
    pub(super) fn value(&self, file: usize) -> Option<&Value> {
        match file {
            0 => Some(&self.root),
            number => self.files.value(number),
        }
    }

    /// Follows a pointer up to the first reference.
    fn follow_pointer(&self, file: usize, pointer: &Pointer, kind: ObjectKind) -> Step {
        let Some(mut value) = self.value(file) else {
            return Step::Missing;
        };
        let mut at = Pointer::root();
        let segments: Vec<String> = pointer.segments().collect();
        for (i, segment) in segments.iter().enumerate() {
            // A reference on the way. A property may be called `$ref` too.
            if let Some(Value::String(next)) = value.get("$ref")
                && ref_target::get_child(value, segment).is_none()
            {
                let rest = segments.iter().skip(i);
                return Step::Onward(
                    rest.fold(next.clone(), |at, segment| join_segment(&at, segment)),
                );
            }
            let Some(next) = ref_target::get_child(value, segment) else {
                return self.find_in_components(file, segments.last(), kind);
            };
            value = next;
            at = at.child(segment);
        }
        match value
            .as_object()
            .and_then(|map| Some((map.len(), map.get("$ref")?)))
        {
            // A component that only refers to another stays as it is.
            Some((1, Value::String(next))) if !self.is_component(file, &at, kind) => {
                Step::Onward(next.clone())
            }
            _ => Step::Here(at),
        }
    }

    /// Looks among the components of the kind, for a reference that names the wrong container:
    /// `#/definitions/Pet` in a document of 3.0.
    fn find_in_components(&self, file: usize, name: Option<&String>, kind: ObjectKind) -> Step {
        let home = kind.component_section(self.version.is_swagger());
        let found = name.zip(home).and_then(|(name, home)| {
            let at = Pointer::parse(home).child(name);
            ref_target::get(self.value(file)?, &at).map(|_| at)
        });
        found.map_or(Step::Missing, Step::Here)
    }

    /// Whether a pointer is that of a component of this kind.
    pub(super) fn is_component(&self, file: usize, pointer: &Pointer, kind: ObjectKind) -> bool {
        file == 0
            && kind
                .component_section(self.version.is_swagger())
                .is_some_and(|home| pointer.parent().is_some_and(|p| p.as_str() == home))
    }
}

enum Step {
    /// The value is here.
    Here(Pointer),
    /// The value is the target of this reference.
    Onward(String),
    Missing,
}

/// Whether a file is a whole document, so that its values have a kind.
fn is_document(root: &Value) -> bool {
    root.get("openapi").is_some() || root.get("swagger").is_some()
}

fn unresolved_ref(reference: &str) -> Refused {
    Refused {
        code: Code::UnresolvedRef,
        message: format!("`{reference}` does not exist"),
        help: "correct the reference, or add its target",
    }
}

/// Returns the reference to a child of a reference's target.
fn join_segment(reference: &str, segment: &str) -> String {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let pointer = Pointer::parse(&ref_target::decode(fragment)).child(segment);
    // The fragment is decoded once already.
    format!("{file}#{}", pointer.as_str().replace('%', "%25"))
}

/// Collects the names of schemas: `$anchor`, `$dynamicAnchor` or `$id`. The first schema keeps a
/// name that several have.
fn collect_anchors(value: &Value, at: &Pointer, anchors: &mut HashMap<String, Pointer>) {
    match value {
        Value::Object(map) => {
            for key in ["$anchor", "$dynamicAnchor", "$id"] {
                if let Some(name) = map.get(key).and_then(Value::as_str) {
                    let name = name.strip_prefix('#').unwrap_or(name);
                    anchors.entry(name.to_owned()).or_insert_with(|| at.clone());
                }
            }
            for (key, value) in map {
                if value.is_object() || value.is_array() {
                    collect_anchors(value, &at.child(key), anchors);
                }
            }
        }
        Value::Array(items) => {
            for (i, value) in items.iter().enumerate() {
                collect_anchors(value, &at.index(i), anchors);
            }
        }
        _ => {}
    }
}
