package dev.pintle.kube.cel;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// An expression in which every part has a type.
///
/// @param types by part
/// @param overloads by part: which forms of the function can be meant, by their ids
/// @param functions by part: the full name of a function, or of a variable, that was called by a name with dots
/// @param typeNames by part: the type that a name stands for
/// @param names of variables that it refers to
record Checked(
    Expression expression,
    IdentityHashMap<Expression, CelType> types,
    IdentityHashMap<Expression, List<String>> overloads,
    IdentityHashMap<Expression, String> functions,
    IdentityHashMap<Expression, String> typeNames,
    Set<String> names) {

  CelType type(Expression part) {
    return types.getOrDefault(part, CelType.ERROR);
  }

  List<String> overloadsOf(Expression part) {
    return overloads.getOrDefault(part, List.of());
  }

  /// The only form that can be meant, empty when only the values tell.
  String overload(Expression part) {
    List<String> ids = overloadsOf(part);
    return ids.size() == 1 ? ids.getFirst() : "";
  }
}
