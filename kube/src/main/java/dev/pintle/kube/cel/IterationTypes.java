package dev.pintle.kube.cel;

import dev.pintle.kube.cel.CelType.Kind;

/// The types of a comprehension's variables, by the type of what it ranges over.
record IterationTypes(TypeSubstitution bindings, ExpressionErrors complaints) {
  CelType first(Expression.Comprehension fold, CelType range) {
    boolean two = fold.second() != null;
    return switch (range.kind()) {
      case LIST -> two ? CelType.INT : range.parameters().getFirst();
      case MAP -> range.parameters().getFirst();
      case DYN, ERROR, PARAMETER -> {
        bindings.isAssignable(CelType.DYN, range);
        yield CelType.DYN;
      }
      case BOOL,
          INT,
          UINT,
          DOUBLE,
          STRING,
          BYTES,
          DURATION,
          TIMESTAMP,
          NULL,
          STRUCT,
          OPAQUE,
          TYPE -> {
        complaints.add(
            fold.range().at(),
            "expression of type '%s' cannot be range of a comprehension (must be list, map, or dynamic)"
                .formatted(range));
        yield CelType.ERROR;
      }
    };
  }

  static CelType second(CelType range) {
    return range.kind() == Kind.LIST || range.kind() == Kind.MAP
        ? range.parameters().getLast()
        : range.isDynOrError() || range.kind() == Kind.PARAMETER ? CelType.DYN : CelType.ERROR;
  }
}
