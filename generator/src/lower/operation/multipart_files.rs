//! Files: which parts of a multipart form they are.

use std::slice;

use indexmap::IndexMap;
use indexmap::map::Entry;
use openapiv3::MediaType as Media;

use super::content::is_same;
use crate::ir::{StringKind, Type};
use crate::load::keys;
use crate::lower::media_type::is_binary;
use crate::lower::schema::schema_ref::Node;
use crate::lower::schema::schemas::Schemas;
use crate::lower::schema::shape::{Alternatives, Form, Formed, Member, Object, Source};
use crate::lower::schema::type_name::Place;
use crate::source::Pointer;

/// The files that a part of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum Files {
    /// One.
    One,
    /// A list of them, each a part.
    Many,
}

/// A form that has files.
#[derive(Debug)]
pub(in crate::lower) enum FilesOf<'a> {
    /// An object, whose members know it.
    Object {
        object: Object<'a>,
        /// Where alternatives have parts whose schema is another than the one that is taken.
        differing: Vec<Pointer>,
    },
    /// Files by their names.
    Map(Type),
}

/// How deep alternatives and lists are looked into for files.
const DEEPEST: usize = 4;

impl Files {
    pub(in crate::lower) fn ty(self) -> Type {
        let one = Type::String(StringKind::Binary);
        match self {
            Self::One => one,
            Self::Many => Type::Array(Box::new(one)),
        }
    }
}

impl<'a> Schemas<'a> {
    /// The type of a form some of whose parts are files.
    pub(in crate::lower) fn form_of_files(
        &mut self,
        media: &'a Media,
        node: &Node<'a>,
        formed: &Formed<'a>,
        place: &Place<'_>,
    ) -> Option<Type> {
        self.warn_of_nested(formed);
        match self.files_of(media, formed)? {
            FilesOf::Map(ty) => Some(ty),
            FilesOf::Object { object, differing } => {
                for at in &differing {
                    let message = "another alternative of this form has this part with another schema, which is the one that is taken";
                    self.findings.warn("form-of-alternatives", at, message);
                }
                self.warn_of_undeclared(node, &object);
                let form = Formed {
                    form: Form::Struct(object),
                    nullable: false,
                    notes: self.underlying(formed)?.notes.clone(),
                };
                Some(self.make_formed(&form, place, slice::from_ref(&node.at)).ty)
            }
        }
    }

    /// A form with the parts that are files, if there are any.
    pub(in crate::lower) fn files_of(
        &mut self,
        media: &'a Media,
        formed: &Formed<'a>,
    ) -> Option<FilesOf<'a>> {
        let mut differing = Vec::new();
        let mut object = match self.underlying(formed)?.form.clone() {
            Form::Struct(object) => object,
            Form::Map(values) => return self.map_of_files(&values).map(FilesOf::Map),
            Form::Union(union) => self.any_members(&union, &mut differing)?,
            _ => return None,
        };
        for (name, member) in &mut object.members {
            let formed = self.form_member(member);
            member.files = match self.files(&formed, DEEPEST) {
                None if is_encoded(media, name) && self.is_open(&formed) => Some(Files::One),
                None if is_bare(media, name, member) => Some(Files::One),
                files => files,
            };
        }
        let has_files = object.members.values().any(|member| member.files.is_some());
        has_files.then_some(FilesOf::Object { object, differing })
    }

    /// Warns of files within parts, which are texts there.
    fn warn_of_nested(&mut self, formed: &Formed<'a>) {
        let target = self.underlying(formed).map(|target| target.form.clone());
        let Some(Form::Struct(object)) = target else {
            return;
        };
        for member in object.members.values() {
            let formed = self.form_member(member);
            if let Some(source) = member.sources.last()
                && self.files(&formed, DEEPEST).is_none()
                && self.holds_files(&formed)
            {
                let message = "only a part can be a file; one within a part is a text of its JSON";
                self.findings.warn("nested-file", &source.node.at, message);
            }
        }
    }

    /// Whether a value has members that are files.
    fn holds_files(&mut self, formed: &Formed<'a>) -> bool {
        let target = self.underlying(formed).map(|target| target.form.clone());
        match target {
            Some(Form::Map(values)) => self.map_of_files(&values).is_some(),
            Some(Form::Struct(object)) => object.members.values().any(|member| {
                let formed = self.form_member(member);
                self.files(&formed, DEEPEST).is_some()
            }),
            _ => false,
        }
    }

    fn warn_of_undeclared(&mut self, node: &Node<'a>, object: &Object<'a>) {
        if self.map_of_files(&object.additional).is_some() {
            let message =
                "this form has files of any name, of which only the declared ones can be sent";
            self.findings.warn("undeclared-files", &node.at, message);
        }
    }

    /// The files that a value of this form is. Where it is one or something else it is a file, since
    /// that can have any content.
    fn files(&mut self, formed: &Formed<'a>, depth: usize) -> Option<Files> {
        let depth = depth.checked_sub(1)?;
        let target = self.underlying(formed)?.clone();
        match target.form {
            Form::Plain(Type::String(StringKind::Binary)) => Some(Files::One),
            Form::Array(elements) => {
                let mut elements = elements.iter();
                let is_file = |element| {
                    let formed = self.form(element);
                    self.files(&formed, depth) == Some(Files::One)
                };
                elements.any(is_file).then_some(Files::Many)
            }
            Form::Union(union) => {
                let alternatives = union.list.iter();
                let files = alternatives.filter_map(|one| self.files(&one.formed, depth));
                files.max()
            }
            _ => None,
        }
    }

    /// The type of files by any name.
    fn map_of_files(&mut self, values: &[Node<'a>]) -> Option<Type> {
        let mut files = None;
        for value in values {
            let formed = self.form(value);
            files = files.max(self.files(&formed, DEEPEST));
        }
        files.map(|files| Type::Map(Box::new(files.ty())))
    }

    /// Whether a value may be bytes for all that its schema says.
    fn is_open(&mut self, formed: &Formed<'a>) -> bool {
        self.underlying(formed)
            .is_some_and(|target| match &target.form {
                Form::Plain(Type::Untyped(_)) => true,
                Form::Plain(Type::String(StringKind::Text)) => !target.notes.has_format(),
                _ => false,
            })
    }

    /// An object that has the members of any of these, if they are objects.
    fn any_members(
        &mut self,
        union: &Alternatives<'a>,
        differing: &mut Vec<Pointer>,
    ) -> Option<Object<'a>> {
        let mut all = Object::default();
        let mut counts: IndexMap<&'a str, usize> = IndexMap::new();
        for alternative in &union.list {
            let Form::Struct(object) = self.underlying(&alternative.formed)?.form.clone() else {
                return None;
            };
            all.additional.extend(object.additional);
            for (name, member) in object.members {
                *counts.entry(name).or_default() += usize::from(member.required);
                match all.members.entry(name) {
                    Entry::Vacant(vacant) => _ = vacant.insert(member),
                    Entry::Occupied(known) => differing.extend(difference(known.get(), &member)),
                }
            }
        }
        for (name, member) in &mut all.members {
            member.required = counts.get(name) == Some(&union.list.len());
        }
        Some(all)
    }
}

/// Where a part is said to be something else than it is known to be.
fn difference(known: &Member<'_>, other: &Member<'_>) -> Option<Pointer> {
    let pairs = known.sources.iter().zip(&other.sources);
    let is_same = known.sources.len() == other.sources.len()
        && pairs.into_iter().all(|(a, b)| is_same(&a.node, &b.node));
    let source = other.sources.last().filter(|_| !is_same)?;
    Some(source.node.at.clone())
}

/// Whether a form says that a part is of media types whose values are bytes.
fn is_encoded(media: &Media, name: &str) -> bool {
    let encoding = media.encoding.get(name);
    let kinds = encoding.and_then(|encoding| encoding.content_type.as_deref());
    kinds.is_some_and(|kinds| kinds.split(',').all(|kind| is_binary(kind.trim())))
}

/// Whether neither the form nor the schema of a part says anything of it: since 3.1 it is
/// `application/octet-stream` then. What has a title, as some generators write for any value, is not
/// meant.
fn is_bare(media: &Media, name: &str, member: &Member<'_>) -> bool {
    let encoding = media.encoding.get(name);
    let is_declared = encoding.is_some_and(|encoding| encoding.content_type.is_some());
    let bare = |source: &Source<'_>| source.node.view().is_some_and(|view| view.is_bare());
    media.extensions.contains_key(keys::BARE_PARTS)
        && !is_declared
        && member.sources.iter().all(bare)
}
