package dev.pintle.kube.schema;

import dev.pintle.kube.object.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules that a value must satisfy beside its kind; custom resources bring these with them.
///
/// @param format the word of OpenAPI (`date-time`, `int32`, `byte`…), or empty
/// @param enumeration the values allowed, empty for any
/// @param combined the parts joined by allOf, anyOf, oneOf and not
/// @param inPlaceOfNull what a null becomes where an item of a list or a value of a map may be none: the schema's own default
public record ValueRules(
    String format,
    boolean nullable,
    List<Json> enumeration,
    NumberRules number,
    TextRules text,
    PartRules parts,
    Combined combined,
    Extensions extensions,
    @Nullable Json inPlaceOfNull) {
  public static final ValueRules NONE =
      new ValueRules(
          "",
          false,
          List.of(),
          NumberRules.NONE,
          TextRules.NONE,
          PartRules.NONE,
          Combined.NONE,
          Extensions.NONE,
          null);

  public ValueRules {
    enumeration = List.copyOf(enumeration);
  }

  /// The rules of numbers: bounds, inclusive unless said otherwise; a missing end is open.
  public record NumberRules(
      @Nullable Double minimum,
      boolean minimumExcluded,
      @Nullable Double maximum,
      boolean maximumExcluded,
      @Nullable Double multipleOf) {
    public static final NumberRules NONE = new NumberRules(null, false, null, false, null);
  }

  /// The rules of texts: how many characters, and what they look like.
  public record TextRules(Bounds length, @Nullable String pattern) {
    public static final TextRules NONE = new TextRules(Bounds.OPEN, null);
  }

  /// The rules of lists, maps and objects: how many parts, and which must be there.
  public record PartRules(
      Bounds items, boolean uniqueItems, Bounds properties, Set<String> required) {
    public static final PartRules NONE = new PartRules(Bounds.OPEN, false, Bounds.OPEN, Set.of());
  }

  /// The least and the most of something; a missing end is open.
  public record Bounds(@Nullable Long atLeast, @Nullable Long atMost) {
    public static final Bounds OPEN = new Bounds(null, null);
  }

  /// Schemas that must hold as well: value rules only, they bring no fields of their own.
  public record Combined(
      List<SchemaNode> allOf,
      List<SchemaNode> anyOf,
      List<SchemaNode> oneOf,
      @Nullable SchemaNode not) {
    public static final Combined NONE = new Combined(List.of(), List.of(), List.of(), null);

    public Combined {
      allOf = List.copyOf(allOf);
      anyOf = List.copyOf(anyOf);
      oneOf = List.copyOf(oneOf);
    }
  }

  /// The `x-kubernetes-*` words.
  ///
  /// @param preserveUnknownFields unknown fields stay
  /// @param embeddedResource the value is an object of the API with kind, apiVersion and metadata
  ///   of its own
  /// @param validations the expressions of `x-kubernetes-validations`, as they were written
  /// @param unknownType the type that the schema says where there is no such type, else empty: no value is of it
  public record Extensions(
      boolean preserveUnknownFields,
      boolean embeddedResource,
      List<Json> validations,
      String unknownType) {
    public static final Extensions NONE = new Extensions(false, false, List.of(), "");

    public Extensions {
      validations = List.copyOf(validations);
    }
  }
}
