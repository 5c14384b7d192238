/// The description of the API for clients that explain, validate and merge: OpenAPI v3 by version
/// of a group, and v2 whole. Both are what the real server says; `facts.txt` has what no type tells.
///
/// Enter at [OpenApiDocuments]. A [OpenApiVersion] is what v2 and v3 do differently; [SchemaText] writes
/// one node, [DefinitionClosure] everything it refers to, [OperationText] what may be done at a path,
/// [ResourcePaths] all paths of a resource, [RootPath] one that has none; [NamedParameters] is what v2 names once. Documents are made when asked for and kept while memory
/// allows.
@NullMarked
package dev.pintle.kube.openapi;

import org.jspecify.annotations.NullMarked;
