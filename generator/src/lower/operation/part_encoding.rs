//! Encoding of form fields: `encoding`.

use openapiv3::{Encoding, Header, MediaType as Media, QueryStyle};

use super::context::LoweringContext;
use super::parameter::{self, Declared, content_style};
use crate::ir::{
    MediaType, Owner, ParamLocation, ParamStyle, Parameter, PartEncoding, WireName, Words,
};
use crate::lower::schema::type_name::TypeNamePath;
use crate::source::Pointer;

/// Headers that describe the part itself. OpenAPI does not let a document declare them.
const OF_THE_PART: [&str; 2] = ["content-type", "content-disposition"];

/// Returns the encodings that the document declares for form fields.
pub(in crate::lower) fn encodings(media: &Media) -> Vec<(WireName, PartEncoding)> {
    let encodings = media.encoding.iter();
    encodings
        .filter_map(|(name, encoding)| {
            let style = style(encoding).map(PartEncoding::Style);
            Some((WireName::new(name), style.or_else(|| media_type(encoding))?))
        })
        .collect()
}

/// Returns the form fields whose reserved characters are sent unescaped.
pub(in crate::lower) fn list_reserved_fields(media: &Media) -> Vec<WireName> {
    let encodings = media.encoding.iter();
    encodings
        .filter(|(_, encoding)| encoding.allow_reserved)
        .map(|(name, _)| WireName::new(name))
        .collect()
}

/// Returns the style of a form field. Without one, objects are JSON.
fn style(encoding: &Encoding) -> Option<ParamStyle> {
    if let Some(delimiter) = parameter::delimiter(&encoding.extensions) {
        return Some(ParamStyle::Delimited(delimiter));
    }
    let explode = encoding.explode;
    Some(match encoding.style.as_ref()? {
        QueryStyle::Form => ParamStyle::Form { explode },
        // An exploded list is the same as with style `form`.
        QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited if explode => {
            ParamStyle::Form { explode }
        }
        QueryStyle::SpaceDelimited => ParamStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParamStyle::PipeDelimited,
        QueryStyle::DeepObject => ParamStyle::DeepObject,
    })
}

/// Returns the media type of a part. A list or a range leaves the choice to the sender.
fn media_type(encoding: &Encoding) -> Option<PartEncoding> {
    let kind = encoding.content_type.as_deref()?.trim();
    let one = !kind.is_empty() && !kind.contains([',', '*']) && kind.is_ascii();
    one.then(|| PartEncoding::MediaType(MediaType::new(kind)))
}

impl<'a> LoweringContext<'a> {
    /// Lowers the headers of multipart parts to parameters, each named for its part and itself.
    pub(in crate::lower) fn part_headers(
        &mut self,
        media: &'a Media,
        at: &Pointer,
        name: &Words,
        owner: &Owner,
    ) -> Vec<Parameter> {
        let words = name.with("params");
        let name_path = TypeNamePath::root(&words, owner);
        let at = at.child("encoding");
        let mut params = Vec::new();
        for (part, encoding) in &media.encoding {
            let at = at.child(part).child("headers");
            let name_path = name_path.parameter(part);
            for (name, reference) in &encoding.headers {
                if OF_THE_PART.contains(&name.to_ascii_lowercase().as_str()) {
                    continue;
                }
                if let Some(header) = self.header(reference) {
                    params.push(self.part_header(part, name, header, &at.child(name), &name_path));
                }
            }
        }
        params
    }

    fn part_header(
        &mut self,
        part: &str,
        name: &'a str,
        header: &'a Header,
        at: &Pointer,
        name_path: &TypeNamePath<'_>,
    ) -> Parameter {
        let typed = self.declared_type(
            Declared {
                name,
                shared: None,
                format: &header.format,
            },
            at,
            name_path,
        );
        Parameter {
            wire: WireName::new(name),
            name: Words::split(part).join(&Words::split(name)),
            location: ParamLocation::Header,
            part: Some(WireName::new(part)),
            style: content_style(&header.format, typed.is_json)
                .unwrap_or(ParamStyle::Simple { explode: false }),
            allow_reserved: false,
            required: header.required,
            ty: typed.ty,
            constant: typed.constant,
            docs: crate::ir::Docs {
                description: header.description.clone().or(typed.description),
                deprecated: header.deprecated.unwrap_or_default(),
                ..crate::ir::Docs::default()
            },
            example: header.example.clone().or(typed.example),
            sample: typed.sample,
            default: typed.default,
            pointer: at.clone(),
        }
    }
}
