package dev.pintle.kube.schema;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reader of the resources of a packed file.
final class PackedResources {
  private static final Verb[] VERBS = Verb.values();

  private final ByteBuffer section;
  private final PackedTexts texts;
  private final PackedNodes nodes;

  PackedResources(ByteBuffer section, PackedTexts texts, PackedNodes nodes) {
    this.section = section;
    this.texts = texts;
    this.nodes = nodes;
  }

  List<ResourceType> read() {
    int count = section.getInt(0);
    List<ResourceType> resources = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      resources.add(resource(PackedRecordReader.of(section, i, texts)));
    }
    return resources;
  }

  private ResourceType resource(PackedRecordReader record) {
    GroupVersion groupVersion = new GroupVersion(record.text(), record.text());
    String plural = record.text();
    String singular = record.text();
    String kind = record.text();
    String listKind = record.text();
    ResourceNames names =
        new ResourceNames(plural, singular, kind, listKind, record.texts(), record.texts());
    boolean namespaced = record.flag();
    Set<Verb> verbs = verbs(record.number());
    int root = record.number();
    List<Subresource> subresources = subresources(record);
    StorageStrategy storing = storing(record);
    ScalePaths scale = scale(record.texts());
    ResourceType.Serving serving =
        new ResourceType.Serving(
            verbs, subresources, storing, columns(record), labels(record), scale);
    return new ResourceType(groupVersion, names, namespaced, serving, () -> nodes.node(root));
  }

  private static List<Subresource> subresources(PackedRecordReader record) {
    int count = record.number();
    List<Subresource> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = record.text();
      GroupVersion groupVersion = new GroupVersion(record.text(), record.text());
      read.add(new Subresource(name, groupVersion.kind(record.text()), verbs(record.number())));
    }
    return read;
  }

  private static StorageStrategy storing(PackedRecordReader record) {
    String prefix = record.text();
    String hash = record.text();
    boolean createOnUpdate = record.flag();
    boolean statusOnCreate = record.flag();
    return new StorageStrategy(
        prefix,
        hash,
        createOnUpdate,
        statusOnCreate,
        record.flag() ? GenerationRule.SPEC : GenerationRule.NONE);
  }

  private static @Nullable ScalePaths scale(List<String> paths) {
    return paths.isEmpty() ? null : new ScalePaths(paths.get(0), paths.get(1), paths.get(2));
  }

  private static List<Column> columns(PackedRecordReader record) {
    int count = record.number();
    List<Column> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = record.text();
      String type = record.text();
      String format = record.text();
      int priority = Integer.parseInt(record.text());
      String expression = record.text();
      read.add(new Column(name, type, format, record.text(), priority, expression));
    }
    return read;
  }

  private static List<FieldLabel> labels(PackedRecordReader record) {
    int count = record.number();
    List<FieldLabel> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      read.add(new FieldLabel(record.text(), record.text(), record.text()));
    }
    return read;
  }

  private static Set<Verb> verbs(int bits) {
    Set<Verb> verbs = EnumSet.noneOf(Verb.class);
    for (int bit = 0; bit < VERBS.length; bit++) {
      if ((bits & (1 << bit)) != 0) {
        verbs.add(VERBS[bit]);
      }
    }
    return verbs;
  }
}
