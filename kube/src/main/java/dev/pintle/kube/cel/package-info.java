/// The Common Expression Language, as far as the rules of custom resources use it. [Rule] is an expression that was read
/// and checked against a schema; it is evaluated over the tree of an object without copying it. [Parser] makes an
/// [Expression], [Checker] finds names that nothing stands behind, [Evaluation] computes.
///
/// Types are not inferred beyond the fields of objects: a mismatch that the real server finds when the definition is
/// written is found here when the rule runs. Not known are the functions for URLs, addresses, versions, sets, named
/// formats, mathematics and authorization, `cel.bind`, and comprehensions with two variables; a rule that uses one is
/// refused when its definition is written.
@NullMarked
package dev.pintle.kube.cel;

import org.jspecify.annotations.NullMarked;
