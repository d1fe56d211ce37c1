//! Methods of the resource that the last segment names.

use super::document_style::bare_verb;
use super::facts::OperationFacts;
use super::path_position::PathPosition;
use super::phrases::{begins_with_verb, tidy_method, without_resource};
use super::verbs::{method_verb, own_verb, standard_method};
use super::vocabulary::{is_plural, is_preposition, standard_verb};
use crate::ir::{Method, Words};

impl PathPosition<'_> {
    /// The standard method of a resource, or the id's own verb.
    pub(super) fn method_of_resource(&self) -> Words {
        if self.operation.reads_by_post && !self.operation.path.is_item() {
            let standard = self.method_of_collection(&Method::Get);
            return Words::split(standard).with("with").with("post");
        }
        let standard = if self.operation.path.is_item() {
            self.method_of_item()
        } else {
            self.method_of_collection(self.method())
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

    /// The act of a POST on an item whose id names another object: `add_trucks_to_dock` is
    /// `add_trucks`. `update` would name another act.
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
        // `modify_project` of `/projects/{id}/users/{id}` would name an act on the project.
        let is_in_path = |word: &String| {
            let segments = operation.path.literals();
            let mut words = segments.flat_map(Words::iter);
            words.any(|it| Words::split(it).singular() == Words::split(word).singular())
        };
        let is_own = words.clone().next().is_some() && !words.any(is_in_path);
        (is_own && !updates && begins_with_verb(&method)).then_some(method)
    }

    /// GET is `retrieve` (91 / 86), DELETE `delete` (91 / 90), PATCH `update` (76 / 87) and PUT
    /// `update` (82 / 72). A PUT next to a PATCH has another name (80 %).
    fn method_of_item(&self) -> &'static str {
        let methods = self.survey.tree.methods(&self.shape);
        let has = |method: &Method| methods.contains(method);
        match self.method() {
            // A GET of `/routes-for-agency/{id}`, or of an array, is a list.
            Method::Get if self.operation.response.is_array => "list",
            // `/taxonomies/{namespace}` is the collection of `/taxonomies/{namespace}/{key}`.
            Method::Get if self.operation.returns_list() && self.has_items() => "list",
            Method::Get if self.is_about_many() && self.is_many_of_others() => "list",
            Method::Put if has(&Method::Patch) => "replace",
            Method::Put => "update",
            Method::Post if has(&Method::Put) || has(&Method::Patch) => "create",
            Method::Post if self.is_keyed_otherwise() => "create",
            Method::Post => "update",
            method => standard_method(method),
        }
    }

    /// Whether the other operations on the item have a key of another name.
    ///
    /// `/connections/{id}` is read and deleted, and `POST /connections/{provider}` creates a
    /// connection.
    fn is_keyed_otherwise(&self) -> bool {
        let key = |operation: &OperationFacts| operation.path.parameters().last().cloned();
        let own = key(self.operation);
        let operations = self.survey.operations.iter();
        let mut others = operations
            .filter(|it| it.method != Method::Post && it.path.shape() == self.shape)
            .peekable();
        others.peek().is_some() && others.all(|other| key(other) != own)
    }

    /// For a collection, GET is `list` (91 / 86) and POST is `create` (90 / 86). For a singleton,
    /// GET is `retrieve` (82 / 58).
    fn method_of_collection(&self, method: &Method) -> &'static str {
        let has_items = self.has_items();
        let is_many = self.is_about_many();
        let methods = self.survey.tree.methods(&self.shape);
        match method {
            Method::Get => {
                let is_list = self.operation.response.is_array
                    || has_items
                    || is_many
                        && !self.operation.response.is_object
                        && methods.contains(&Method::Post)
                    || is_many && self.is_called_list()
                    || bare_verb(self.operation).is_some_and(|verb| verb == "list")
                    || is_many && self.is_many_of_others();
                if is_list { "list" } else { "retrieve" }
            }
            // If a GET reads a settings object, its POST sets the object.
            Method::Post if !has_items && self.is_singleton() => "update",
            Method::Put if methods.contains(&Method::Patch) => "replace",
            Method::Put => "update",
            method => standard_method(method),
        }
    }

    fn has_items(&self) -> bool {
        self.survey.tree.has_items(&self.shape)
    }

    fn is_singleton(&self) -> bool {
        let methods = self.survey.tree.methods(&self.shape);
        methods.contains(&Method::Get)
            && (!self.is_about_many() || self.survey.tree.is_read_as_object(&self.shape))
            && !methods.contains(&Method::Put)
            && !methods.contains(&Method::Patch)
    }

    /// Whether the plural of the segment stands before a preposition: `stops_for_location`. The
    /// response is not a scalar, as that of `are_games_in_progress`.
    fn is_many_of_others(&self) -> bool {
        let segment = self.segment();
        // `terms_of_service` is one thing.
        let is_divided = (segment.iter().skip(1)).any(|word| is_preposition(word) && word != "of");
        let last = segment.iter().next_back();
        let is_many = is_divided && !last.is_some_and(|last| is_plural(last));
        is_many && !self.operation.response.is_scalar
    }
}
