//! Methods: the resources of the client and their methods.

pub(super) mod context;
mod failures;
mod params_index;
mod path_args;
mod resource_methods;

use context::MethodContext;
pub use failures::FailurePlan;
use failures::plan_failures;
pub(super) use params_index::index_by_params;
pub use path_args::PathArg;
use path_args::plan_path_args;

use super::feature_gate::FeatureGate;
use super::item::{ItemId, RustType};
use super::layout::{self, ResourceFile, ResourceMembers};
use super::names::{Case, RustIdent, Scope};
use super::reserved_names::{
    RESERVED_CLIENT_METHODS, RESERVED_RESOURCE_METHODS, RESERVED_RESOURCE_MODULES,
    RESERVED_RESOURCE_TYPES,
};
use super::responses::unwrapped_property;
use super::streams::{self, StreamPlan, SwitchPlan};
use crate::ir::{
    Method, Operation, OperationId, Pagination, ParamLocation, Resource, ResponseHeader,
    SecurityRequirement, WireName, Words,
};

/// A namespace of methods.
#[derive(Debug)]
pub struct ResourcePlan<'a> {
    /// The name of the struct, such as `WebhookSubscriptions`.
    pub ident: RustIdent,
    /// The name of its module and of the file, which nested resources can share.
    pub module: RustIdent,
    /// Its feature, unless it is always compiled.
    pub feature: Option<String>,
    /// The accessors that lead to it from the client.
    pub path: Vec<RustIdent>,
    /// The description.
    pub description: Option<&'a str>,
    /// Its methods.
    pub methods: Vec<MethodPlan<'a>>,
    /// The contents of its own file.
    pub own_file: ResourceMembers,
    /// Additional files, if it is too long for one.
    pub files: Vec<ResourceFile>,
    /// The accessors of nested resources, with the indices of these resources in the plan.
    pub children: Vec<(RustIdent, usize)>,
}

impl<'a> ResourcePlan<'a> {
    /// Returns the feature gate within the client.
    #[must_use]
    pub fn gate(&self) -> FeatureGate {
        FeatureGate {
            client: false,
            any: self.feature.iter().cloned().collect(),
        }
    }

    /// Returns the methods in one of its files.
    pub fn methods_of<'p>(
        &'p self,
        members: &'p ResourceMembers,
    ) -> impl Iterator<Item = &'p MethodPlan<'a>> {
        let places = members.methods.iter();
        places.filter_map(|&index| self.methods.get(index))
    }

    /// Returns the accessors in one of its files.
    pub fn children_of<'p>(
        &'p self,
        members: &'p ResourceMembers,
    ) -> impl Iterator<Item = &'p (RustIdent, usize)> {
        let places = members.children.iter();
        places.filter_map(|&index| self.children.get(index))
    }
}

/// A method of a resource.
#[derive(Debug)]
pub struct MethodPlan<'a> {
    /// Its name.
    pub ident: RustIdent,
    /// The id of the operation that it calls.
    pub id: OperationId,
    /// The operation that it calls.
    pub operation: &'a Operation,
    /// The ids in the path, in the order of the arguments.
    pub path_args: Vec<PathArg<'a>>,
    /// The parameters, if it takes any.
    pub params: Option<ItemId>,
    /// The method that takes the parameters, if none is required. The method itself then takes none.
    pub params_method: Option<RustIdent>,
    /// The type of the response.
    pub returns: RustType,
    /// The pagination, if the response is a page.
    pub paging: Option<&'a Pagination>,
    /// The `Accept` header, if the default of the response type is not enough.
    pub accept: Option<String>,
    /// The property that it returns instead of the whole response.
    pub property: Option<&'a WireName>,
    /// Its security requirement, if it differs from the client's.
    pub security: Option<&'a [SecurityRequirement]>,
    /// The header for an idempotency key, if the operation declares one and is not idempotent.
    pub idempotency_header: Option<&'a str>,
    /// The URL of its server, if it differs from the client's.
    pub server: Option<&'a str>,
    /// The stream that it returns, if any. `returns` is then the type of the items.
    pub stream: Option<StreamPlan>,
    /// The parameter that selects between a stream and a whole response, if there is one.
    pub switch: Option<SwitchPlan<'a>>,
    /// The method that returns the same response as a stream.
    pub streaming: Option<RustIdent>,
    /// The names of the method in earlier versions.
    pub former_names: Vec<FormerMethod>,
    /// The headers of the response.
    pub headers: &'a [ResponseHeader],
    /// The error responses that the document declares.
    pub failures: Vec<FailurePlan<'a>>,
}

/// A former name of a method.
#[derive(Debug, Clone)]
pub struct FormerMethod {
    /// The former name.
    pub ident: RustIdent,
    /// The method of this name.
    pub to: RustIdent,
    /// Whether it takes the parameters.
    pub takes_params: bool,
    /// The version that renamed the method.
    pub since: Option<String>,
    /// The message of `#[deprecated]`.
    pub note: String,
}

/// The last word of a method that takes optional parameters: `list_with`.
pub(super) const PARAMS_METHOD_SUFFIX: &str = "with";

/// Plans the tree of resources, parents before children.
pub(super) fn plan_resources<'a>(context: &MethodContext<'_, 'a>) -> Vec<ResourcePlan<'a>> {
    let mut tree = ResourceTree {
        found: Vec::new(),
        structs: Scope::reserving(RESERVED_RESOURCE_TYPES),
        modules: Scope::reserving(RESERVED_RESOURCE_MODULES),
    };
    tree.visit(context, &context.context.api.root, &Words::new(), &[]);
    layout::join_nested_resources(&mut tree.found);
    tree.found
}

struct ResourceTree<'a> {
    found: Vec<ResourcePlan<'a>>,
    structs: Scope,
    modules: Scope,
}

impl<'a> ResourceTree<'a> {
    fn visit(
        &mut self,
        context: &MethodContext<'_, 'a>,
        resource: &'a Resource,
        above: &Words,
        path: &[RustIdent],
    ) -> usize {
        let words = above.join(&resource.name);
        let root = path.is_empty();
        let mut scope = Scope::reserving(if root {
            RESERVED_CLIENT_METHODS
        } else {
            RESERVED_RESOURCE_METHODS
        });
        let index = self.found.len();
        self.found.push(ResourcePlan {
            ident: self.structs.claim(&words, Case::Type),
            module: self.modules.claim(&words, Case::Module),
            feature: None,
            path: path.to_vec(),
            description: resource.description.as_deref(),
            methods: Vec::new(),
            own_file: ResourceMembers::default(),
            files: Vec::new(),
            children: Vec::new(),
        });
        let mut children = Vec::new();
        for child in &resource.children {
            let accessor = scope.claim(&child.name, Case::Snake);
            let mut below = path.to_vec();
            below.push(accessor.clone());
            children.push((accessor, self.visit(context, child, &words, &below)));
        }
        if !root && has_clone_of_item(context, resource) {
            scope.allow(CLONE);
        }
        let methods = resource_methods::plan_methods(context, &resource.methods, &mut scope);
        if let Some(plan) = self.found.get_mut(index) {
            (plan.own_file, plan.files) = layout::split_resource(&methods, &children);
            plan.children = children;
            plan.methods = methods;
        }
        index
    }
}

/// Name of the method of [`Clone`].
const CLONE: &str = "clone";

/// Whether a resource has a method `clone` that takes an id. A call of it is never mistaken for
/// [`Clone::clone`]. The method does not take an id that is a client option.
fn has_clone_of_item(context: &MethodContext<'_, '_>, resource: &Resource) -> bool {
    let mut methods = resource.methods.iter();
    methods.any(|method| {
        let operation = context.context.api.operation(method.operation);
        method.name.snake() == CLONE && !plan_path_args(context, operation).is_empty()
    })
}

/// Plans a method that calls an operation.
pub(super) fn plan_method<'a>(
    context: &MethodContext<'_, 'a>,
    ident: RustIdent,
    id: OperationId,
) -> MethodPlan<'a> {
    let plan = context.operation_plan(id);
    let operation = plan.operation;
    let stream = streams::plan_stream_only(operation);
    let is_stream = stream.is_some();
    MethodPlan {
        ident,
        id,
        operation,
        path_args: plan_path_args(context, operation),
        params: plan.params,
        params_method: None,
        returns: plan.returns.clone(),
        paging: operation
            .pagination
            .as_ref()
            .filter(|_| !is_stream && context.pages.operations.contains(&id)),
        accept: plan.accept.clone(),
        property: unwrapped_property(operation),
        security: operation
            .security
            .as_deref()
            .filter(|own| *own != context.context.api.security),
        idempotency_header: idempotency_header(operation),
        server: operation.server.as_deref(),
        stream,
        switch: None,
        streaming: None,
        former_names: Vec::new(),
        headers: operation
            .successes()
            .next()
            .map_or(&[], |response| response.headers.as_slice()),
        failures: plan_failures(context, operation),
    }
}

/// Returns the header for an idempotency key, which is recognized by its name
/// (draft-ietf-httpapi-idempotency-key-header).
fn idempotency_header(operation: &Operation) -> Option<&str> {
    if !matches!(operation.method, Method::Post | Method::Patch) {
        return None;
    }
    let headers = operation
        .params
        .iter()
        .filter(|param| param.location == ParamLocation::Header && param.part.is_none());
    headers
        .map(|param| param.wire.as_str())
        .find(|name| name.to_ascii_lowercase().ends_with("idempotency-key"))
}
