//! The properties of objects.

use super::{Made, Site, json, names_a_type};
use crate::ir::{AdditionalProperties, Field, Presence, Struct, Type, WireName, Words};
use crate::lower::schema::annotations::Notes;
use crate::lower::schema::schemas::Schemas;
use crate::lower::schema::shape::{Form, Formed, Member, Object, Source};
use crate::lower::schema::type_name::Place;

impl<'a> Schemas<'a> {
    pub(super) fn make_struct(&mut self, object: &Object<'a>, site: Site<'_, 'a>) -> Struct {
        let fields = object
            .members
            .iter()
            .map(|(name, member)| self.make_field(name, member, site.place))
            .collect();
        let additional = match object.additional.as_slice() {
            [] => AdditionalProperties::Kept,
            values => match self.any_of(values, &site.place.value()) {
                Type::Untyped(_) => AdditionalProperties::Kept,
                ty => AdditionalProperties::Typed(ty),
            },
        };
        Struct { fields, additional }
    }

    fn make_field(&mut self, name: &str, member: &Member<'a>, place: &Place<'_>) -> Field {
        let formed = self.form_member(member);
        let made = match member.files {
            Some(files) => Made::new(files.ty()),
            None => self.make_member(name, member, &formed, place),
        };
        let all = self.notes_of(&formed);
        // What is said of a type with a name is said where it is declared.
        let own = if names_a_type(&made.ty) {
            &formed.notes
        } else {
            &all
        };
        Field {
            wire: WireName::new(name),
            name: Words::split(name),
            presence: match member.files {
                // There is no null among parts.
                Some(_) => Presence::new(member.required && !self.is_nullable(&formed), false),
                None => Presence::new(member.required, made.nullable),
            },
            constant: made.constant.or_else(|| self.only_value_of(&formed)),
            ty: made.ty,
            access: all.access(),
            default: all.default_value().cloned(),
            docs: own.docs(),
            example: own.example(),
            pointer: member
                .sources
                .last()
                .map(|source| source.node.at.clone())
                .unwrap_or_default(),
        }
    }

    /// The type of a property. What a component declares is named for that
    /// component, also where another inherits it.
    fn make_member(
        &mut self,
        name: &str,
        member: &Member<'a>,
        formed: &Formed<'a>,
        place: &Place<'_>,
    ) -> Made {
        match member.sources.as_slice() {
            [
                Source {
                    node,
                    origin: Some(origin),
                },
            ] if !formed.form.is_settled() => {
                let (words, owner) = (self.words(*origin).clone(), self.owner(*origin));
                let place = Place::root(&words, &owner);
                self.make_once(node, formed, &place.property(name))
            }
            [Source { node, .. }] => self.make_once(node, formed, &place.property(name)),
            sources => {
                let sources = sources.iter().map(|source| source.node.at.clone());
                let sources: Vec<_> = sources.collect();
                self.make_formed(formed, &place.property(name), &sources)
            }
        }
    }

    /// What is said of a property, by itself and by what it refers to.
    fn notes_of(&mut self, formed: &Formed<'a>) -> Notes<'a> {
        let mut notes = formed.notes.clone();
        if formed.form.is_settled()
            && let Some(target) = self.underlying(formed)
        {
            notes.extend(&target.notes);
        }
        notes
    }

    /// The only value of a form that has one.
    pub(in crate::lower) fn only_value_of(
        &mut self,
        formed: &Formed<'a>,
    ) -> Option<serde_json::Value> {
        match &self.underlying(formed)?.form {
            Form::Constant(_, value) => Some(value.clone()),
            Form::Enum(values) => match values.as_slice() {
                [only] => Some(json(&only.value)),
                _ => None,
            },
            _ => None,
        }
    }
}
