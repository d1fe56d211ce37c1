//! Former paths: calls that moved to another resource, and resources under their former names.
//!
//! A former resource without current calls becomes a struct that has only the former calls.

use super::methods::{FormerMethod, MethodPlan, PARAMS_METHOD_SUFFIX, ResourcePlan};
use super::names::{Case, RustIdent, Scope};
use crate::ir::{FormerName, Words};

/// The paths of earlier versions that the crate keeps.
#[derive(Debug, Default)]
pub struct FormerPaths {
    /// The resources that only earlier versions had.
    pub resources: Vec<FormerResource>,
    /// The former names of structs.
    pub structs: Vec<FormerStruct>,
    /// The accessors of resources.
    pub accessors: Vec<FormerAccessor>,
    /// The methods that moved.
    pub methods: Vec<MovedMethod>,
    /// The former features of resources, with those that they stand for.
    pub features: Vec<(String, Vec<String>)>,
    /// The features of resources whose methods moved, each with one that it enables.
    pub enabled: Vec<(String, String)>,
    /// The module of their code.
    pub module: Option<RustIdent>,
}

/// A resource that only earlier versions had.
#[derive(Debug)]
pub struct FormerResource {
    /// The name of the struct.
    pub ident: RustIdent,
    /// The accessors that lead to it from the client.
    pub path: Vec<RustIdent>,
}

/// The former name of a resource's struct.
#[derive(Debug)]
pub struct FormerStruct {
    /// The former name.
    pub ident: RustIdent,
    /// The index of the resource.
    pub resource: usize,
    /// The version that renamed it.
    pub since: Option<String>,
    /// The message of `#[deprecated]`.
    pub note: String,
}

/// A resource that has a former accessor or method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormerOwner {
    /// A resource of the plan, by its index.
    Current(usize),
    /// A resource that only earlier versions had, by its index.
    Former(usize),
}

/// An accessor under a former path.
#[derive(Debug)]
pub struct FormerAccessor {
    /// The resource that has it.
    pub owner: FormerOwner,
    /// Its name.
    pub ident: RustIdent,
    /// The resource that it returns.
    pub returns: FormerOwner,
    /// The version that moved the resource.
    pub since: Option<String>,
    /// The message of `#[deprecated]`.
    pub note: String,
}

/// A method under a former path.
#[derive(Debug)]
pub struct MovedMethod {
    /// The resource that has it.
    pub owner: FormerOwner,
    /// Its name, and the method that it calls.
    pub former: FormerMethod,
    /// The index of the resource that it moved to.
    pub resource: usize,
    /// The index of the method in that resource.
    pub method: usize,
}

impl FormerPaths {
    /// Whether the module of their code has public types.
    #[must_use]
    pub fn has_types(&self) -> bool {
        !self.resources.is_empty() || !self.structs.is_empty()
    }

    /// Collects the features of all that an owner leads to.
    pub(super) fn collect_features(
        &self,
        resources: &[ResourcePlan<'_>],
        owner: FormerOwner,
        found: &mut Vec<String>,
    ) {
        let index = match owner {
            FormerOwner::Current(index) => index,
            FormerOwner::Former(_) => {
                let accessors = self.accessors.iter().filter(|it| it.owner == owner);
                let methods = self.methods.iter().filter(|it| it.owner == owner);
                let reached = accessors.map(|it| it.returns);
                let moved = methods.map(|it| FormerOwner::Current(it.resource));
                for owner in reached.chain(moved) {
                    self.collect_features(resources, owner, found);
                }
                return;
            }
        };
        let feature = resources.get(index).and_then(|it| it.feature.clone());
        found.extend(feature.filter(|feature| !found.contains(feature)));
    }

    /// Returns the accessors from the client to an owner.
    #[must_use]
    pub fn path_of<'p>(
        &'p self,
        resources: &'p [ResourcePlan<'_>],
        owner: FormerOwner,
    ) -> &'p [RustIdent] {
        match owner {
            FormerOwner::Current(index) => resources.get(index).map_or(&[], |it| &it.path),
            FormerOwner::Former(index) => self.resources.get(index).map_or(&[], |it| &it.path),
        }
    }
}

/// Adds former paths one after the other.
#[derive(Debug, Default)]
pub(super) struct FormerPathBuilder {
    found: FormerPaths,
}

impl FormerPathBuilder {
    /// Adds a former path of a resource. Returns `false` if the path is taken.
    pub(super) fn add_resource(
        &mut self,
        name: &FormerName,
        index: usize,
        resources: &[ResourcePlan<'_>],
    ) -> bool {
        let path: Vec<&str> = name.former.split('.').collect();
        let Some((last, above)) = path.split_last() else {
            return false;
        };
        let owner = self.find_owner(name, above, resources);
        let ident = Scope::default().claim(&Words::split(last), Case::Snake);
        if self.is_taken(owner, &ident, resources) {
            return false;
        }
        self.found.accessors.push(FormerAccessor {
            owner,
            ident,
            returns: FormerOwner::Current(index),
            since: name.since.clone(),
            note: name.deprecation(&name.to),
        });
        self.add_structs(name, index, resources);
        true
    }

    /// Adds the former names of the structs of a resource and of those below it.
    fn add_structs(&mut self, name: &FormerName, index: usize, resources: &[ResourcePlan<'_>]) {
        let Some(top) = resources.get(index) else {
            return;
        };
        let former: Words = (name.former.split('.'))
            .fold(Words::new(), |words, step| words.join(&Words::split(step)));
        for (resource, plan) in resources.iter().enumerate() {
            let Some(below) = plan.path.strip_prefix(top.path.as_slice()) else {
                continue;
            };
            let words = below.iter().fold(former.clone(), |words, step| {
                words.join(&Words::split(step.as_str()))
            });
            let mut scope = Scope::reserving(super::reserved_names::RESERVED_RESOURCE_TYPES);
            let ident = scope.claim(&words, Case::Type);
            if !self.list_structs(resources).contains(&&ident) {
                self.found.structs.push(FormerStruct {
                    note: name.deprecation(plan.ident.as_str()),
                    ident,
                    resource,
                    since: name.since.clone(),
                });
            }
        }
    }

    /// Lists the names of structs.
    fn list_structs<'s>(&'s self, resources: &'s [ResourcePlan<'_>]) -> Vec<&'s RustIdent> {
        let former = self.found.resources.iter().map(|it| &it.ident);
        let renamed = self.found.structs.iter().map(|it| &it.ident);
        let current = resources.iter().map(|it| &it.ident);
        current.chain(former).chain(renamed).collect()
    }

    /// Adds a method under a former path: the accessors and the name, with the indices of the
    /// resource that it moved to and of the method in it. Returns `false` if the path is taken.
    pub(super) fn add_method(
        &mut self,
        name: &FormerName,
        (path, former, resource, index): (&[&str], &str, usize, usize),
        resources: &[ResourcePlan<'_>],
    ) -> bool {
        let found = resources.get(resource);
        let Some(method) = found.and_then(|found| found.methods.get(index)) else {
            return false;
        };
        let owner = self.find_owner(name, path, resources);
        let prefix = name.to.rsplit_once('.').map(|(path, _)| format!("{path}."));
        let prefix = prefix.unwrap_or_default();
        let former = plan_former_methods(name, &Words::split(former), method, &prefix);
        let mut idents = former.iter().map(|former| &former.ident);
        if idents.any(|ident| self.is_taken(owner, ident, resources)) {
            return false;
        }
        let moved = former.into_iter().map(|former| MovedMethod {
            owner,
            former,
            resource,
            method: index,
        });
        self.found.methods.extend(moved);
        true
    }

    /// Whether a resource has an accessor or a method of a name.
    fn is_taken(
        &self,
        owner: FormerOwner,
        ident: &RustIdent,
        resources: &[ResourcePlan<'_>],
    ) -> bool {
        let is_in_plan = match owner {
            FormerOwner::Current(index) => resources.get(index).is_some_and(|resource| {
                has_member(resource, ident) || (index == 0 && is_reserved(ident))
            }),
            FormerOwner::Former(_) => false,
        };
        let mut methods = self.found.methods.iter();
        is_in_plan
            || self.find_accessor(owner, ident).is_some()
            || methods.any(|it| it.owner == owner && it.former.ident == *ident)
    }

    fn find_accessor(&self, owner: FormerOwner, ident: &RustIdent) -> Option<&FormerAccessor> {
        let mut accessors = self.found.accessors.iter();
        accessors.find(|it| it.owner == owner && it.ident == *ident)
    }

    /// Returns the resource at a former path, and adds the missing resources of the path.
    fn find_owner(
        &mut self,
        name: &FormerName,
        path: &[&str],
        resources: &[ResourcePlan<'_>],
    ) -> FormerOwner {
        let mut owner = FormerOwner::Current(0);
        let mut words = Words::new();
        for segment in path {
            let step = Words::split(segment);
            words = words.join(&step);
            let ident = Scope::default().claim(&step, Case::Snake);
            let child = match owner {
                FormerOwner::Current(index) => resources.get(index).and_then(|resource| {
                    let mut children = resource.children.iter();
                    children.find(|(accessor, _)| *accessor == ident)
                }),
                FormerOwner::Former(_) => None,
            };
            owner = match (child, self.find_accessor(owner, &ident)) {
                (Some((_, index)), _) => FormerOwner::Current(*index),
                (None, Some(accessor)) => accessor.returns,
                (None, None) => self.add_owner(name, (owner, ident), &words, resources),
            };
        }
        owner
    }

    /// Adds a resource that only earlier versions had, with its accessor.
    fn add_owner(
        &mut self,
        name: &FormerName,
        (above, ident): (FormerOwner, RustIdent),
        words: &Words,
        resources: &[ResourcePlan<'_>],
    ) -> FormerOwner {
        let owner = FormerOwner::Former(self.found.resources.len());
        let mut path = self.found.path_of(resources, above).to_vec();
        path.push(ident.clone());
        let struct_name = claim_free(words, Case::Type, &self.list_structs(resources));
        self.found.resources.push(FormerResource {
            ident: struct_name,
            path,
        });
        self.found.accessors.push(FormerAccessor {
            owner: above,
            ident,
            returns: owner,
            since: name.since.clone(),
            note: format!(
                "its methods moved to other resources; version {} removes it",
                name.until
            ),
        });
        owner
    }

    /// Returns the paths, with the module of their code.
    pub(super) fn finish(mut self, resources: &[ResourcePlan<'_>]) -> FormerPaths {
        let found = &self.found;
        if !found.accessors.is_empty() || !found.methods.is_empty() {
            let taken: Vec<&RustIdent> = resources.iter().map(|it| &it.module).collect();
            let words = Words::split("former_paths");
            self.found.module = Some(claim_free(&words, Case::Module, &taken));
        }
        self.found
    }
}

/// Plans the former name of a method, and of the method that takes its optional parameters.
/// `resource` is the path of another resource that the method moved to, with a dot.
pub(super) fn plan_former_methods(
    name: &FormerName,
    former: &Words,
    method: &MethodPlan<'_>,
    resource: &str,
) -> Vec<FormerMethod> {
    let plan = |words: &Words, to: &RustIdent, takes_params| FormerMethod {
        ident: Scope::default().claim(words, Case::Snake),
        to: to.clone(),
        takes_params,
        note: name.deprecation(&format!("{resource}{to}")),
        since: name.since.clone(),
    };
    let takes_params = method.params.is_some() && method.params_method.is_none();
    let mut planned = vec![plan(former, &method.ident, takes_params)];
    if let Some(params_method) = &method.params_method {
        let former = former.with(PARAMS_METHOD_SUFFIX);
        planned.push(plan(&former, params_method, true));
    }
    planned
}

/// Whether a resource has a method or an accessor of a name.
pub(super) fn has_member(resource: &ResourcePlan<'_>, name: &RustIdent) -> bool {
    let mut methods = resource.methods.iter();
    let mut children = resource.children.iter();
    methods.any(|method| {
        let mut former = method.former_names.iter();
        method.ident == *name
            || method.params_method.as_ref() == Some(name)
            || former.any(|former| former.ident == *name)
    }) || children.any(|(accessor, _)| accessor == name)
}

/// Returns an identifier that is none of these.
fn claim_free(words: &Words, case: Case, taken: &[&RustIdent]) -> RustIdent {
    let mut scope = Scope::reserving(super::reserved_names::RESERVED_RESOURCE_TYPES);
    loop {
        let ident = scope.claim(words, case);
        if !taken.contains(&&ident) {
            return ident;
        }
    }
}

/// Whether every client has a method of this name.
fn is_reserved(ident: &RustIdent) -> bool {
    super::reserved_names::RESERVED_CLIENT_METHODS.contains(&ident.as_str())
}
