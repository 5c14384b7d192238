/// The rules of custom resources: [CustomResourceCheck] holds an object against the schema that its definition brought,
/// and tells what it finds in upstream's words. [ValueCheck] is the walk over value and schema; beside it stand the
/// rules that upstream keeps apart from it: lists that are sets or maps, objects within the object, replica counts.
@NullMarked
package dev.pintle.kube.instance;

import org.jspecify.annotations.NullMarked;
