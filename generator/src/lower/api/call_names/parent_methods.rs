//! Methods of the resource before the last segment: `POST /orders/{id}/cancel`.

use super::document_style::bare_verb;
use super::path_position::PathPosition;
use super::verbs::{method_verb, standard_method};
use super::vocabulary::{
    is_about_many, is_manner, is_preposition, is_verb, letters, names_act, standard_verb,
    standard_verb_for, verb_first,
};
use crate::ir::{Method, Words};

impl PathPosition<'_> {
    /// The name of a method of the parent, for a path that ends with a literal.
    pub(super) fn method_of_parent(&self, parents: &[Words]) -> Option<Words> {
        if parents.is_empty() {
            return None;
        }
        let is_lonely =
            self.survey.tree.count_below(&self.shape) == 1 || self.is_form_of_standard_act();
        let is_act = self.is_act(parents);
        if !is_lonely {
            return self.shared_act();
        }
        if !is_act && self.is_lonely_resource() {
            return None;
        }
        if let Some(method) = self.method_with_preposition() {
            return Some(method);
        }
        if self.is_reading_of(parents) {
            let is_list = self.is_called_list();
            return Some(Words::split(if is_list { "list" } else { "retrieve" }));
        }
        if let Some(verb) = self.standard_act(self.method()) {
            return Some(Words::split(verb));
        }
        // `GET …/will-create` creates nothing.
        let is_read = *self.method() == Method::Get;
        let turned = verb_first(self.segment()).filter(|_| !is_read);
        let turned = turned.or_else(|| self.reading_act());
        Some(
            turned.unwrap_or_else(|| match self.verb_before_segment(is_act) {
                Some(verb) => verb.join(self.segment()),
                None => self.segment().clone(),
            }),
        )
    }

    /// The name for a segment that begins with a preposition: `/users/by-email/{email}` is
    /// `get_by_email`, `GET /awards/by-winner/{name}` of an array `list_by_winner`, and
    /// `POST /voices/from-upload` `create_from_upload`.
    fn method_with_preposition(&self) -> Option<Words> {
        let mut words = self.segment().iter();
        let begins = is_preposition(words.next()?);
        let is_keyed = self.operation.path.is_item() || *self.method() != Method::Get;
        if !begins || !is_keyed && self.segment().iter().count() > 1 {
            return None;
        }
        let first = self.operation.id.iter().next();
        let own = first.and_then(|it| standard_verb_for(self.method(), it));
        let is_list = self.operation.response.is_array
            || self.is_list_of_parent()
            || own == Some("list") && *self.method() == Method::Post;
        let verb = match self.method() {
            Method::Post if !matches!(own, Some("retrieve" | "list")) => "create",
            Method::Get | Method::Post if is_list => "list",
            Method::Get | Method::Post => "get",
            method => return Some(method_verb(method).join(self.segment())),
        };
        let object = words.next();
        Some(object.map_or_else(
            || Words::split(verb),
            |_| Words::split(verb).join(self.segment()),
        ))
    }

    /// Whether another method of the segment is the standard method that it is another word for:
    /// `GET /clients/new` reads the form of `POST /clients/new`.
    fn is_form_of_standard_act(&self) -> bool {
        let methods = self.survey.tree.methods(&self.shape);
        let has_standard_act = |method: &Method| self.standard_act(method).is_some();
        methods.iter().any(has_standard_act)
            && self.survey.tree.count_below(&self.shape) == methods.len()
    }

    /// The standard method that the segment is another word for: `POST /clients/new` is `create`.
    fn standard_act(&self, method: &Method) -> Option<&'static str> {
        let mut words = self.segment().iter();
        let (only, None) = (words.next()?, words.next()) else {
            return None;
        };
        let verb = standard_verb(only).filter(|_| !is_verb(only))?;
        (verb == standard_method(method)).then_some(verb)
    }

    /// Whether the segment of a GET names its parent after `get`: `/products/get-products`.
    fn is_reading_of(&self, parents: &[Words]) -> bool {
        let object: Words = self.segment().iter().skip(1).collect();
        let parent = parents.last().map(letters).unwrap_or_default();
        self.reading_act().is_some() && letters(&object) == parent
    }

    /// The verb before a lonely segment. An act has a verb already.
    fn verb_before_segment(&self, is_act: bool) -> Option<Words> {
        let verb = match self.method() {
            _ if is_act => return None,
            Method::Post if is_manner(self.segment()) => "create",
            Method::Post => self.verb_of_thing()?,
            Method::Get if self.is_about_many() && self.is_called_list() => "list",
            // `GET /triggers/active` lists triggers.
            Method::Get if self.is_list_of_parent() => "list",
            Method::Get => (!self.operation.path.is_below_item()).then_some("retrieve")?,
            // A noun alone would hide the act: only 42 % of the official names are bare.
            method => return Some(method_verb(method)),
        };
        Some(Words::split(verb))
    }

    /// The standard verb of an id whose object is the last segment: `createCredentialToken` on
    /// `…/{id}/token`. `token` alone would hide the act.
    fn verb_of_thing(&self) -> Option<&'static str> {
        let mut id = self.operation.id.iter();
        // `POST /orders/filter` that is `read_orders_filter` retrieves no filter.
        let first = id.next().filter(|first| *first != "post")?;
        let verb = standard_verb(first).filter(|verb| !matches!(*verb, "retrieve" | "list"))?;
        let has_word = |word: &String| id.clone().any(|it| it == word);
        let is_named = self.segment().iter().all(has_word);
        (is_named && self.survey.style.has_clean_ids).then_some(verb)
    }

    /// Whether a GET without a key returns a list of the items of the segment before the last.
    fn is_list_of_parent(&self) -> bool {
        let mut literals = self.operation.path.literals().rev();
        let parent = literals.nth(1);
        let response = &self.operation.response;
        !self.operation.path.is_below_item()
            && parent.is_some_and(|parent| is_about_many(parent) && response.is_list_of(parent))
    }

    /// Whether a lonely segment is a resource: an object that is created (`POST …/parts`), a list
    /// in a pure namespace, or an array below an item (60 % of pairs).
    fn is_lonely_resource(&self) -> bool {
        let is_list = self.operation.returns_list();
        let is_below_item = self.operation.path.is_below_item();
        let parent = self
            .shape
            .split_last()
            .map_or(&[][..], |(_, parent)| parent);
        let is_pure = !is_below_item && self.survey.tree.methods(parent).is_empty();
        match self.method() {
            _ if !self.is_about_many() => false,
            Method::Post => true,
            Method::Get if is_below_item => self.operation.response.is_array,
            _ => is_pure && is_list,
        }
    }

    /// The name of a method of the parent, for a path that ends with a parameter.
    ///
    /// The last literal has no other operation: `…/attach/{id}`.
    pub(super) fn method_of_parent_by_item(&self, parents: &[Words]) -> Option<Words> {
        let literal = self.shape.iter().rposition(|it| *it != "{}")?;
        let prefix = self.shape.get(..=literal)?;
        if parents.is_empty() {
            return None;
        }
        if let Some(method) = self.method_with_preposition()
            && self.has_only_items(prefix)
        {
            return Some(method);
        }
        if self.survey.tree.count_below(prefix) != 1 {
            return self.shared_act();
        }
        if names_act(self.segment()) && !self.is_named_by_key() {
            return Some(self.segment().clone());
        }
        match self.method() {
            Method::Get => {
                let count = self.shape.len() - literal - 1;
                (count == 1).then(|| self.reading_of_item()).flatten()
            }
            Method::Post => Some(self.segment().clone()),
            method => Some(method_verb(method).join(&self.last.singular())),
        }
    }

    /// Whether only parameters follow a prefix of paths.
    fn has_only_items(&self, prefix: &[&str]) -> bool {
        let operations = self.survey.operations.iter();
        let shapes = operations.map(|operation| operation.path.shape());
        let mut below = shapes.filter(|shape| shape.starts_with(prefix));
        below.all(|shape| shape.iter().skip(prefix.len()).all(|it| *it == "{}"))
    }

    /// Whether the key of an item has the name of the segment: `…/split-logic/{split_logic_id}`.
    /// Such a segment names a thing, and not an act.
    fn is_named_by_key(&self) -> bool {
        let key = self.operation.path.parameters().last();
        let is_name = |word: &&String| *word != "id";
        let name: Option<Words> = key.map(|key| key.iter().filter(is_name).collect());
        name.is_some_and(|name| letters(&name) == letters(self.segment()))
    }

    /// The name of a GET of the only item below a segment.
    ///
    /// `/users/name/{name}` finds a user by its name. `/receiver/account/{id}` is `lookup_account`
    /// if the verb of its `operationId` is `lookup`.
    fn reading_of_item(&self) -> Option<Words> {
        let key = self.operation.path.parameters().last();
        if key.is_some_and(|key| letters(key) == letters(self.last)) {
            return Some(Words::split("get_by").join(self.last));
        }
        let verb = bare_verb(self.operation)?;
        let is_own = is_verb(verb) && standard_verb(verb).is_none();
        is_own.then(|| Words::split(verb).join(&self.last.singular()))
    }
}
