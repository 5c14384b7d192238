package dev.pintle.kube.encode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The kinds of whose objects the rows of a table hang together: flow schemas come in the order in which they are tried, and one of
/// the storage classes is marked as the one that is taken by default.
final class RowsTogether {
  private static final String FLOW_SCHEMAS = "flowschemas.flowcontrol.apiserver.k8s.io";
  private static final String STORAGE_CLASSES = "storageclasses.storage.k8s.io";
  private static final Set<String> DEFAULT_ANNOTATIONS =
      Set.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");
  private static final Comparator<StoredObject> BY_PRECEDENCE =
      Comparator.comparingLong((StoredObject schema) ->
              schema.tree().objectOrEmpty("spec").wholeOrZero("matchingPrecedence"))
          .thenComparing(StoredObject::name);
  private static final Comparator<StoredObject> NEWEST_FIRST =
      Comparator.comparing(RowsTogether::made).reversed().thenComparing(StoredObject::name);

  private RowsTogether() {}

  static boolean are(ResourceType type) {
    return Set.of(FLOW_SCHEMAS, STORAGE_CLASSES).contains(type.groupResource());
  }

  static List<StoredObject> inOrder(ResourceType type, List<StoredObject> items) {
    return type.groupResource().equals(FLOW_SCHEMAS)
        ? items.stream().sorted(BY_PRECEDENCE).toList()
        : items;
  }

  /// The name of the object that is marked, null when none is.
  static @Nullable String marked(ResourceType type, List<StoredObject> items) {
    return type.groupResource().equals(STORAGE_CLASSES)
        ? items.stream()
            .filter(RowsTogether::isDefault)
            .min(NEWEST_FIRST)
            .map(StoredObject::name)
            .orElse(null)
        : null;
  }

  static void mark(JsonObject row) {
    JsonArray cells = row.array("cells");
    if (cells != null && cells.at(0) instanceof Json.Text(var name)) {
      cells.set(0, Json.of(name + " (default)"));
    }
  }

  private static boolean isDefault(StoredObject storageClass) {
    JsonObject annotations =
        storageClass.tree().objectOrEmpty("metadata").objectOrEmpty("annotations");
    return DEFAULT_ANNOTATIONS.stream().anyMatch(key -> "true".equals(annotations.text(key)));
  }

  private static String made(StoredObject object) {
    return object.tree().objectOrEmpty("metadata").textOrEmpty("creationTimestamp");
  }
}
