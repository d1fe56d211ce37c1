//! Emitted: which types of the model become items of the crate.

use super::super::direction::{Directions, held_by, named_in};
use crate::ir::{Api, BodyContent, Content, Payload, TypeId};

/// Which types become items: all that anything mentions, and every schema of
/// the document that is wanted and not spread over the parameters of an operation.
pub(super) fn emitted(api: &Api, directions: &Directions) -> Vec<bool> {
    let mut mentioned = Vec::new();
    let wanted = |(id, _): (TypeId, _)| directions.is_wanted(id);
    let mut emitted: Vec<bool> = api.types.iter().map(wanted).collect();
    api.types
        .iter()
        .filter(|(id, _)| directions.is_wanted(*id))
        .for_each(|(_, def)| held_by(&def.shape, &mut mentioned));
    for operation in &api.operations {
        operation
            .params
            .iter()
            .for_each(|param| named_in(&param.ty, &mut mentioned));
        operation
            .stream
            .iter()
            .for_each(|stream| named_in(&stream.item, &mut mentioned));
        for response in &operation.responses {
            if let Payload::Content(contents) = &response.payload {
                contents.iter().for_each(|c| mention(c, &mut mentioned));
            }
        }
        match directions.spread(api, operation) {
            Some(id) => {
                if let Some(flag) = emitted.get_mut(id.index()) {
                    *flag = false;
                }
            }
            None => operation
                .body
                .iter()
                .flat_map(|b| &b.content)
                .for_each(|c| mention(c, &mut mentioned)),
        }
    }
    mentioned.extend(api.webhooks.as_ref().map(|webhooks| webhooks.event));
    for id in mentioned {
        if let Some(flag) = emitted.get_mut(id.index()) {
            *flag = true;
        }
    }
    emitted
}

fn mention(content: &BodyContent, into: &mut Vec<TypeId>) {
    content.items.iter().for_each(|ty| named_in(ty, into));
    match &content.content {
        Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => named_in(ty, into),
        Content::Text | Content::Binary => {}
    }
}
