package dev.pintle.kube.schema;

import dev.pintle.kube.object.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One field of an object: its name, what its value is, and the facts that belong to the place
/// rather than to the value.
public final class Field {
  private final String name;
  private final Supplier<SchemaNode> node;
  private final FieldFacts facts;

  public Field(String name, Supplier<SchemaNode> node, FieldFacts facts) {
    this.name = name;
    this.node = node;
    this.facts = facts;
  }

  /// A field of which nothing but its shape is known.
  public static Field of(String name, SchemaNode node) {
    return new Field(name, () -> node, FieldFacts.PLAIN);
  }

  /// The same field with another value.
  Field holding(Supplier<SchemaNode> other) {
    return new Field(name, other, facts);
  }

  /// The name in JSON, interned.
  public String name() {
    return name;
  }

  public SchemaNode node() {
    return node.get();
  }

  public OmitPolicy omitPolicy() {
    return facts.omitPolicy();
  }

  /// Whether OpenAPI lists it as required.
  public boolean required() {
    return facts.required();
  }

  public Set<PatchStrategy> patchStrategies() {
    return facts.patch().strategies();
  }

  /// The field that identifies an item when this list is merged by a strategic patch, or null.
  public @Nullable String patchMergeKey() {
    return facts.patch().mergeKey();
  }

  /// The field numbers that lead to it in protobuf: one, or more where Go embeds a structure; empty
  /// when it has none.
  public List<Integer> protoPath() {
    return facts.protoPath();
  }

  /// The default that OpenAPI publishes and servers apply, or null.
  public @Nullable Json defaultValue() {
    return facts.defaultValue();
  }

  /// What the field is for, in words; empty when nothing is said. Read on demand.
  public String description() {
    return facts.description().get();
  }
}
