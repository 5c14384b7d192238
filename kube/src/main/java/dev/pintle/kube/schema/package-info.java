/// The server's knowledge of the shape of objects: one immutable graph of [SchemaNode], the same for built-in kinds and
/// for custom resources, and the table of resources that are served.
///
/// Start at [TypeRegistry]: its [TypeRegistry#current] is an immutable [TypeSnapshot] that finds a
/// [ResourceType] by group, version and plural name, or by kind; [ResourceType#schema] is the root
/// of the graph that every pass over an object walks. The built-in part comes from one resource
/// that the build makes; its types are read when first asked for.
@NullMarked
package dev.pintle.kube.schema;

import org.jspecify.annotations.NullMarked;
