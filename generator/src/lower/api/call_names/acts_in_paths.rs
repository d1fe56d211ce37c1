//! Segments of paths that name acts: `…/cancel`, `…/search-items`, `…/execute/{tool}`.

use super::path_position::PathPosition;
use super::verbs::method_verb;
use super::vocabulary::{is_bulk, is_clear_verb, is_plural, is_reading_act, is_verb, names_act};
use crate::ir::{Method, Words};

impl PathPosition<'_> {
    /// The method of a GET whose segment begins with a verb that reads: `get-nonce` is
    /// `retrieve_nonce`, as other methods of a GET begin, and `listGroups` is `list_groups`. `list`
    /// alone is a method, too.
    pub(super) fn reading_act(&self) -> Option<Words> {
        let mut words = self.segment().iter();
        let verb = match words.next()?.as_str() {
            "get" => "retrieve",
            "list" => "list",
            _ => return None,
        };
        let object: Words = words.collect();
        let has_object = !object.is_empty() || verb == "list";
        let is_reading = *self.method() == Method::Get && has_object;
        is_reading.then(|| Words::split(verb).join(&object))
    }

    /// Whether the last segment is an act: by its words, or because it stands below `actions`.
    pub(super) fn is_act(&self, parents: &[Words]) -> bool {
        let below_actions = parents.last().is_some_and(|it| it.snake() == "actions");
        names_act(self.segment())
            || self.is_act_of_id()
            || below_actions && *self.method() == Method::Post
    }

    /// Whether the last segment begins with a verb, and the id with the words of that segment.
    ///
    /// `search-items` with the id `searchItems` is an act, and not the items of a search.
    fn is_act_of_id(&self) -> bool {
        let words: Vec<&String> = self.segment().iter().collect();
        let id = self.operation.id.iter().take(words.len());
        let is_phrase = words.len() > 1 && words.first().is_some_and(|first| is_verb(first));
        id.eq(words.iter().copied()) && (is_phrase || self.begins_id_of_act())
    }

    /// Whether the last segment is the first word of an id that is written as a verb and its
    /// object: `PUT …/unyank` with the id `unyank_version`.
    fn begins_id_of_act(&self) -> bool {
        let mut words = self.segment().iter();
        let is_single = words.next().is_some_and(|word| !is_plural(word)) && words.next().is_none();
        let mut object = self.operation.id.iter().skip(1).peekable();
        is_single
            && *self.method() != Method::Get
            && self.survey.style.has_clean_ids
            && object.peek().is_some()
            && !object.any(|word| is_clear_verb(word))
    }

    /// The method of a last literal that is an act of several operations.
    ///
    /// `POST …/archive` and `DELETE …/archive` are `archive` and `delete_archive`. A POST has the
    /// verb even if other paths are below it: `…/execute/{tool}`, `…/attach` with `…/attach/ws`.
    pub(super) fn shared_act(&self) -> Option<Words> {
        let shape = self.shape_to_last_literal()?;
        if self.is_act_without_items(shape) {
            return Some(self.qualify_shared_act());
        }
        let is_act = is_verb_alone(self.segment()) && !self.is_read(shape);
        (*self.method() == Method::Post && is_act).then(|| self.segment().clone())
    }

    /// Whether a literal is an act whose items, if it has any, are not created or deleted.
    fn is_act_without_items(&self, shape: &[&str]) -> bool {
        let item = [shape, &["{}"]].concat();
        let (tree, reads) = (&self.survey.tree, |it: &Method| *it == Method::Get);
        let count = tree.methods(shape).len() + tree.methods(&item).len();
        names_act(self.segment())
            && tree.methods(shape).contains(&Method::Post)
            && tree.methods(&item).iter().all(reads)
            && tree.count_below(shape) == count
    }

    fn qualify_shared_act(&self) -> Words {
        let methods = self.survey.tree.methods(&self.shape);
        let is_only = methods.iter().all(|it| it == self.method());
        let is_item = self.operation.path.is_item();
        // `GET …/search` next to `POST …/search` searches as well.
        let reads = *self.method() == Method::Get && is_reading_act(&self.segment().snake());
        if !is_item && (is_only || reads || *self.method() == Method::Post) {
            return self.segment().clone();
        }
        // `PUT …/delete-series` next to a POST deletes as well, and updates nothing.
        let is_phrase = self.segment().iter().count() > 1;
        if !is_item && is_phrase && matches!(self.method(), Method::Put | Method::Patch) {
            let http = self.method().as_str().to_ascii_lowercase();
            return self.segment().with("with").with(&http);
        }
        method_verb(self.method()).join(self.segment())
    }

    /// The method of a lonely segment that follows an act: `…/execute/proxy` is `execute_proxy`,
    /// `…/verify/prepare-code` is `prepare_code`, and `…/verify-domain/bulk` is
    /// `bulk_verify_domain`. The act is not a resource.
    pub(super) fn method_below_act(&self, parents: &[Words]) -> Option<Words> {
        let [_, .., act] = parents else {
            return None;
        };
        let literals = self.shape.iter().enumerate().rev();
        let mut literals = literals.filter(|(_, text)| **text != "{}");
        let (index, _) = literals.nth(1)?;
        let segment = self.segment();
        let is_lonely = self.survey.tree.count_below(&self.shape) == 1;
        let is_many_acts = is_bulk_alone(segment) && names_act(act);
        let is_act = is_verb_alone(act) || is_many_acts;
        if !is_act || !is_lonely || self.is_read(self.shape.get(..=index)?) {
            return None;
        }
        if is_many_acts {
            return Some(segment.join(act));
        }
        Some(match names_act(segment) {
            true if segment.iter().count() > 1 => segment.clone(),
            true if is_verb_alone(segment) => segment.join(act),
            _ => act.join(segment),
        })
    }

    /// Whether a path or its items are read or deleted, as only resources are.
    fn is_read(&self, shape: &[&str]) -> bool {
        let item = [shape, &["{}"]].concat();
        let tree = &self.survey.tree;
        let mut methods = tree.methods(shape).iter().chain(tree.methods(&item));
        methods.any(|method| matches!(method, Method::Get | Method::Delete))
    }
}

/// Whether a segment only marks an operation on many items: `…/verify-domain/bulk`.
fn is_bulk_alone(segment: &Words) -> bool {
    let mut words = segment.iter();
    words.next().is_some_and(|word| is_bulk(word)) && words.next().is_none()
}

/// Whether a segment is one verb that is rarely a noun.
fn is_verb_alone(segment: &Words) -> bool {
    let mut words = segment.iter();
    words.next().is_some_and(|word| is_clear_verb(word)) && words.next().is_none()
}
