//! Tags that name a segment of the path.
//!
//! A tag can be written as a name for code (`sources`, `databaseConnections`). If it has exactly
//! the operations of a segment, the segment takes the name of the tag. Titles such as `Usage
//! Reports` are headings: the official SDKs use the path for them.

use std::collections::{BTreeMap, HashSet};

use openapiv3::{OpenAPI, Parameter, ParameterSchemaOrContent, ReferenceOr, SchemaKind, Type};

use super::api_path::{ApiPath, Segment};
use super::components::{resolve_parameter, resolve_schema};
use super::facts::OperationFacts;
use super::vocabulary::{is_plural, letters};
use crate::ir::Words;
use crate::lower::operation::endpoint::Endpoint;

/// Number of tags that show how a document writes them.
const MIN_TAGS: usize = 3;

/// Number of letters that two forms of a word share: `schedule` and `scheduled`.
const MIN_STEM_LETTERS: usize = 4;

/// Names the segments of paths by the tags that stand for them, and drops the namespaces before
/// them.
pub(super) fn name_segments_by_tags(
    operations: &mut [OperationFacts],
    endpoints: &[&Endpoint<'_>],
    openapi: &OpenAPI,
) {
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, endpoint) in endpoints.iter().enumerate() {
        if let Some(tag) = endpoint.operation.tags.first() {
            members.entry(tag).or_default().push(index);
        }
    }
    if members.len() < MIN_TAGS || !members.keys().all(|tag| is_identifier(tag)) {
        return;
    }
    let survey = PathSurvey::new(operations, endpoints, openapi);
    let segments: Vec<(Vec<usize>, TagSegment)> = members
        .into_iter()
        .filter_map(|(tag, members)| {
            let found = TagSegment::find(&Words::split(tag), &members, operations, &survey);
            found.map(|segment| (members, segment))
        })
        .collect();
    for (members, segment) in segments {
        for index in members {
            if let Some(operation) = operations.get_mut(index) {
                segment.rename(&mut operation.path);
            }
        }
    }
}

/// Whether a tag is written as a name for code.
fn is_identifier(tag: &str) -> bool {
    tag.starts_with(|c: char| c.is_ascii_lowercase())
        && tag
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
}

/// A segment that a tag stands for.
#[derive(Debug)]
struct TagSegment {
    text: String,
    /// The name of the segment, if the tag has another word for it.
    name: Option<Words>,
    /// Segments before it that all operations of the tag have, and that have no operation.
    namespaces: HashSet<String>,
}

impl TagSegment {
    fn find(
        tag: &Words,
        members: &[usize],
        operations: &[OperationFacts],
        survey: &PathSurvey,
    ) -> Option<Self> {
        let paths: Vec<&ApiPath> = (members.iter())
            .filter_map(|index| operations.get(*index))
            .map(|operation| &operation.path)
            .collect();
        let is_shared = |text: &&str| paths.iter().all(|path| has_literal(path, text));
        let shared: Vec<&str> = literal_texts(paths.first()?).filter(is_shared).collect();
        let count_all = |text: &str| {
            let has_it = |it: &&OperationFacts| has_literal(&it.path, text);
            operations.iter().filter(has_it).count()
        };
        let is_own = |text: &&&str| count_all(text) * 4 <= paths.len() * 5;
        let named = |text: &&&str| letters(&Words::split(text)) == letters(tag);
        let is_named = shared.iter().any(|text| named(&text));
        let mut own = shared.iter().filter(is_own);
        let (text, name) = if is_named {
            (*own.rfind(named)?, None)
        } else {
            let (text, others) = (*own.next()?, own.next());
            let fits = others.is_none() && paths.len() > 1 && is_other_word(tag, text);
            fits.then(|| (text, Some(tag.clone())))?
        };
        let before = shared.iter().take_while(|it| **it != text);
        let is_namespace = |it: &&&str| paths.iter().all(|path| survey.is_namespace(path, it));
        Some(Self {
            text: text.to_owned(),
            name,
            namespaces: before
                .filter(is_namespace)
                .map(|it| (*it).to_owned())
                .collect(),
        })
    }

    /// Renames the segment of a path, and drops the namespaces with their parameters.
    fn rename(&self, path: &mut ApiPath) {
        let mut kept = Vec::with_capacity(path.segments.len());
        let mut is_dropping = false;
        let mut is_before = true;
        for segment in path.segments.drain(..) {
            match segment {
                Segment::Literal(text, words) => {
                    is_dropping = is_before && self.namespaces.contains(&text);
                    let is_named = text == self.text;
                    is_before &= !is_named;
                    let words = self.name.clone().filter(|_| is_named).unwrap_or(words);
                    if !is_dropping {
                        kept.push(Segment::Literal(text, words));
                    }
                }
                parameter @ Segment::Parameter(_) if !is_dropping => kept.push(parameter),
                Segment::Parameter(_) => {}
            }
        }
        path.segments = kept;
    }
}

/// Whether a tag is a synonym of a segment.
///
/// Another form of the same word is not a synonym. Both are singular, or both are plural: `billing`
/// is a heading over `invoices`.
fn is_other_word(tag: &Words, text: &str) -> bool {
    let (segment, tag_words) = (Words::split(text), tag.singulars());
    let has_plural = |words: &Words| words.iter().next_back().is_some_and(|it| is_plural(it));
    let stem = |word: &String| word.get(..MIN_STEM_LETTERS).map(ToOwned::to_owned);
    let is_related = |word: &String| {
        let is_same =
            |other: &String| other == word || stem(other).is_some_and(|it| Some(it) == stem(word));
        tag_words.iter().any(is_same)
    };
    has_plural(tag) && has_plural(&segment) && !segment.singulars().iter().any(is_related)
}

fn literal_texts(path: &ApiPath) -> impl Iterator<Item = &str> {
    path.segments.iter().filter_map(|segment| match segment {
        Segment::Literal(text, _) => Some(text.as_str()),
        Segment::Parameter(_) => None,
    })
}

fn has_literal(path: &ApiPath, text: &str) -> bool {
    literal_texts(path).any(|it| it == text)
}

/// Facts that decide whether a segment of a path is a namespace.
#[derive(Debug)]
struct PathSurvey {
    /// The paths that have operations.
    shapes: HashSet<String>,
    /// The names of path parameters that have a fixed set of values. They do not identify items.
    choices: HashSet<Words>,
}

impl PathSurvey {
    fn new(operations: &[OperationFacts], endpoints: &[&Endpoint<'_>], openapi: &OpenAPI) -> Self {
        let shapes = operations.iter().map(|it| it.path.shape().join("/"));
        let parameters = endpoints.iter().flat_map(|endpoint| {
            let own = endpoint.operation.parameters.iter();
            own.chain(&endpoint.item.parameters)
        });
        Self {
            shapes: shapes.collect(),
            choices: parameters
                .filter_map(|parameter| name_of_choice(parameter, openapi))
                .collect(),
        }
    }

    /// Whether a segment of a path has neither operations nor items.
    fn is_namespace(&self, path: &ApiPath, text: &str) -> bool {
        let shape = path.shape();
        let Some(index) = shape.iter().position(|it| *it == text) else {
            return false;
        };
        let after = path.segments.iter().skip(index + 1);
        let parameters: Vec<&Words> = after.map_while(Segment::parameter).collect();
        let is_choice = |name: &&Words| self.choices.contains(*name);
        let ends = index..=index + parameters.len();
        let has_operation = |end: usize| {
            let prefix = shape.get(..=end).unwrap_or_default();
            self.shapes.contains(&prefix.join("/"))
        };
        parameters.iter().all(is_choice) && !ends.into_iter().any(has_operation)
    }
}

/// The name of a path parameter whose values are listed.
fn name_of_choice(parameter: &ReferenceOr<Parameter>, openapi: &OpenAPI) -> Option<Words> {
    let Parameter::Path { parameter_data, .. } = resolve_parameter(parameter, openapi)? else {
        return None;
    };
    let ParameterSchemaOrContent::Schema(schema) = &parameter_data.format else {
        return None;
    };
    let is_choice = match &resolve_schema(schema, openapi)?.schema_kind {
        SchemaKind::Type(Type::String(string)) => !string.enumeration.is_empty(),
        SchemaKind::Any(any) => !any.enumeration.is_empty(),
        _ => false,
    };
    is_choice.then(|| Words::split(&parameter_data.name))
}
