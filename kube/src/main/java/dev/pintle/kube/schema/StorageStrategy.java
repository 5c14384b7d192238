package dev.pintle.kube.schema;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way in which objects of a resource are kept.
///
/// @param prefix of their keys, without a slash at the end, such as `/registry/services/specs`
/// @param hash `storageVersionHash` of discovery, empty when nothing is stored
/// @param createOnUpdate whether an update of a missing object creates it
/// @param statusOnCreate whether the status that came with a new object is kept
/// @param generation when `metadata.generation` grows
/// @param other the version that objects are stored in, where that is not the resource's own; else null
/// @param shapedOnRead whether stored objects may have what their schema drops, or lack what it fills in
/// @param webhook converts objects between versions; null where changing their `apiVersion` does
public record StorageStrategy(
    String prefix,
    String hash,
    boolean createOnUpdate,
    boolean statusOnCreate,
    GenerationRule generation,
    @Nullable StoredVersion other,
    Supplier<Boolean> shapedOnRead,
    @Nullable ConversionWebhook webhook) {

  /// A version in which objects are stored, and its schema.
  public record StoredVersion(GroupVersionKind kind, Supplier<SchemaNode> schema) {}

  /// Objects are stored in the resource's own version.
  public StorageStrategy(
      String prefix,
      String hash,
      boolean createOnUpdate,
      boolean statusOnCreate,
      GenerationRule generation) {
    this(prefix, hash, createOnUpdate, statusOnCreate, generation, null, () -> false, null);
  }
}
