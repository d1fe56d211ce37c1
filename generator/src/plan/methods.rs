//! Methods: the resources of the client and their methods.

mod params_index;
mod resource_methods;

pub(super) use params_index::index_by_params;

use super::context::PlanContext;
use super::distinct_names::{SpelledName, claim_names};
use super::features::FeatureGate;
use super::item::{ItemId, RustType};
use super::item_table::ItemTable;
use super::layout::{self, ResourceFile, ResourceMembers};
use super::names::{Case, RustIdent, Scope};
use super::operations::OperationPlan;
use super::pagination::Pages;
use super::responses::unwrapped_property;
use super::streams::{self, StreamPlan, SwitchPlan};
use crate::ir::{
    BodyContent, Content, Method, Operation, OperationId, OptionRole, Pagination, ParamLocation,
    ParamStyle, Parameter, Payload, Resource, Response, ResponseHeader, SecurityRequirement,
    StatusPattern, WireName, Words,
};

/// A namespace of methods.
#[derive(Debug)]
pub struct ResourcePlan<'a> {
    /// The name of the struct, such as `WebhookSubscriptions`.
    pub ident: RustIdent,
    /// The name of the module and of its file.
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

/// An error response that the document declares.
#[derive(Debug)]
pub struct FailurePlan<'a> {
    /// Its statuses.
    pub status: StatusPattern,
    /// The description.
    pub description: &'a str,
    /// The type of its body, if it differs from the API's common error type.
    pub body: Option<RustType>,
}

/// A parameter in the path.
#[derive(Debug)]
pub struct PathArg<'a> {
    /// The argument's name.
    pub ident: RustIdent,
    /// The name in the path template.
    pub wire: &'a WireName,
    /// Its type.
    pub ty: RustType,
    /// The style.
    pub style: ParamStyle,
    /// An example of its value.
    pub example: Option<&'a serde_json::Value>,
}

/// Everything that planning a method reads.
pub(super) struct MethodContext<'p, 'a> {
    /// The API and the facts about its types.
    pub(super) context: &'p PlanContext<'a>,
    /// The items of types and operations.
    pub(super) items: &'p ItemTable<'a>,
    /// The decisions about each operation, by its id.
    pub(super) operations: &'p [OperationPlan],
    /// The responses that are pages of lists.
    pub(super) pages: &'p Pages,
}

impl MethodContext<'_, '_> {
    fn operation_plan(&self, id: OperationId) -> &OperationPlan {
        let plan = self.operations.get(id.index());
        plan.expect("each operation of the model has a plan")
    }
}

/// The last word of a method that takes optional parameters: `list_with`.
pub(super) const PARAMS_METHOD_SUFFIX: &str = "with";

/// Names of methods that every client has.
pub(super) const RESERVED_CLIENT_METHODS: &[&str] = &[
    "builder",
    "clone",
    "delete",
    "from_env",
    "get",
    "head",
    "new",
    "patch",
    "post",
    "put",
    "request",
    "to_builder",
    "unwrap_webhook",
    "unwrap_webhook_unverified",
    "webhook_secret",
    "webhook_secrets",
    "with_options",
    "base_url",
];

/// Names that are taken in the module of every resource.
pub(super) const RESERVED_RESOURCE_TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Bytes",
    "Client",
    "Date",
    "DateTime",
    "Error",
    "EventStream",
    "Into",
    "Method",
    "Nullable",
    "OpenTuple",
    "Option",
    "Page",
    "PageMark",
    "PageStyle",
    "PathStyle",
    "Request",
    "Result",
    "Secret",
    "String",
    "Upload",
    "Value",
    "Vec",
];

/// Names of methods that every resource has.
const RESERVED_RESOURCE_METHODS: &[&str] = &["clone", "new"];

/// Names that the bodies of methods use, so that arguments cannot have them.
const RESERVED_ARGUMENTS: &[&str] = &["params", "client"];

/// Plans the tree of resources, parents before children.
pub(super) fn plan_resources<'a>(context: &MethodContext<'_, 'a>) -> Vec<ResourcePlan<'a>> {
    let mut tree = ResourceTree {
        found: Vec::new(),
        structs: Scope::reserving(RESERVED_RESOURCE_TYPES),
        // Files of the wire tests have these names.
        modules: Scope::reserving(&["mod", "main", "support", "webhook_deliveries"]),
    };
    tree.visit(context, &context.context.api.root, &Words::new(), &[]);
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
        let methods = resource_methods::plan_methods(context, &resource.methods, &mut scope);
        if let Some(plan) = self.found.get_mut(index) {
            (plan.own_file, plan.files) = layout::split_resource(&methods, &children);
            plan.children = children;
            plan.methods = methods;
        }
        index
    }
}

/// Plans a method that calls an operation.
pub(super) fn plan_method<'a>(
    context: &MethodContext<'_, 'a>,
    ident: RustIdent,
    id: OperationId,
) -> MethodPlan<'a> {
    let operation = context.context.api.operation(id);
    let plan = context.operation_plan(id);
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

/// Plans the error responses of an operation.
fn plan_failures<'a>(
    context: &MethodContext<'_, 'a>,
    operation: &'a Operation,
) -> Vec<FailurePlan<'a>> {
    let successes: Vec<StatusPattern> = operation.successes().map(|r| r.status).collect();
    let responses = operation.responses.iter();
    let failing = responses.filter(|response| !successes.contains(&response.status));
    failing
        .map(|response| FailurePlan {
            status: response.status,
            description: &response.description,
            body: own_body(context, response),
        })
        .collect()
}

fn own_body(context: &MethodContext<'_, '_>, response: &Response) -> Option<RustType> {
    match &contents(response).first()?.content {
        Content::Json(ty) if Some(ty) != context.context.api.error_body.as_ref() => {
            Some(context.context.resolver.resolve(ty))
        }
        _ => None,
    }
}

fn contents(response: &Response) -> &[BodyContent] {
    match &response.payload {
        Payload::Content(contents) => contents,
        Payload::Empty => &[],
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

/// Whether a path parameter is an option of the client.
fn is_option(context: &MethodContext<'_, '_>, param: &Parameter) -> bool {
    let mut options = context.context.api.package.options.iter();
    options
        .any(|option| matches!(&option.role, OptionRole::Path(name) if name == param.wire.as_str()))
}

/// Plans the arguments of a path, in the order of the configuration, or else of its template.
fn plan_path_args<'a>(
    context: &MethodContext<'_, 'a>,
    operation: &'a Operation,
) -> Vec<PathArg<'a>> {
    let mut scope = Scope::reserving(RESERVED_ARGUMENTS);
    let mut params: Vec<_> = operation
        .params
        .iter()
        .filter(|p| p.location == ParamLocation::Path)
        .collect();
    params.retain(|param| !is_option(context, param));
    params.sort_by_key(|param| {
        let in_path = operation.path.find(&format!("{{{}}}", param.wire));
        let in_path = in_path.unwrap_or(usize::MAX);
        (operation.argument_position(&param.wire), in_path)
    });
    let names: Vec<_> = (params.iter())
        .map(|param| SpelledName::new(&param.name, param.wire.as_str()))
        .collect();
    let idents = claim_names(&mut scope, &names, Case::Snake);
    (params.into_iter().zip(idents))
        .map(|(param, ident)| PathArg {
            ident,
            wire: &param.wire,
            ty: context.context.resolver.resolve(&param.ty),
            style: param.style,
            example: param.example.as_ref(),
        })
        .collect()
}
