//! The graph of imports between the files of the compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

/// A module of the compiler, as the names from the root of the crate.
type Module = Vec<String>;

/// The files of the compiler and their imports.
pub(crate) struct ImportGraph {
    /// From file to file, with a path that leads there.
    edges: BTreeMap<String, BTreeMap<String, String>>,
}

/// A file and the paths in it.
struct SourceFile {
    path: String,
    /// The absolute paths that its code uses.
    uses: BTreeSet<Vec<String>>,
    /// The names that it re-exports, with their absolute paths.
    exports: BTreeMap<String, Vec<String>>,
}

/// Returns the room of a file: a folder of `generator/src`, or of `lower`.
pub(crate) fn room(file: &str) -> String {
    let path = file.trim_end_matches(".rs");
    let mut parts = path.split('/');
    let first = parts.next().unwrap_or_default();
    let second = parts.next().filter(|_| first == "lower");
    match second {
        Some(second @ ("api" | "operation" | "schema")) => format!("lower/{second}"),
        _ => first.to_owned(),
    }
}

impl ImportGraph {
    /// Reads the files below a folder.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        read_folder(folder, &Module::new(), &mut files);
        let mut edges: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for file in files.values() {
            let targets = edges.entry(file.path.clone()).or_default();
            for path in &file.uses {
                if let Some(target) = resolve(path, &files).filter(|to| *to != file.path) {
                    targets.insert(target, path.join("::"));
                }
            }
        }
        Self { edges }
    }

    /// Returns the sets of several files that import each other.
    pub(crate) fn cycles(&self) -> Vec<BTreeSet<String>> {
        let reach: BTreeMap<&String, BTreeSet<&String>> = self
            .edges
            .keys()
            .map(|file| (file, self.reachable(file)))
            .collect();
        let mut cycles = Vec::new();
        for (file, reached) in &reach {
            let cycle: BTreeSet<String> = reached
                .iter()
                .filter(|other| reach[*other].contains(*file))
                .map(|other| (*other).clone())
                .collect();
            if cycle.len() > 1 && !cycles.contains(&cycle) {
                cycles.push(cycle);
            }
        }
        cycles
    }

    fn reachable(&self, from: &String) -> BTreeSet<&String> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&String> = self.edges[from].keys().collect();
        while let Some(file) = open.pop() {
            if reached.insert(file) {
                open.extend(self.edges.get(file).into_iter().flat_map(BTreeMap::keys));
            }
        }
        reached
    }

    /// Returns the imports between these files, a line each.
    pub(crate) fn describe(&self, files: &BTreeSet<String>) -> String {
        let mut text = String::new();
        for file in files {
            let targets = &self.edges[file];
            for (target, path) in targets.iter().filter(|(target, _)| files.contains(*target)) {
                text.push_str(&format!("  {file} -> {target} ({path})\n"));
            }
        }
        text
    }
}

/// Reads the files of a folder. A file `a.rs` and the files of the folder `a` are the module `a`
/// and those below it.
fn read_folder(folder: &Path, module: &Module, files: &mut BTreeMap<Module, SourceFile>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_stem().expect("a name").to_string_lossy();
        let mut module = module.clone();
        if !["lib", "main"].contains(&&*name) || !module.is_empty() {
            module.push(name.into_owned());
        }
        if path.is_dir() {
            read_folder(&path, &module, files);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("main.rs") {
            let text = fs::read_to_string(&path).expect("a file");
            let name = match module.join("/") {
                root if root.is_empty() => "lib.rs".to_owned(),
                path => format!("{path}.rs"),
            };
            let file = SourceFile::parse(name, &text, &module);
            files.insert(module, file);
        }
    }
}

/// Returns the file that declares the item of a path. Re-exports are followed to the declaration.
fn resolve(path: &[String], files: &BTreeMap<Module, SourceFile>) -> Option<String> {
    let mut path = path.to_vec();
    // No chain of re-exports is longer.
    for _ in 0..8 {
        let length = (0..=path.len())
            .rev()
            .find(|length| files.contains_key(&path[..*length]))?;
        let file = files.get(&path[..length])?;
        let export = path.get(length).and_then(|name| file.exports.get(name));
        let Some(export) = export else {
            return Some(file.path.clone());
        };
        let rest = path[length + 1..].to_vec();
        path = [export.as_slice(), &rest].concat();
    }
    None
}

impl SourceFile {
    fn parse(path: String, text: &str, module: &Module) -> Self {
        let parsed = syn::parse_file(text).expect("the compiler is Rust");
        let mut collector = Collector {
            module: module.clone(),
            file: Self {
                path,
                uses: BTreeSet::new(),
                exports: BTreeMap::new(),
            },
        };
        collector.visit_file(&parsed);
        collector.file
    }
}

/// Collects the paths of a file.
struct Collector {
    module: Module,
    file: SourceFile,
}

impl Collector {
    /// Returns a path from the root of the crate, if it is one of ours.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let first = path.first()?;
        let up = path.iter().take_while(|name| *name == "super").count();
        let rest = &path[up..];
        match first.as_str() {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some([&self.module, &path[1..]].concat()),
            "super" => {
                let kept = self.module.len().checked_sub(up)?;
                Some([&self.module[..kept], rest].concat())
            }
            _ => None,
        }
    }

    fn collect_use(&mut self, tree: &UseTree, prefix: &[String], is_export: bool) {
        let joined = |name: String| [prefix, &[name]].concat();
        match tree {
            UseTree::Path(path) => {
                self.collect_use(&path.tree, &joined(path.ident.to_string()), is_export);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.collect_use(tree, prefix, is_export);
                }
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.add_use(name.clone(), &joined(name), is_export);
            }
            UseTree::Rename(rename) => {
                let path = joined(rename.ident.to_string());
                self.add_use(rename.rename.to_string(), &path, is_export);
            }
            UseTree::Glob(_) => self.add_use(String::new(), prefix, false),
        }
    }

    /// Adds an import. A re-export is not an import of the file itself.
    fn add_use(&mut self, name: String, path: &[String], is_export: bool) {
        let path = match path.split_last() {
            Some((last, rest)) if last == "self" => rest,
            _ => path,
        };
        let absolute = match self.absolute(path) {
            Some(absolute) => absolute,
            // A path that starts with a module below this one, or with another crate.
            None => [&self.module, path].concat(),
        };
        let name = match name.as_str() {
            "self" => absolute.last().cloned().unwrap_or_default(),
            _ => name,
        };
        if is_export {
            self.file.exports.insert(name, absolute);
        } else {
            self.file.uses.insert(absolute);
        }
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_cfg = attribute.path().is_ident("cfg");
        is_cfg
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|name| name == "test")
    })
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(module) if is_for_tests(&module.attrs) => {}
            Item::Use(import) if is_for_tests(&import.attrs) => {}
            Item::Use(import) => {
                let is_export = !matches!(import.vis, Visibility::Inherited);
                self.collect_use(&import.tree, &[], is_export);
            }
            item => visit::visit_item(self, item),
        }
    }

    /// `pub(in crate::lower)` names a module and imports nothing.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        let absolute = self.absolute(&names).or_else(|| {
            // A module below this one: `child::function`.
            let is_module = path.segments.len() > 1 && path.leading_colon.is_none();
            is_module.then(|| [&self.module, names.as_slice()].concat())
        });
        if let Some(absolute) = absolute {
            self.file.uses.insert(absolute);
        }
        visit::visit_path(self, path);
    }
}
