/// The generator of the built-in types, run once by the build and not shipped.
///
/// It reads three sources: the classes of a Kubernetes client library ([ModelClass]: fields, what
/// is required, descriptions; [ApiClass]: paths and verbs), the descriptors of its protobuf twin
/// ([Protos]: field numbers) with the comments in its sources ([ProtoComments]), and tables of our own ([FactTables]) with what neither knows: names
/// for people, keys of lists, columns, storage. [TypeWalk] joins them into definitions, and
/// [TypesFile] writes these in the form that kube reads at start.
@NullMarked
package dev.pintle.schema;

import org.jspecify.annotations.NullMarked;
