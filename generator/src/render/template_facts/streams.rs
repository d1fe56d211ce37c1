//! Facts about streams for the README.

use serde::Serialize;

use crate::plan::Plan;

#[derive(Debug, Serialize)]
pub(in crate::render) struct StreamFacts {
    intro: String,
}

/// Returns the facts about streams, if the API has any.
pub(super) fn streams(plan: &Plan<'_>) -> Option<StreamFacts> {
    let mut methods = plan.methods();
    let has_streaming_methods = methods.any(|method| method.streaming.is_some());
    let any = plan.methods().any(|method| method.stream.is_some());
    let intro = match has_streaming_methods {
        true => "Methods whose names end in `_streaming` return the response as a stream.",
        false => "Some methods return the response as a stream.",
    };
    any.then(|| StreamFacts {
        intro: intro.to_owned(),
    })
}
