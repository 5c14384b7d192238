/// Custom resource definitions: from the object a client created to a resource that is served. [SchemaReader] turns the
/// structural schema into the same graph of nodes that built-in kinds have, [CustomTypes] makes resource types of a
/// definition, [SchemaCheck] holds objects against what their schema says of values.
@NullMarked
package dev.pintle.kube.crd;

import org.jspecify.annotations.NullMarked;
