package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.TypeSearch;
import dev.pintle.kube.schema.ValueKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of features that upstream has switched off in this release, read from `disabled-fields.txt`.
final class DisabledFields {
  private static final String TABLE = "disabled-fields.txt";
  private static final String TYPE_PREFIX = "io.k8s.";

  /// One field of a type.
  ///
  /// @param orAll whether a structure that has nothing else goes with it
  private record Disabled(String feature, String name, boolean orAll) {}

  /// The fields of a type below which disabled ones may lie.
  private record Ways(List<Field> fields) {}

  /// Where several of these stand, upstream looks into the first alone.
  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "io.k8s.api.core.v1.Volume",
          List.of("secret", "configMap", "downwardAPI", "projected"),
          "io.k8s.api.core.v1.VolumeProjection",
          List.of(
              "secret",
              "downwardAPI",
              "configMap",
              "serviceAccountToken",
              "clusterTrustBundle",
              "podCertificate"));

  private final Map<String, List<Disabled>> byType = new HashMap<>();
  private String feature = "";

  private DisabledFields() {}

  static DisabledFields builtIn() {
    DisabledFields fields = new DisabledFields();
    TableFile.beside(DisabledFields.class, TABLE)
        .forEach(heading -> fields.feature = heading, fields::take);
    return fields;
  }

  private void take(String line) {
    String[] words = line.split(" ", 3);
    byType
        .computeIfAbsent(TYPE_PREFIX + words[0], _ -> new ArrayList<>())
        .add(new Disabled(feature, words[1], words.length == 3));
  }

  /// Takes them out of `object`, but for those of features that `old` makes use of.
  ///
  /// @param old what was there before; null for a new object
  void drop(SchemaNode node, JsonObject object, @Nullable JsonObject old) {
    if (ways(node).isEmpty()) {
      return;
    }
    Set<String> inUse = new HashSet<>(0);
    if (old != null) {
      find(node, old, inUse);
    }
    drop(node, object, inUse);
  }

  private void find(SchemaNode node, JsonObject structure, Set<String> inUse) {
    for (Disabled disabled : byType.getOrDefault(node.typeName(), List.of())) {
      if (isThere(structure.get(disabled.name()))) {
        inUse.add(disabled.feature());
      }
    }
    for (Field field : ways(node)) {
      structures(field.node(), structure.get(field.name()))
          .forEach(found -> find(found.node(), found.structure(), inUse));
    }
  }

  private static boolean isThere(@Nullable Json value) {
    return value != null && !(value instanceof Json.Null);
  }

  private void drop(SchemaNode node, JsonObject structure, Set<String> inUse) {
    for (Disabled disabled : byType.getOrDefault(node.typeName(), List.of())) {
      if (!inUse.contains(disabled.feature())) {
        structure.remove(disabled.name());
      }
    }
    for (Field field : ways(node)) {
      if (isPassedOver(node, field, structure)) {
        continue;
      }
      Json value = structure.get(field.name());
      if (value instanceof JsonObject inner && goesWithIt(field.node(), inner, inUse)) {
        structure.remove(field.name());
      } else {
        structures(field.node(), value)
            .forEach(found -> drop(found.node(), found.structure(), inUse));
      }
    }
  }

  private static boolean isPassedOver(SchemaNode node, Field field, JsonObject structure) {
    for (String choice : CHOICES.getOrDefault(node.typeName(), List.of())) {
      if (choice.equals(field.name())) {
        return false;
      }
      if (isThere(structure.get(choice))) {
        return CHOICES.getOrDefault(node.typeName(), List.of()).contains(field.name());
      }
    }
    return false;
  }

  private boolean goesWithIt(SchemaNode node, JsonObject structure, Set<String> inUse) {
    for (Disabled disabled : byType.getOrDefault(node.typeName(), List.of())) {
      if (disabled.orAll()
          && !inUse.contains(disabled.feature())
          && structure.size() == 1
          && isThere(structure.get(disabled.name()))) {
        return true;
      }
    }
    return false;
  }

  /// A structure and its type.
  private record Typed(SchemaNode node, JsonObject structure) {}

  /// What stands in a field, or in its items.
  private static List<Typed> structures(SchemaNode node, @Nullable Json value) {
    List<Typed> found = new ArrayList<>(1);
    if (value instanceof JsonObject object && node.kind() == ValueKind.OBJECT) {
      found.add(new Typed(node, object));
    } else if (value instanceof JsonObject map && node.kind() == ValueKind.MAP) {
      map.forEach(entry -> found.addAll(structures(node.items(), entry.value())));
    } else if (value instanceof JsonArray list && node.kind() == ValueKind.LIST) {
      list.forEach(item -> found.addAll(structures(node.items(), item)));
    }
    return found;
  }

  private List<Field> ways(SchemaNode node) {
    return node.derived(
            Ways.class,
            () -> {
              List<Field> ways = new ArrayList<>();
              for (Field field : node.fields()) {
                if (TypeSearch.reaches(field.node(), byType::containsKey)) {
                  ways.add(field);
                }
              }
              return new Ways(List.copyOf(ways));
            })
        .fields();
  }
}
