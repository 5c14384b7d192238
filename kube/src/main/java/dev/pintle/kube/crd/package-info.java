/// Custom resource definitions: from the object a client created to a resource that is served. [SchemaReader] turns the
/// structural schema into the same graph of nodes that built-in kinds have, [CustomTypes] makes resource types of a
/// definition. What an object must be is the matter of the package `instance`.
@NullMarked
package dev.pintle.kube.crd;

import org.jspecify.annotations.NullMarked;
