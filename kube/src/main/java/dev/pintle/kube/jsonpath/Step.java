package dev.pintle.kube.jsonpath;

import dev.pintle.kube.object.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One node of a path, which makes values of the values before it.
sealed interface Step {
  /// A field of an object; what is none has no fields.
  record Field(String name) implements Step {}

  /// Some items of a list, as in a slice of Python; an index is a slice of one.
  ///
  /// @param from null for the first
  /// @param to behind the last; null for the end
  /// @param single whether `to` was not written, so that the item at -1 is the last
  /// @param step null for 1
  record Slice(@Nullable Long from, @Nullable Long to, boolean single, @Nullable Long step)
      implements Step {}

  /// A step to everything one level below.
  record Wildcard() implements Step {}

  /// The value itself and everything below it that has parts.
  record RecursiveDescent() implements Step {}

  /// The values of several paths, one path after the other.
  record Union(List<List<Step>> paths) implements Step {}

  /// The items of a list for which a comparison holds, or for which `left` leads anywhere when the operator is empty.
  record Filter(List<Step> left, String operator, List<Step> right) implements Step {}

  /// A text in quotes, in place of all values.
  record Literal(Json value) implements Step {}

  /// A number, or true or false, in place of each value.
  record Constant(Json value) implements Step {}

  /// A word, which fails whatever it is: `range` and `end` make no sense in a column.
  record Word(String name) implements Step {}
}
