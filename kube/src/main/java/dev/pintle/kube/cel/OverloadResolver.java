package dev.pintle.kube.cel;

import dev.pintle.kube.cel.CelType.Kind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The resolution of calls and operators: which overloads of a function fit the types of its arguments, and which type they make.
final class OverloadResolver {
  private final Environment environment;
  private final TypeSubstitution bindings;
  private final ExpressionErrors complaints;
  private final IdentityHashMap<Expression, List<String>> chosen = new IdentityHashMap<>();

  OverloadResolver(
      Environment environment, TypeSubstitution bindings, ExpressionErrors complaints) {
    this.environment = environment;
    this.bindings = bindings;
    this.complaints = complaints;
  }

  /// The overloads that fit, by the part of the expression that calls them.
  IdentityHashMap<Expression, List<String>> chosen() {
    return chosen;
  }

  boolean knows(String function) {
    return !environment.overloads(function).isEmpty();
  }

  /// Chooses the one overload of a part for which no other can be meant.
  void choose(Expression expression, String overload) {
    chosen.put(expression, List.of(overload));
  }

  /// The overloads that fit, and what they make.
  CelType resolve(
      Expression expression,
      int at,
      String function,
      @Nullable CelType target,
      List<CelType> arguments) {
    List<CelType> given = new ArrayList<>();
    if (target != null) {
      given.add(target);
    }
    given.addAll(arguments);
    List<String> fitting = new ArrayList<>(1);
    CelType result = null;
    for (Overload overload : environment.overloads(function)) {
      if (overload.member() != (target != null) || overload.arguments().size() != given.size()) {
        continue;
      }
      List<CelType> signature =
          overload.generic() ? bindings.instance(overload) : signature(overload);
      if (bindings.isAssignable(given, signature.subList(1, signature.size()))) {
        fitting.add(overload.id());
        CelType made = bindings.resolved(signature.getFirst(), false);
        boolean same = result == null || result.equals(made) || result.kind() == Kind.DYN;
        result = result == null ? made : same ? result : CelType.DYN;
      }
    }
    if (result == null) {
      complaints.add(at, noOverload(function, target, arguments));
      return CelType.ERROR;
    }
    chosen.put(expression, fitting);
    return result;
  }

  private static List<CelType> signature(Overload overload) {
    List<CelType> signature = new ArrayList<>(overload.arguments());
    signature.addFirst(overload.result());
    return signature;
  }

  private String noOverload(String function, @Nullable CelType target, List<CelType> arguments) {
    List<String> shown =
        arguments.stream().map(one -> bindings.resolved(one, true).toString()).toList();
    return "found no matching overload for '%s' applied to '%s(%s)'"
        .formatted(
            function,
            target == null ? "" : bindings.resolved(target, true) + ".",
            String.join(", ", shown));
  }
}
