/// Objects as rows of a table, the form that `kubectl get` shows. Which columns a resource has is data of its
/// [dev.pintle.kube.schema.ResourceType]; each names an expression, a path or one of the functions here, that makes a cell
/// of an object's tree. [Tables] is the entry.
@NullMarked
package dev.pintle.kube.table;

import org.jspecify.annotations.NullMarked;
