//! Paging: which operations answer with a page of a list, and how the next is asked for.
//!
//! Where the configuration has schemes, they decide: the one that a method names, or the first
//! that fits. Where it has none, the document does, by names that mean the same everywhere. That
//! is done with care, for a list that is taken apart wrongly is worse than one that is not.

mod configured;
mod names;
mod recognised;
mod view;

use view::View;

use super::findings::Findings;
use crate::config::{At, Config, Paginated};
use crate::diag::Diagnostic;
use crate::ir::{Operation, PageParam, PageParamPlace, Paging, Types, WireName};

/// Says of each operation how it is paged. `wishes` are what the configuration says of them.
pub(super) fn add(
    operations: &mut [Operation],
    wishes: &[Option<At<Paginated>>],
    config: &Config,
    types: &Types,
    findings: &mut Findings,
) {
    for (operation, wish) in operations.iter_mut().zip(wishes) {
        operation.paging = match wish {
            None => by_itself(operation, config, types),
            Some(wish) => wished(operation, wish, config, types).unwrap_or_else(|why| {
                findings.push(
                    Diagnostic::warning("not-paginated", wish.pointer.clone(), why)
                        .help("the method returns the page as it is")
                        .in_config(),
                );
                None
            }),
        };
    }
}

fn by_itself(operation: &Operation, config: &Config, types: &Types) -> Option<Paging> {
    let view = View::of(operation, types)?;
    if config.pagination.is_empty() {
        return recognised::paging(&view);
    }
    let mut schemes = config.pagination.iter();
    schemes.find_map(|scheme| configured::fitting(scheme, &view))
}

/// What a method asks for, or why it cannot have it.
fn wished(
    operation: &Operation,
    wish: &Paginated,
    config: &Config,
    types: &Types,
) -> Result<Option<Paging>, String> {
    match wish {
        Paginated::Never => Ok(None),
        Paginated::Auto => Ok(by_itself(operation, config, types)),
        Paginated::Always => {
            let view = View::of(operation, types).ok_or_else(no_list)?;
            let configured = by_itself(operation, config, types);
            match configured.or_else(|| recognised::paging(&view)) {
                Some(paging) => Ok(Some(paging)),
                None => Err("no scheme of `pagination` fits this method".to_owned()),
            }
        }
        Paginated::Scheme(name) => {
            let mut schemes = config.pagination.iter();
            let scheme = schemes
                .find(|scheme| scheme.name == *name)
                .ok_or_else(|| format!("`pagination` has no scheme called `{name}`"))?;
            let view = View::of(operation, types).ok_or_else(no_list)?;
            configured::of(scheme, &view).map(Some)
        }
    }
}

fn no_list() -> String {
    "the method does not answer with one kind of JSON, which a page would be".to_owned()
}

/// The parameter of this name, wherever it is sent.
fn param(name: &str, place: PageParamPlace) -> PageParam {
    PageParam {
        wire: WireName::new(name),
        place,
    }
}
