//! Calls by the path: the literal segments are the resources, and the HTTP method is the verb.
//!
//! The chain of resources is all literal segments, or all but the last: 67 / 76 (7,069). The last
//! segment is a method of its parent if it is *lonely*: one operation on it, nothing beneath. That
//! holds in 85 / 86 (1,546), needs no list of verbs, and beats one.

use super::document_style::bare_verb;
use super::facts::OperationFacts;
use super::phrases::{begins_with_verb, tidy_method, without_resource};
use super::verbs::{method_verb, own_verb, standard_method};
use super::vocabulary::{
    has_preposition, is_about_many, is_manner, is_plural, is_standard, is_verb, letters, names_act,
    standard_verb, verb_first,
};
use super::{Call, Survey};
use crate::ir::{Method, Words};

/// The call of an operation by its path.
pub(super) fn call_by_path(operation: &OperationFacts, survey: &Survey<'_>) -> Call {
    let chain = resource_chain(operation);
    let Some((last, parents)) = chain.split_last() else {
        return call_without_literals(operation);
    };
    if let Some(action) = &operation.path.action {
        return Call::new(chain, action.clone());
    }
    if parents.is_empty()
        && let Some(call) = call_of_root_act(operation, last, survey)
    {
        return call;
    }
    let place = PathPlace {
        operation,
        survey,
        last,
        shape: operation.path.shape(),
    };
    let own = if operation.path.is_item() {
        place.method_of_parent_by_item(parents)
    } else {
        place.method_of_parent(parents)
    };
    match own {
        Some(method) => Call::new(parents.to_vec(), method),
        None => {
            let method = place.method_of_resource();
            Call::new(chain, method)
        }
    }
}

/// The literal segments without verbs in the middle that say no more than the HTTP method:
/// `/types/list/enum`.
fn resource_chain(operation: &OperationFacts) -> Vec<Words> {
    let mut chain = operation.chain();
    let Some(last) = chain.pop() else {
        return chain;
    };
    let first = chain.first().cloned();
    let says_more = |words: &Words| Some(words) == first.as_ref() || !is_standard(words);
    chain.retain(says_more);
    chain.push(last);
    chain
}

/// An operation on the API itself, or on `/{name}`: the tag, and the id without it.
fn call_without_literals(operation: &OperationFacts) -> Call {
    let resources = operation.tag().unwrap_or_default().to_vec();
    let method = operation.path.action.clone();
    let method = method.unwrap_or_else(|| {
        if operation.id.is_empty() {
            method_verb(&operation.method)
        } else {
            operation.id.clone()
        }
    });
    Call::new(resources, method)
}

/// The call of an act on the API itself, `POST /login`: a method of the tag, or of the client. An
/// act that has a tag of its own name is a resource, as in most SDKs: `rerank().create(…)`.
fn call_of_root_act(operation: &OperationFacts, act: &Words, survey: &Survey<'_>) -> Option<Call> {
    let shape = operation.path.shape();
    let is_only = survey.tree.count_below(shape.get(..1)?) == 1;
    let tag = operation.tag().unwrap_or_default();
    let is_tag = tag.iter().any(|tag| letters(tag) == letters(act));
    let is_post = operation.method == Method::Post;
    let is_act = names_act(act) && !has_preposition(act);
    let fits = is_only && is_post && is_act && !is_tag;
    fits.then(|| Call::new(tag.to_vec(), act.clone()))
}

/// Where an operation stands among the paths.
struct PathPlace<'p> {
    operation: &'p OperationFacts,
    survey: &'p Survey<'p>,
    last: &'p Words,
    shape: Vec<&'p str>,
}

impl PathPlace<'_> {
    fn method(&self) -> &Method {
        &self.operation.method
    }

    /// The last segment as it stands, whatever number the tag has.
    fn segment(&self) -> &Words {
        self.operation.path.literals().last().unwrap_or(self.last)
    }

    fn is_about_many(&self) -> bool {
        is_about_many(self.segment())
    }

    /// Whether the response is a list, or the id says so.
    fn is_called_list(&self) -> bool {
        let first = self.operation.id.iter().next();
        self.operation.returns_list() || first.is_some_and(|first| first == "list")
    }

    /// The name of a method of the parent, for a path that ends with a literal.
    fn method_of_parent(&self, parents: &[Words]) -> Option<Words> {
        if parents.is_empty() {
            return None;
        }
        let is_lonely = self.survey.tree.count_below(&self.shape) == 1;
        let is_act = self.is_act(parents);
        if !is_lonely {
            return self.is_shared_act().then(|| self.shared_act());
        }
        if !is_act && self.is_lonely_resource() {
            return None;
        }
        let turned = verb_first(self.segment()).or_else(|| self.reading_act());
        Some(
            turned.unwrap_or_else(|| match self.verb_before_segment(is_act) {
                Some(verb) => verb.join(self.segment()),
                None => self.segment().clone(),
            }),
        )
    }

    /// A segment that says `get` for a GET, as other methods say it: `get-nonce` is
    /// `retrieve_nonce`.
    fn reading_act(&self) -> Option<Words> {
        let mut words = self.segment().iter();
        let is_get = *self.method() == Method::Get && words.next()? == "get";
        let object: Words = words.collect();
        (is_get && !object.is_empty()).then(|| Words::split("retrieve").join(&object))
    }

    /// The verb before a lonely segment. An act has its own.
    fn verb_before_segment(&self, is_act: bool) -> Option<Words> {
        let verb = match self.method() {
            _ if is_act => return None,
            Method::Post if is_manner(self.segment()) => "create",
            Method::Post => self.verb_of_thing()?,
            Method::Get if self.is_about_many() && self.is_called_list() => "list",
            // `GET /triggers/active` lists triggers.
            Method::Get if self.is_list_of_parent() => "list",
            Method::Get => (!self.operation.path.is_below_item()).then_some("retrieve")?,
            // A noun alone would not say what happens: only 42 % of the official names are bare.
            method => return Some(method_verb(method)),
        };
        Some(Words::split(verb))
    }

    /// The standard verb of an id that acts on the thing which the last segment names:
    /// `createCredentialToken` on `…/{id}/token`. `token` alone would not say what happens to it.
    fn verb_of_thing(&self) -> Option<&'static str> {
        let mut id = self.operation.id.iter();
        let first = id.next().filter(|first| *first != "post")?;
        let verb = standard_verb(first)?;
        let has_word = |word: &String| id.clone().any(|it| it == word);
        let is_named = self.segment().iter().all(has_word);
        (is_named && self.survey.style.has_clean_ids).then_some(verb)
    }

    /// Whether a GET that has no key returns a list of what the segment before the last names.
    fn is_list_of_parent(&self) -> bool {
        let mut literals = self.operation.path.literals().rev();
        let parent = literals.nth(1);
        let response = &self.operation.response;
        !self.operation.path.is_below_item()
            && parent.is_some_and(|parent| is_about_many(parent) && response.is_list_of(parent))
    }

    /// Whether the last segment is an act: by its words, or because it stands below `actions`.
    fn is_act(&self, parents: &[Words]) -> bool {
        let below_actions = parents.last().is_some_and(|it| it.snake() == "actions");
        names_act(self.segment())
            || self.is_act_of_id()
            || below_actions && *self.method() == Method::Post
    }

    /// Whether the id begins with the words of the last segment, the first of which is a verb:
    /// `search-items` with the id `searchItems` is an act, and no items of a search.
    fn is_act_of_id(&self) -> bool {
        let words: Vec<&String> = self.segment().iter().collect();
        let id = self.operation.id.iter().take(words.len());
        let is_phrase = words.len() > 1 && words.first().is_some_and(|first| is_verb(first));
        is_phrase && id.eq(words.iter().copied())
    }

    /// Whether the last literal is an act that several operations share, and that has no items of
    /// its own that could be created and deleted.
    fn is_shared_act(&self) -> bool {
        let literal = self.shape.iter().rposition(|it| *it != "{}");
        let Some(shape) = literal.and_then(|place| self.shape.get(..=place)) else {
            return false;
        };
        let mut item = shape.to_vec();
        item.push("{}");
        let (tree, reads) = (&self.survey.tree, |it: &Method| *it == Method::Get);
        let count = tree.methods(shape).len() + tree.methods(&item).len();
        names_act(self.segment())
            && tree.methods(shape).contains(&Method::Post)
            && tree.methods(&item).iter().all(reads)
            && tree.count_below(shape) == count
    }

    /// A segment that is an act for several HTTP methods: `POST …/archive` and `DELETE …/archive`.
    fn shared_act(&self) -> Words {
        let methods = self.survey.tree.methods(&self.shape);
        let is_only = methods.iter().all(|it| it == self.method());
        let is_item = self.operation.path.is_item();
        if !is_item && (is_only || *self.method() == Method::Post) {
            return self.segment().clone();
        }
        method_verb(self.method()).join(self.segment())
    }

    /// Lonely segments that are resources all the same: what is created (`POST …/parts`), a list in
    /// a pure namespace, and an array below an item (60 % of pairs).
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

    /// The name of a method of the parent, for a path that ends with a parameter and whose last
    /// literal has no other operation: `…/attach/{id}`.
    fn method_of_parent_by_item(&self, parents: &[Words]) -> Option<Words> {
        let literal = self.shape.iter().rposition(|it| *it != "{}")?;
        let prefix = self.shape.get(..=literal)?;
        if parents.is_empty() {
            return None;
        }
        if self.survey.tree.count_below(prefix) != 1 {
            return self.is_shared_act().then(|| self.shared_act());
        }
        if names_act(self.segment()) {
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

    /// The name of a GET of the only item below a segment: `/users/name/{name}` finds a user by its
    /// name, and `/receiver/account/{id}` with an id of its own verb is `lookup_account`.
    fn reading_of_item(&self) -> Option<Words> {
        let key = self.operation.path.parameters().last();
        if key.is_some_and(|key| letters(key) == letters(self.last)) {
            return Some(Words::split("get_by").join(self.last));
        }
        let verb = bare_verb(self.operation)?;
        let is_own = is_verb(verb) && standard_verb(verb).is_none();
        is_own.then(|| Words::split(verb).join(&self.last.singular()))
    }

    /// The standard method of a resource, or the id's own verb.
    fn method_of_resource(&self) -> Words {
        let standard = if self.operation.path.is_item() {
            self.method_of_item()
        } else {
            self.method_of_collection()
        };
        let own = own_verb(self.operation, standard, self.survey.style).map(Words::split);
        let method = own.or_else(|| self.act_on_item(standard));
        let method = method.unwrap_or_else(|| match self.method() {
            Method::Other(_) => method_verb(self.method()),
            _ => Words::split(standard),
        });
        let path = &self.operation.path;
        let ends = path.file_type.iter().chain(&path.constant);
        ends.fold(method, |method, end| method.join(end))
    }

    /// The act of a POST on an item whose id names something else than the item:
    /// `add_trucks_to_dock` is `add_trucks`. `update` would say something else.
    fn act_on_item(&self, standard: &str) -> Option<Words> {
        let operation = self.operation;
        let is_act = *self.method() == Method::Post
            && operation.path.is_item()
            && matches!(standard, "create" | "update")
            && self.survey.style.has_clean_ids;
        let left = without_resource(&operation.id, self.last);
        let method = is_act
            .then(|| tidy_method(&left, operation, false))
            .flatten()?;
        let mut words = method.iter();
        let verb = words.next()?;
        let updates = standard_verb(verb) == Some("update");
        // `modify_project` of `/projects/{id}/users/{id}` would act on the project.
        let is_in_path = |word: &String| {
            let segments = operation.path.literals();
            let mut words = segments.flat_map(Words::iter);
            words.any(|it| Words::split(it).singular() == Words::split(word).singular())
        };
        let is_own = words.clone().next().is_some() && !words.any(is_in_path);
        (is_own && !updates && begins_with_verb(&method)).then_some(method)
    }

    /// GET retrieve 91 / 86, DELETE delete 91 / 90, PATCH update 76 / 87, PUT update 82 / 72, but
    /// beside PATCH something else (80 %).
    fn method_of_item(&self) -> &'static str {
        let methods = self.survey.tree.methods(&self.shape);
        let has = |method: &Method| methods.contains(method);
        match self.method() {
            // A GET of `/routes-for-agency/{id}`, or of an array, is a list.
            Method::Get if self.operation.response.is_array => "list",
            Method::Get if self.is_about_many() && has_many_before_preposition(self.segment()) => {
                "list"
            }
            Method::Put if has(&Method::Patch) => "replace",
            Method::Put => "update",
            Method::Post if has(&Method::Put) || has(&Method::Patch) => "create",
            Method::Post if self.is_keyed_otherwise() => "create",
            Method::Post => "update",
            method => standard_method(method),
        }
    }

    /// Whether the other operations on the item have a key of another name: `/connections/{id}` is
    /// read and deleted, and `POST /connections/{provider}` makes one.
    fn is_keyed_otherwise(&self) -> bool {
        let key = |operation: &OperationFacts| operation.path.parameters().last().cloned();
        let own = key(self.operation);
        let operations = self.survey.operations.iter();
        let mut others = operations
            .filter(|it| it.method != Method::Post && it.path.shape() == self.shape)
            .peekable();
        others.peek().is_some() && others.all(|other| key(other) != own)
    }

    /// GET of a collection list 91 / 86, POST create 90 / 86; of a singleton retrieve 82 / 58.
    fn method_of_collection(&self) -> &'static str {
        let has_items = self.survey.tree.has_items(&self.shape);
        let is_many = self.is_about_many();
        let methods = self.survey.tree.methods(&self.shape);
        match self.method() {
            Method::Get => {
                let is_list = self.operation.response.is_array
                    || has_items
                    || is_many
                        && !self.operation.response.is_object
                        && methods.contains(&Method::Post)
                    || is_many && self.is_called_list()
                    || bare_verb(self.operation).is_some_and(|verb| verb == "list")
                    || is_many && has_many_before_preposition(self.segment());
                if is_list { "list" } else { "retrieve" }
            }
            // The POST of a settings object that a GET reads sets it.
            Method::Post if !has_items && self.is_singleton() => "update",
            Method::Put if methods.contains(&Method::Patch) => "replace",
            Method::Put => "update",
            method => standard_method(method),
        }
    }

    fn is_singleton(&self) -> bool {
        let methods = self.survey.tree.methods(&self.shape);
        methods.contains(&Method::Get)
            && (!self.is_about_many() || self.survey.tree.is_read_as_object(&self.shape))
            && !methods.contains(&Method::Put)
            && !methods.contains(&Method::Patch)
    }
}

/// Whether the plural stands before a preposition: `stops_for_location`.
fn has_many_before_preposition(segment: &Words) -> bool {
    has_preposition(segment)
        && !segment
            .iter()
            .next_back()
            .is_some_and(|last| is_plural(last))
}
