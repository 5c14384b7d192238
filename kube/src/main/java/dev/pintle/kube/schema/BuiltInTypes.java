package dev.pintle.kube.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The types that come with the program, from the resource that the build made of client libraries
/// and our own tables.
///
/// Loading reads names and resources; nodes are read when first asked for, descriptions lie in a
/// file of their own that is read when documentation is.
public final class BuiltInTypes {
  private static final String TYPES_FILE = "types.bin";
  private static final String DESCRIPTIONS = "descriptions.bin";

  private final Map<String, Integer> definitions = new TreeMap<>();
  private final PackedNodes nodes;
  private final TypeSnapshot snapshot;

  private static final class Descriptions {
    static final PackedTexts TEXTS = new PackedTexts(PackedFile.resource(DESCRIPTIONS));
  }

  private static final class Fingerprint {
    static final String TEXT =
        Fingerprints.of(PackedFile.resource(TYPES_FILE), PackedFile.resource(DESCRIPTIONS));
  }

  private BuiltInTypes(PackedFile file) {
    PackedTexts texts = new PackedTexts(file.sections().get(0));
    PackedRecordReader names = new PackedRecordReader(file.sections().get(1), 0, texts);
    int count = names.number();
    for (int i = 0; i < count; i++) {
      definitions.put(names.text(), names.number());
    }
    nodes =
        new PackedNodes(
            file.sections().get(2),
            texts,
            number -> number == 0 ? "" : Descriptions.TEXTS.text(number));
    List<ApiGroup> groups = groups(new PackedRecordReader(file.sections().get(3), 0, texts));
    List<ResourceType> resources = new PackedResources(file.sections().get(4), texts, nodes).read();
    snapshot = new TypeSnapshot(0, groups, resources, List.of());
  }

  private static final class Loaded {
    static final BuiltInTypes TYPES = new BuiltInTypes(PackedFile.read(TYPES_FILE));
  }

  /// Reads them the first time; they never change.
  public static BuiltInTypes load() {
    return Loaded.TYPES;
  }

  /// The resources and groups served without any custom resource.
  public TypeSnapshot snapshot() {
    return snapshot;
  }

  /// Changes when any type, table or description does.
  public String fingerprint() {
    return Fingerprint.TEXT;
  }

  /// The names of all definitions, such as `io.k8s.api.core.v1.PodSpec`, in order.
  public Set<String> definitions() {
    return definitions.keySet();
  }

  /// The definition of this name.
  public SchemaNode definition(String name) {
    Integer number = definitions.get(name);
    if (number == null) {
      throw new IllegalArgumentException(
          "definition: %s (expected: one of definitions())".formatted(name));
    }
    return nodes.node(number);
  }

  private static List<ApiGroup> groups(PackedRecordReader record) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    int count = record.number();
    for (int i = 0; i < count; i++) {
      versions.computeIfAbsent(record.text(), _ -> new ArrayList<>()).add(record.text());
    }
    return versions.entrySet().stream().map(e -> new ApiGroup(e.getKey(), e.getValue())).toList();
  }
}
