//! Calls with sample values, and the requests that they send.

use serde_json::{Map, Value, json};

use super::{MAX_SAMPLE_VALUES, count_values, path_text};
use crate::ir::{OptionRole, ReadmeCall};
use crate::plan::{
    BodyPlan, FieldLocation, FieldPlan, FieldWrapper, ItemId, ItemKind, MethodPlan, ParamsPlan,
    PathArg, Plan, QueryEscaping, QueryStyle, RustType, SampleExpr, full_sample_value,
    sample_value,
};
use crate::render::{methods, template_facts};

/// The arguments of a sample call: the path arguments and the parameters.
pub(in crate::render) fn arguments(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    configured: Option<&ReadmeCall>,
) -> (Vec<(SampleExpr, bool)>, Option<SampleExpr>) {
    let values = configured.map(|call| &call.params);
    let fill = values.map_or(FieldSelection::Example, FieldSelection::Configured);
    let mut call = Call::build(plan, method, fill);
    if call.lacks_params(method) {
        call = Call::build(plan, method, FieldSelection::Every);
    }
    (call.path, call.params)
}

/// A call of a method with sample values, and the request that it sends.
pub(super) struct Call {
    pub(super) path: Vec<(SampleExpr, bool)>,
    pub(super) params: Option<SampleExpr>,
    pub(super) target: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Option<SentBody>,
}

/// The fields of the parameters that a sample call sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldSelection<'a> {
    /// The fields of the document's example.
    Example,
    /// The fields with these values, by their names on the wire, and the required fields.
    Configured(&'a Map<String, Value>),
    /// The required fields.
    Required,
    /// All fields.
    Every,
}

impl<'a> FieldSelection<'a> {
    /// Whether the call is shown to users. The requests of other calls are compared.
    const fn is_for_documentation(self) -> bool {
        matches!(self, Self::Example | Self::Configured(_))
    }

    /// Returns the value that the configuration gives a parameter.
    fn configured(self, wire: &str) -> Option<&'a Value> {
        match self {
            Self::Configured(values) => values.get(wire),
            Self::Example | Self::Required | Self::Every => None,
        }
    }
}

pub(super) enum SentBody {
    Json(Value),
    Other,
}

impl Call {
    pub(super) fn build(
        plan: &Plan<'_>,
        method: &MethodPlan<'_>,
        fill: FieldSelection<'_>,
    ) -> Self {
        let mut call = Self {
            path: Vec::new(),
            params: None,
            target: method.operation.request_path().to_owned(),
            query: Vec::new(),
            body: None,
        };
        for arg in &method.path_args {
            call.path_arg(plan, arg, fill);
        }
        call.path_options(plan);
        call.target = path_text::literal(&call.target);
        call.divide_target();
        if let Some(id) = method.params
            && let ItemKind::Params(params) = &plan.item(id).kind
        {
            call.params(plan, method, id, params, fill);
        }
        call
    }

    /// Whether the method takes parameters, and no value of a required one is known.
    pub(super) const fn lacks_params(&self, method: &MethodPlan<'_>) -> bool {
        method.params.is_some() && self.params.is_none()
    }

    /// Fills path parameters that are client options with the values that the tests set.
    fn path_options(&mut self, plan: &Plan<'_>) {
        for option in &plan.api.package.options {
            if let OptionRole::Path(name) = &option.role
                && let Some(sample) = template_facts::sample(option)
            {
                let written = sample.trim_matches('"');
                self.target = path_text::fill(&self.target, name, written);
            }
        }
    }

    /// Moves the query of a path to the expected query, except for values that need escaping.
    fn divide_target(&mut self) {
        let Some((path, query)) = self.target.split_once('?') else {
            return;
        };
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let plain = pairs.filter(|(name, value)| !name.contains('%') && is_plain(value));
        let plain = plain.map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.query.extend(plain);
        self.target = path.to_owned();
    }

    fn path_arg(&mut self, plan: &Plan<'_>, arg: &PathArg<'_>, fill: FieldSelection<'_>) {
        let shown = [arg.example, arg.sample].into_iter().flatten();
        let shown = shown.filter(|value| fill.is_for_documentation() || is_plain_string(value));
        let mut values = fill.configured(arg.wire.as_str()).into_iter().chain(shown);
        let value = values
            .find(|value| plan.sample(&arg.ty, value).is_some())
            .cloned()
            .unwrap_or_else(|| path_sample(plan, &arg.ty));
        let Some((expr, value)) = plan.sample(&arg.ty, &value) else {
            return;
        };
        let by_ref = methods::is_by_reference(plan, arg);
        let name = arg.wire.as_str();
        let written = path_text::write_value(name, &value, arg.style);
        self.target = path_text::fill(&self.target, name, &written);
        self.path.push((expr, by_ref));
    }

    fn params(
        &mut self,
        plan: &Plan<'_>,
        method: &MethodPlan<'_>,
        id: ItemId,
        params: &ParamsPlan<'_>,
        fill: FieldSelection<'_>,
    ) {
        let example = method
            .operation
            .body
            .as_ref()
            .and_then(|body| body.content.first()?.examples.first())
            .map(|e| &e.value);
        let spread = matches!(params.body, BodyPlan::Whole(_) | BodyPlan::Properties(_));
        let mut chosen = Map::new();
        let mut left = MAX_SAMPLE_VALUES;
        for field in &params.fields {
            let given = match field.location {
                _ if matches!(fill, FieldSelection::Configured(_)) => {
                    fill.configured(field.name_on_wire())
                }
                FieldLocation::Property => example
                    .filter(|_| spread)
                    .and_then(|value| value.get(field.wire.as_str())),
                FieldLocation::Body => example,
                FieldLocation::Query(..)
                | FieldLocation::Header(_)
                | FieldLocation::Cookie(_)
                | FieldLocation::PartHeader { .. } => {
                    field.example.filter(|value| is_plain_string(value))
                }
            };
            if let Some(value) = fill_field(plan, field, given, fill, left) {
                left = left.saturating_sub(count_values(&value));
                chosen.insert(field.ident.to_string(), value);
            }
        }
        self.encode(plan, id, params, &chosen);
    }

    /// Encodes the chosen values as the request sends them.
    fn encode(
        &mut self,
        plan: &Plan<'_>,
        id: ItemId,
        params: &ParamsPlan<'_>,
        chosen: &Map<String, Value>,
    ) {
        let Some((expr, sent)) = plan.params_sample(id, params, chosen) else {
            return;
        };
        self.params = Some(expr);
        let mut members = Map::new();
        for field in &params.fields {
            let Some(value) = sent.get(field.ident.as_str()) else {
                continue;
            };
            match field.location {
                FieldLocation::Query(
                    QueryStyle::Form
                    | QueryStyle::FormExplode
                    | QueryStyle::Comma
                    | QueryStyle::Repeat,
                    escaping,
                ) if is_one_pair(value, escaping) => self
                    .query
                    .push((field.wire.as_str().to_owned(), path_text::text(value))),
                FieldLocation::Property => {
                    members.insert(field.wire.as_str().to_owned(), value.clone());
                }
                FieldLocation::Body => self.body = Some(SentBody::Json(value.clone())),
                FieldLocation::Query(..)
                | FieldLocation::Header(_)
                | FieldLocation::Cookie(_)
                | FieldLocation::PartHeader { .. } => {}
            }
        }
        let encoding = match &params.body {
            BodyPlan::None => return,
            BodyPlan::Whole(encoding) | BodyPlan::Properties(encoding) => {
                self.body = Some(SentBody::Json(Value::Object(members)));
                encoding
            }
            BodyPlan::Field(encoding) => encoding,
        };
        if !encoding.is_json() && self.body.is_some() {
            self.body = Some(SentBody::Other);
        }
    }
}

/// Returns a value for a path. The runtime rejects an empty value, so an object has its optional
/// properties, and a map has an entry.
fn path_sample(plan: &Plan<'_>, ty: &RustType) -> Value {
    let value = sample_value(plan, ty);
    match (&value, ty) {
        (Value::Object(members), RustType::Map(inner)) if members.is_empty() => {
            json!({"key": sample_value(plan, inner)})
        }
        (Value::Object(members), _) if members.is_empty() => full_sample_value(plan, ty),
        _ => value,
    }
}

/// Returns the value of a field in a call: the given value, if it has the right type. Returns `None` if
/// the call omits the field, or if the value has more than `left` values, which would be hard to read.
fn fill_field(
    plan: &Plan<'_>,
    field: &FieldPlan<'_>,
    given: Option<&Value>,
    fill: FieldSelection<'_>,
    left: usize,
) -> Option<Value> {
    let fits = |value: &&Value| count_values(value) <= left;
    let needed = matches!(field.wrapper, FieldWrapper::Plain | FieldWrapper::Null);
    if fill == FieldSelection::Required && !needed {
        return None;
    }
    let given = given
        .filter(fits)
        .filter(|value| plan.sample(&field.full_type(), value).is_some());
    if given.is_some() || (fill.is_for_documentation() && !needed) {
        return given.cloned();
    }
    let shown = [field.example, field.sample].into_iter().flatten();
    let mut shown = shown
        .filter(fits)
        .filter(|value| can_be_sent(field.location, value))
        .filter(|value| plan.sample(&field.ty, value).is_some());
    let made_up = || match fill {
        FieldSelection::Every => Some(full_sample_value(plan, &field.ty))
            .filter(|value| fits(&value))
            .unwrap_or_else(|| sample_value(plan, &field.ty)),
        FieldSelection::Example | FieldSelection::Configured(_) | FieldSelection::Required => {
            sample_value(plan, &field.ty)
        }
    };
    let value = shown.next().cloned().unwrap_or_else(made_up);
    (needed || plan.sample(&field.ty, &value).is_some()).then_some(value)
}

/// Whether a value is valid in its location. A header is one line without surrounding spaces.
fn can_be_sent(location: FieldLocation<'_>, value: &Value) -> bool {
    match (location, value) {
        (FieldLocation::Header(_) | FieldLocation::PartHeader { .. }, Value::String(text)) => {
            text.trim() == text && !text.contains(char::is_control)
        }
        _ => true,
    }
}

/// Whether a value is a single string that needs no escaping in any location.
fn is_plain_string(value: &Value) -> bool {
    match value {
        Value::String(text) => is_plain(text),
        Value::Number(number) => number.is_i64() || number.is_u64(),
        Value::Bool(_) => true,
        _ => false,
    }
}

/// Whether a value is a single text that a server decodes unchanged.
fn is_one_pair(value: &Value, escaping: QueryEscaping) -> bool {
    match value {
        // A comma separates the items of some arrays.
        Value::String(text) if escaping == QueryEscaping::All => {
            !text.is_empty() && !text.contains(|c: char| c.is_control() || c == ',')
        }
        _ => is_plain_string(value),
    }
}

fn is_plain(text: &str) -> bool {
    let mut chars = text.chars();
    !text.is_empty() && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
