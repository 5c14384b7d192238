package dev.pintle.kube.verb;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// The strategy of each kind: its defaults, what clients may not set or change, and its validation.
public interface RestStrategy {
  /// Fills in what was left out; before every other rule.
  void fillIn(ResourceType type, JsonObject object);

  /// Takes away what clients may not bring, and sets what follows from the rest.
  void prepareCreate(ResourceType type, JsonObject object, Consumer<String> warnings);

  /// @param subresource empty for the object itself
  void prepareUpdate(ResourceType type, String subresource, JsonObject object, JsonObject old);

  /// Whether objects wait for an end of their own when they are asked to go, and are marked by [#markDeleted].
  boolean endsByItself(ResourceType type);

  /// Marks an object as going; on the first request to delete it.
  void markDeleted(ResourceType type, JsonObject object, Instant now);

  /// What is wrong with a new object, by field; none when it is right.
  List<Cause> validateCreate(ResourceType type, JsonObject object, Consumer<String> warnings);

  List<Cause> validateUpdate(
      ResourceType type,
      String subresource,
      JsonObject object,
      JsonObject old,
      Consumer<String> warnings);

  /// Whether an update must name the version it is based on.
  boolean requiresVersion(ResourceType type);
}
