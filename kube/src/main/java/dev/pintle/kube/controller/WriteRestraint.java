package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.workqueue.Contention;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The restraint of all writes of one [LocalClient]. An object is undone when it is at another version than it was left at; one whose
/// name is generated when exactly the same is made again. What bears the same name in another life of its namespace is another object.
final class WriteRestraint {
  private static final Bytes NAMESPACES = Bytes.utf8("/registry/namespaces/");
  private static final long PRIME = 0x100000001b3L;

  private final VerbContext context;
  private final Contention<Long> contention;

  /// Nobody knows which objects have the same numbers.
  private final long seed;

  WriteRestraint(VerbContext context, LongSupplier monotonic) {
    this.context = context;
    this.contention = new Contention<>(monotonic);
    this.seed = context.random().nextLong();
  }

  /// @throws dev.pintle.kube.workqueue.Restrained when an object must not be written yet
  void require(Target target) {
    Bytes key = Keys.object(target.type(), target.namespace(), target.name());
    contention.require(number(target, key, Bytes.EMPTY), () -> version(key));
  }

  /// Writes, if that may be.
  ///
  /// @param target without a name for an object that is made
  /// @param sent the object, or what is said of it
  /// @throws dev.pintle.kube.workqueue.Restrained when it is too soon
  void run(Target target, JsonObject sent, Bytes body, Supplier<Answer> write) {
    String name =
        target.name().isEmpty()
            ? sent.objectOrEmpty("metadata").textOrEmpty("name")
            : target.name();
    if (name.isEmpty()) {
      Bytes collection = Keys.collection(target.type(), target.namespace());
      // That it is made again is the sign that it is gone.
      Long number = number(target, collection, body);
      long found = contention.require(number, () -> 1);
      var _ = write.get();
      contention.wrote(number, found, 0);
    } else {
      Bytes key = Keys.object(target.type(), target.namespace(), name);
      Long number = number(target, key, Bytes.EMPTY);
      long found = contention.require(number, () -> version(key));
      contention.wrote(number, found, version(write.get()));
    }
  }

  /// The version of what was written, 0 for what is gone. Not asked of the store, where others may have written since.
  private static long version(Answer answer) {
    return switch (answer) {
      case Answer.OneObject(_, _, var object) -> object.version();
      case Answer.Transformed(_, _, var object) -> version(object);
      case Answer.Tree(_, var object) -> version(object);
      case Answer.Outcome _, Answer.Collection _, Answer.Stream _ -> 0;
    };
  }

  private static long version(JsonObject object) {
    String version = object.objectOrEmpty("metadata").textOrEmpty("resourceVersion");
    return version.isEmpty() ? 0 : Long.parseLong(version);
  }

  private long version(Bytes key) {
    List<KeyValue> found = entries(key);
    return found.isEmpty() ? 0 : found.getFirst().modRevision();
  }

  private List<KeyValue> entries(Bytes key) {
    return context
        .view()
        .range(RangeRequest.of(KeyRange.point(key)).withContent(RangeRequest.Content.KEYS_ONLY))
        .entries();
  }

  private Long number(Target target, Bytes key, Bytes body) {
    long life =
        target.namespace().isEmpty()
            ? 0
            : context.view().createRevision(Bytes.utf8(NAMESPACES.utf8() + target.namespace()));
    return mixed(mixed(mixed(seed, key), body) ^ life, Bytes.EMPTY);
  }

  private static long mixed(long start, Bytes bytes) {
    long number = start;
    for (int i = 0; i < bytes.size(); i++) {
      number = (number ^ bytes.at(i)) * PRIME;
    }
    return (number ^ bytes.size()) * PRIME;
  }
}
