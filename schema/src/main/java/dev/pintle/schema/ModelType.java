package dev.pintle.schema;

import java.lang.classfile.Signature;
import java.util.Map;

/// The declaration of a field in the client library.
sealed interface ModelType {
  /// A value without parts.
  record Scalar(ValueWord word) implements ModelType {}

  record ListOf(ModelType items) implements ModelType {}

  record MapOf(ModelType values) implements ModelType {}

  /// Another model class, by its internal name.
  record Model(String internalName) implements ModelType {}

  String MODELS = "io/kubernetes/client/openapi/models/";

  Map<String, ValueWord> SCALARS =
      Map.ofEntries(
          Map.entry("java/lang/String", ValueWord.TEXT),
          Map.entry("java/lang/Integer", ValueWord.INT32),
          Map.entry("java/lang/Long", ValueWord.INT64),
          Map.entry("java/lang/Double", ValueWord.DOUBLE),
          Map.entry("java/math/BigDecimal", ValueWord.DOUBLE),
          Map.entry("java/lang/Boolean", ValueWord.BOOLEAN),
          Map.entry("java/time/OffsetDateTime", ValueWord.TIME),
          Map.entry("io/kubernetes/client/custom/Quantity", ValueWord.QUANTITY),
          Map.entry("io/kubernetes/client/custom/IntOrString", ValueWord.INT_OR_STRING),
          Map.entry("java/lang/Object", ValueWord.ANY));

  static ModelType of(Signature signature) {
    return switch (signature) {
      case Signature.ArrayTypeSig _ -> new Scalar(ValueWord.BYTES);
      case Signature.ClassTypeSig type -> ofClass(type);
      default ->
          throw new IllegalArgumentException(
              "type: %s (expected: a class or byte[])".formatted(signature));
    };
  }

  private static ModelType ofClass(Signature.ClassTypeSig type) {
    String name = type.className();
    return switch (name) {
      case "java/util/List", "java/util/Set" -> new ListOf(argument(type, 0));
      case "java/util/Map" -> new MapOf(argument(type, 1));
      default -> {
        ValueWord word = SCALARS.get(name);
        if (word == null && !name.startsWith(MODELS)) {
          throw new IllegalArgumentException(
              "type: %s (expected: a model or a value known to ModelType)".formatted(name));
        }
        yield word == null ? new Model(name) : new Scalar(word);
      }
    };
  }

  private static ModelType argument(Signature.ClassTypeSig type, int index) {
    if (type.typeArgs().get(index) instanceof Signature.TypeArg.Bounded bounded) {
      return of(bounded.boundType());
    }
    return new Scalar(ValueWord.ANY);
  }
}
