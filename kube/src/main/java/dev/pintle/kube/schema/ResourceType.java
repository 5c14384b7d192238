package dev.pintle.kube.schema;

import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One resource of one version of a group: what it is called, what may be done with it, and what
/// its objects look like.
public final class ResourceType {
  private final GroupVersion groupVersion;
  private final ResourceNames names;
  private final boolean namespaced;
  private final Serving serving;
  private final Supplier<SchemaNode> schema;
  private final GroupVersionKind kind;
  private final @Nullable Written written;
  private volatile @Nullable Boolean hasExpressions;
  private volatile @Nullable DerivedValue derived;

  /// The ways in which a resource is served.
  ///
  /// @param columns of the Table form, after which nothing else is shown
  /// @param fieldLabels the names that field selectors may use
  public record Serving(
      Set<Verb> verbs,
      List<Subresource> subresources,
      StorageStrategy storing,
      List<Column> columns,
      List<FieldLabel> fieldLabels,
      @Nullable ScalePaths scale,
      String warning) {
    public Serving {
      verbs = Set.copyOf(verbs);
      subresources = List.copyOf(subresources);
      columns = List.copyOf(columns);
      fieldLabels = List.copyOf(fieldLabels);
    }

    /// Nobody is warned of it.
    public Serving(
        Set<Verb> verbs,
        List<Subresource> subresources,
        StorageStrategy storing,
        List<Column> columns,
        List<FieldLabel> fieldLabels,
        @Nullable ScalePaths scale) {
      this(verbs, subresources, storing, columns, fieldLabels, scale, "");
    }
  }

  /// The schema as a definition has it.
  ///
  /// @param fingerprint stands for all that the definition says of the resource
  public record Written(Supplier<JsonObject> schema, Supplier<String> fingerprint) {}

  public ResourceType(
      GroupVersion groupVersion,
      ResourceNames names,
      boolean namespaced,
      Serving serving,
      Supplier<SchemaNode> schema) {
    this(groupVersion, names, namespaced, serving, schema, null);
  }

  private ResourceType(
      GroupVersion groupVersion,
      ResourceNames names,
      boolean namespaced,
      Serving serving,
      Supplier<SchemaNode> schema,
      @Nullable Written written) {
    this.groupVersion = groupVersion;
    this.names = names;
    this.kind = groupVersion.kind(names.kind());
    this.namespaced = namespaced;
    this.serving = serving;
    this.schema = schema;
    this.written = written;
  }

  /// A resource that a definition serves; its schema is read when it is asked for.
  ///
  /// @param schema remembers what it made
  public static ResourceType custom(
      GroupVersion groupVersion,
      ResourceNames names,
      boolean namespaced,
      Serving serving,
      Supplier<SchemaNode> schema,
      Written written) {
    return new ResourceType(groupVersion, names, namespaced, serving, schema, written);
  }

  /// The same resource in another version of its group, of the same structure.
  ///
  /// @param told to whoever uses it
  ResourceType in(GroupVersion version, String told) {
    Serving as =
        new Serving(
            serving.verbs(),
            serving.subresources(),
            serving.storing(),
            serving.columns(),
            serving.fieldLabels(),
            serving.scale(),
            told);
    return new ResourceType(version, names, namespaced, as, schema);
  }

  /// A resource that a definition serves, and not the program itself: its schema has no type of Go's.
  public boolean isCustom() {
    return written != null || schema().typeName().isEmpty();
  }

  /// The schema as a definition has it; null for a resource that no definition brought.
  public @Nullable JsonObject writtenSchema() {
    return written == null ? null : written.schema().get();
  }

  /// What stands for all that a definition says of the resource; empty where none brought it.
  public String fingerprint() {
    return written == null ? "" : written.fingerprint().get();
  }

  /// Whether upstream stores objects as JSON, which keeps lists without items, and not as protobuf, which does not.
  public boolean isStoredAsJson() {
    return isCustom() || group().equals("apiextensions.k8s.io");
  }

  /// Whether objects are held to expressions (`x-kubernetes-validations`), which can take long over little.
  public boolean hasExpressions() {
    Boolean known = hasExpressions;
    if (known == null) {
      known = hasExpressions(schema());
      hasExpressions = known;
    }
    return known;
  }

  private static boolean hasExpressions(SchemaNode node) {
    if (!node.rules().extensions().validations().isEmpty()) {
      return true;
    }
    // Built-in types, metadata among them, have none.
    for (Field field : node.fields()) {
      if (field.node().typeName().isEmpty() && hasExpressions(field.node())) {
        return true;
      }
    }
    return node.hasItems() && node.items().typeName().isEmpty() && hasExpressions(node.items());
  }

  public GroupVersion groupVersion() {
    return groupVersion;
  }

  public String group() {
    return groupVersion.group();
  }

  public String version() {
    return groupVersion.version();
  }

  public ResourceNames names() {
    return names;
  }

  public String plural() {
    return names.plural();
  }

  public String kind() {
    return names.kind();
  }

  public String listKind() {
    return names.listKind();
  }

  public GroupVersionKind groupVersionKind() {
    return kind;
  }

  /// `pods` or `deployments.apps`, as messages name it.
  public String groupResource() {
    return group().isEmpty() ? plural() : plural() + "." + group();
  }

  public boolean namespaced() {
    return namespaced;
  }

  public Set<Verb> verbs() {
    return serving.verbs();
  }

  public boolean allows(Verb verb) {
    return serving.verbs().contains(verb);
  }

  public List<Subresource> subresources() {
    return serving.subresources();
  }

  public @Nullable Subresource subresource(String name) {
    for (Subresource subresource : serving.subresources()) {
      if (subresource.name().equals(name)) {
        return subresource;
      }
    }
    return null;
  }

  public boolean hasStatus() {
    return subresource("status") != null;
  }

  public StorageStrategy storing() {
    return serving.storing();
  }

  public List<Column> columns() {
    return serving.columns();
  }

  public List<FieldLabel> fieldLabels() {
    return serving.fieldLabels();
  }

  public @Nullable FieldLabel fieldLabel(String name) {
    for (FieldLabel label : serving.fieldLabels()) {
      if (label.name().equals(name)) {
        return label;
      }
    }
    return null;
  }

  /// What whoever uses it is told, such as that it will go; empty for nothing.
  public String warning() {
    return serving.warning();
  }

  public @Nullable ScalePaths scale() {
    return serving.scale();
  }

  /// What a user who works something out of a resource keeps beside it, as long as it is served: one value of each type, made when first
  /// asked for, by more than one thread if need be.
  public <T> T derived(Class<T> type, Supplier<T> make) {
    T known = DerivedValue.find(derived, type);
    if (known != null) {
      return known;
    }
    T made = make.get();
    // Of two threads that add at once one is forgotten, and makes its value again.
    derived = new DerivedValue(type, made, derived);
    return made;
  }

  /// The root of the graph of its objects.
  public SchemaNode schema() {
    return schema.get();
  }

  @Override
  public String toString() {
    return groupResource() + "/" + version();
  }
}
