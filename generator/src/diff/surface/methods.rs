//! The resources and methods of a client, as their users see them.

use crate::ir::{Docs, Pagination, StatusPattern};
use crate::plan::{ItemId, RustType};
use crate::source::Pointer;

/// A namespace of methods.
#[derive(Debug, Clone)]
pub struct ResourceSurface {
    /// The accessors from the client down; none for the client itself.
    pub path: Vec<String>,
    /// The struct that users get.
    pub struct_name: String,
    /// The feature that it is behind.
    pub feature: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The path of its generated files, without the ending.
    pub file_stem: String,
}

impl ResourceSurface {
    /// The resource as users write it: `Client::chats().messages()`.
    #[must_use]
    pub fn item_path(&self) -> String {
        to_item_path(&self.path)
    }
}

/// Writes accessors from the client down as users do: `Client::chats().messages()`.
pub(in crate::diff) fn to_item_path(accessors: &[String]) -> String {
    let accessors: Vec<String> = accessors.iter().map(|name| format!("{name}()")).collect();
    match accessors.as_slice() {
        [] => "Client".to_owned(),
        accessors => format!("Client::{}", accessors.join(".")),
    }
}

/// The paths of earlier versions that a crate keeps, as accessors from the client down.
#[derive(Debug, Clone, Default)]
pub struct FormerPathsSurface {
    /// The accessors of resources, with those that they stand for.
    pub resources: Vec<(Vec<String>, Vec<String>)>,
    /// The paths of methods, with those that they call.
    pub methods: Vec<(Vec<String>, Vec<String>)>,
}

impl FormerPathsSurface {
    /// Whether a path of a resource leads to another one.
    #[must_use]
    pub fn leads_to_resource(&self, path: &[String], resource: &[String]) -> bool {
        let mut resources = self.resources.iter();
        resources.any(|(former, current)| {
            let below = path.strip_prefix(former.as_slice());
            below.is_some() && below == resource.strip_prefix(current.as_slice())
        })
    }

    /// Whether a path of a method leads to another one.
    #[must_use]
    pub fn leads_to_method(&self, path: &[String], method: &[String]) -> bool {
        let mut methods = self.methods.iter();
        methods.any(|(former, current)| former == path && current == method)
            || self.leads_to_resource(path, method)
    }
}

/// A name that a method had in earlier versions.
#[derive(Debug, Clone)]
pub struct FormerMethodName {
    /// The former name.
    pub name: String,
    /// The present name: of the method itself, or of the method that takes its parameters.
    pub to: String,
}

/// A method of a resource.
#[derive(Debug, Clone)]
pub struct MethodSurface {
    /// The index of its resource.
    pub resource: usize,
    /// Its name.
    pub name: String,
    /// Its names in earlier versions, which it still has.
    pub former_names: Vec<FormerMethodName>,
    /// The operation that it calls.
    pub endpoint: Endpoint,
    /// The id of that operation.
    pub operation_id: Option<String>,
    /// The ids in the path, in order.
    pub args: Vec<ArgSurface>,
    /// The type of its parameters.
    pub params: Option<ItemId>,
    /// The name of the method that takes the parameters, if none is required.
    pub params_method: Option<String>,
    /// The type of its value. For a stream, the type of an item.
    pub returns: RustType,
    /// The form in which it returns that type.
    pub form: ReturnForm,
    /// The property that it returns instead of the whole response.
    pub property: Option<String>,
    /// The pagination style.
    pub pagination: Option<Pagination>,
    /// The media types of its successful responses.
    pub media_types: Vec<String>,
    /// The alternatives of schemes that it needs, if they differ from those of the client.
    pub security: Option<Vec<Vec<String>>>,
    /// The header of its idempotency key.
    pub idempotency_header: Option<String>,
    /// Its own server.
    pub server: Option<String>,
    /// Its own time limit in milliseconds, and its own number of retries.
    pub limits: (Option<u64>, Option<u32>),
    /// The statuses of success.
    pub statuses: Vec<StatusPattern>,
    /// The declared failures: the statuses, and the type of the body if it differs from the client's.
    pub failures: Vec<(StatusPattern, Option<RustType>)>,
    /// The names of the headers of its response.
    pub response_headers: Vec<String>,
    /// The description.
    pub docs: Docs,
    /// The JSON pointer of its operation.
    pub pointer: Pointer,
}

impl MethodSurface {
    /// Whether the method still has this name of an earlier version.
    #[must_use]
    pub fn has_former_name(&self, name: &str) -> bool {
        let mut names = self.former_names.iter();
        names.any(|former| former.name == name)
    }
}

/// The form in which a method returns its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnForm {
    /// A value.
    Value,
    /// A page of a list.
    Page,
    /// A stream of values.
    Stream,
}

/// The operation that a method calls, and the variant of the call.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Endpoint {
    /// The HTTP method.
    pub verb: String,
    /// The path as the document has it.
    pub path: String,
    /// The media type of the body or the response, if the operation has several methods. It also
    /// states whether the method streams.
    pub variant: String,
}

impl Endpoint {
    /// The path without the names of its parameters: `/chats/{}`.
    #[must_use]
    pub fn path_pattern(&self) -> String {
        let mut pattern = String::with_capacity(self.path.len());
        let mut is_name = false;
        for c in self.path.chars() {
            match c {
                '{' => {
                    is_name = true;
                    pattern.push('{');
                }
                '}' => {
                    is_name = false;
                    pattern.push('}');
                }
                c if !is_name => pattern.push(c),
                _ => {}
            }
        }
        pattern
    }
}

/// An id in the path.
#[derive(Debug, Clone)]
pub struct ArgSurface {
    /// The name of the argument.
    pub name: String,
    /// Its name in the template of the path.
    pub wire: String,
    /// Its type.
    pub ty: RustType,
    /// The style that it is written in.
    pub style: crate::ir::ParamStyle,
    /// The JSON pointer of the parameter.
    pub pointer: Option<Pointer>,
}
