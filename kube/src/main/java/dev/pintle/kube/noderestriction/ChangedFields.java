package dev.pintle.kube.noderestriction;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.Immutable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields in which two objects differ.
final class ChangedFields {
  /// What is told is for people.
  private static final int NAMED_MAX = 20;

  private ChangedFields() {}

  /// Their paths; of what is no structure as a whole.
  static List<String> between(JsonObject some, JsonObject others) {
    List<String> paths = new ArrayList<>();
    add("", some, others, paths);
    return paths;
  }

  private static void add(String path, JsonObject some, JsonObject others, List<String> paths) {
    Set<String> names = new LinkedHashSet<>();
    some.forEach(field -> names.add(field.name()));
    others.forEach(field -> names.add(field.name()));
    for (String name : names) {
      @Nullable Json one = some.get(name);
      @Nullable Json other = others.get(name);
      if (paths.size() >= NAMED_MAX || Immutable.same(one, other)) {
        continue;
      }
      String at = path + name;
      if (one instanceof JsonObject left && other instanceof JsonObject right) {
        add(at + ".", left, right, paths);
      } else {
        paths.add(at);
      }
    }
  }
}
