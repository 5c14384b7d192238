/// The Common Expression Language, as far as the rules of custom resources use it. [ValidationRule] is an expression that was read
/// and checked against a schema; it is evaluated over the tree of an object without copying it. [Parser] makes an
/// [Expression], [Checker] gives every part a type ([SchemaTypes] knows those of the schema, [Environment] the functions and variables),
/// [Estimator] tells what it costs at most, [Planner] makes a [Interpretable] of it, and a [Activation] is one run, with its budget.
///
/// [AdmissionExpressions] checks the expressions of policies and webhooks of admission, which nothing evaluates here; the functions that
/// these alone know are declared in `patch-functions.txt`.
///
/// Of messages of protobuf there are those that become values at once ([WellKnownMessages]). What is wrong with the syntax of a text is
/// found by a second reader, [SyntaxRecovery], which walks upstream's grammar ([SyntaxGrammar]) and recovers as upstream's parser does.
@NullMarked
package dev.pintle.kube.cel;

import org.jspecify.annotations.NullMarked;
