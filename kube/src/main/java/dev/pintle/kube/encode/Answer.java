package dev.pintle.kube.encode;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.store.StoredObject;
import java.util.function.Consumer;

/// The answer to a request, before it has a form.
public sealed interface Answer {
  /// One object, as it is stored.
  record OneObject(int code, ResourceType type, StoredObject object) implements Answer {}

  /// An object that is not stored like this, transformed like a stored one.
  record Transformed(int code, ResourceType type, JsonObject object) implements Answer {}

  /// A tree that is shown as it is.
  record Tree(int code, JsonObject tree) implements Answer {}

  /// A Status that tells how it went, instead of an object.
  record Outcome(Status status) implements Answer {}

  /// Objects and the metadata of their list.
  ///
  /// @param many whether it takes so long to write that others are to have their turns
  record Collection(ResourceType type, ListItems items, ListMeta meta, boolean many)
      implements Answer {}

  /// A stream, told bit by bit for as long as somebody listens.
  record Stream(Consumer<Reply> start) implements Answer {}
}
