//! Files: which items stand together, and which methods.
//!
//! A family is what a reviewer wants to see at once: a schema of the document
//! with everything that stands inside it, or an operation with its parameters
//! and the schemas of its own. A family is a file, and so is a resource, unless
//! it would be too long to read: then what is most of it, by the words of its
//! name, has a file of its own.

mod lines;

use indexmap::IndexMap;

use super::features::Gate;
use super::item::{Item, ItemId};
use super::methods::MethodPlan;
use super::names::{Case, RustIdent, Scope};
use crate::ir::{Api, Owner, Words};

/// The lines that a file should not have more of, as far as can be foreseen.
const LINES: usize = 4000;

/// The lines of a method, or of its test, which is longer as a rule.
const METHOD: usize = 80;
/// What has fewer lines than this gets no file of its own.
const WORTH_A_FILE: usize = LINES / 8;

/// A file of the `types` module.
#[derive(Debug)]
pub struct Family {
    /// The module's name, and the file's.
    pub module: RustIdent,
    /// Its items, in the order of the document.
    pub items: Vec<ItemId>,
    /// When it is compiled.
    pub gate: Gate,
}

/// Puts each item with its owner's others; the result is sorted by name.
///
/// Modules are named in the order of the items, so that a clash is settled the
/// same way however the files are sorted. Those of long families' parts come
/// last, so that a family that grows too long renames no other.
pub(super) fn families(api: &Api, owners: &[Owner], items: &[Item<'_>]) -> Vec<Family> {
    let mut groups: IndexMap<&Owner, Vec<Part<ItemId>>> = IndexMap::new();
    for (index, (owner, item)) in owners.iter().zip(items).enumerate() {
        groups.entry(owner).or_default().push(Part {
            words: Words::split(item.ident.as_str()).iter().cloned().collect(),
            lines: lines::lines(item),
            of: ItemId::new(index),
        });
    }
    // On file systems that ignore case, and on Windows, these are taken; among
    // the tests, `support` is.
    let mut scope =
        Scope::reserving(&["mod", "lib", "main", "support", "con", "prn", "aux", "nul"]);
    let mut families = Vec::new();
    let mut further = Vec::new();
    for (owner, parts) in groups {
        let mut groups = split(&words(api, owner), parts).into_iter();
        families.extend(groups.next().map(|group| family(group, &mut scope)));
        further.extend(groups);
    }
    families.extend(further.into_iter().map(|group| family(group, &mut scope)));
    families.sort_by(|a, b| a.module.cmp(&b.module));
    families
}

fn family(group: Group<ItemId>, scope: &mut Scope) -> Family {
    Family {
        module: scope.claim(&group.name, Case::Module),
        items: group.parts,
        gate: Gate::open(),
    }
}

fn words(api: &Api, owner: &Owner) -> Words {
    match owner {
        Owner::Component(name) => name.words(),
        Owner::Operation(id) => api.operation(*id).name.clone(),
        Owner::Webhooks => Words::split("webhook_events"),
    }
}

/// Methods of a resource that have a file of their own, since the resource has
/// too many for one.
#[derive(Debug)]
pub struct MethodFile {
    /// The module's name, and the file's.
    pub module: RustIdent,
    /// The places of the methods among those of the resource.
    pub methods: Vec<usize>,
}

/// Puts the methods of a resource into files: the first is the resource's own.
pub(super) fn methods(methods: &[MethodPlan<'_>]) -> (Vec<usize>, Vec<MethodFile>) {
    let parts = methods.iter().enumerate().map(|(index, method)| Part {
        words: Words::split(method.ident.as_str())
            .iter()
            .cloned()
            .collect(),
        lines: METHOD + lines::docs(&method.operation.docs),
        of: index,
    });
    let mut own = Vec::new();
    let mut files = Vec::new();
    let mut scope = Scope::reserving(&["mod"]);
    for group in split(&Words::new(), parts.collect()) {
        if group.name.is_empty() {
            own = group.parts;
        } else {
            files.push(MethodFile {
                module: scope.claim(&group.name, Case::Module),
                methods: group.parts,
            });
        }
    }
    files.sort_by(|a, b| a.module.cmp(&b.module));
    (own, files)
}

/// Something that goes into one file.
struct Part<T> {
    words: Vec<String>,
    lines: usize,
    of: T,
}

/// What goes into the same file.
struct Group<T> {
    name: Words,
    parts: Vec<T>,
}

/// Divides parts that are too long for one file by the first word of their
/// names that comes after `name`, and by further words if that does not do.
///
/// The longest go until the rest fits, so that little moves when a document
/// grows, and what is not too long stays as it is. Where no word says much, the
/// parts are counted off.
fn split<T>(name: &Words, parts: Vec<Part<T>>) -> Vec<Group<T>> {
    let depth = name.iter().count();
    let gone = longest(&parts, depth);
    let mut stay = Vec::new();
    let mut go: IndexMap<String, Vec<Part<T>>> = IndexMap::new();
    for part in parts {
        match part.words.get(depth).filter(|word| gone.contains(word)) {
            Some(word) => go.entry(word.clone()).or_default().push(part),
            None => stay.push(part),
        }
    }
    let mut groups = count_off(name, stay);
    for (word, parts) in go {
        groups.extend(split(&name.with(&word), parts));
    }
    groups
}

/// The words, of those that stand at a place in the parts' names, whose parts
/// must go for the rest to fit.
fn longest<T>(parts: &[Part<T>], depth: usize) -> Vec<String> {
    let mut left: usize = parts.iter().map(|part| part.lines).sum();
    let mut words: IndexMap<&String, usize> = IndexMap::new();
    for part in parts {
        if let Some(word) = part.words.get(depth) {
            *words.entry(word).or_default() += part.lines;
        }
    }
    words.retain(|_, lines| *lines >= WORTH_A_FILE);
    words.sort_by(|a, x, b, y| y.cmp(x).then_with(|| a.cmp(b)));
    let gone = words.into_iter().map_while(|(word, lines)| {
        let goes = left > LINES;
        left = left.saturating_sub(lines);
        goes.then(|| word.clone())
    });
    gone.collect()
}

/// Fills files one after the other.
fn count_off<T>(name: &Words, parts: Vec<Part<T>>) -> Vec<Group<T>> {
    let mut groups: Vec<Group<T>> = Vec::new();
    let mut lines = 0;
    for part in parts {
        lines += part.lines;
        match groups.last_mut().filter(|_| lines <= LINES) {
            Some(group) => group.parts.push(part.of),
            None => {
                lines = part.lines;
                let number = groups.len() + 1;
                let further = || name.with("part").with(&number.to_string());
                groups.push(Group {
                    name: if number == 1 { name.clone() } else { further() },
                    parts: vec![part.of],
                });
            }
        }
    }
    groups
}
