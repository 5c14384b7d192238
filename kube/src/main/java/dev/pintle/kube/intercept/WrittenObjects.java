package dev.pintle.kube.intercept;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reader of what a write has made of its object, from the history of the store: what the write itself did, and nobody else.
final class WrittenObjects {
  /// By which an object goes whose answer does not say at which revision.
  private static final Set<String> ENDS = Set.of("eviction", "binding");

  private final TypeRegistry types;
  private final Supplier<ObjectView> views;

  /// The object before and after.
  record States(@Nullable Bytes before, @Nullable Bytes after) {
    static final States NONE = new States(null, null);

    long bytes() {
      return (before == null ? 0L : before.size()) + (after == null ? 0L : after.size());
    }
  }

  /// The answer to a write, as far as it tells what was written.
  ///
  /// @param revision 0 when it does not say
  record Answered(String name, long revision) {
    static Answered of(byte[] json) {
      try {
        JsonObject metadata =
            JsonReader.read(json) instanceof JsonObject object
                ? object.objectOrEmpty("metadata")
                : new JsonObject();
        return new Answered(
            metadata.textOrEmpty("name"), number(metadata.textOrEmpty("resourceVersion")));
      } catch (JsonSyntaxException _) {
        return new Answered("", 0);
      }
    }

    private static long number(String text) {
      try {
        return text.isEmpty() ? 0 : Long.parseLong(text);
      } catch (NumberFormatException _) {
        return 0;
      }
    }
  }

  WrittenObjects(TypeRegistry types, Supplier<ObjectView> views) {
    this.types = types;
    this.views = views;
  }

  long revision() {
    return views.get().revision();
  }

  /// @param since the revision when the request began to be worked on
  States written(RequestInfo target, Answered answered, long since) {
    GroupVersion version = target.groupVersion();
    ResourceType type =
        version == null ? null : types.current().resource(version, target.resource());
    String name = target.name().isEmpty() ? answered.name() : target.name();
    if (type == null || name.isEmpty()) {
      return States.NONE;
    }
    String namespace = type.namespaced() ? target.namespace() : "";
    Bytes key = Keys.object(type, namespace, name);
    long revision = answered.revision();
    try {
      if (revision > since) {
        return new States(at(type, key, revision - 1), at(type, key, revision));
      }
      if (target.verb().equals("delete") || ENDS.contains(target.subresource())) {
        return new States(at(type, key, since), at(type, key, 0));
      }
      Bytes same = revision > 0 ? at(type, key, since) : null;
      return new States(same, same);
    } catch (StatusError unreadable) {
      return States.NONE;
    }
  }

  /// @param revision 0 for now
  private @Nullable Bytes at(ResourceType type, Bytes key, long revision) {
    if (revision < 0) {
      return null;
    }
    ObjectView view = views.get();
    RangeRequest point = RangeRequest.of(KeyRange.point(key));
    List<KeyValue> found = view.range(revision == 0 ? point : point.at(revision)).entries();
    return found.isEmpty() ? null : shown(type, view, found.getFirst());
  }

  /// As its path shows it; where a webhook would have to be asked, as it is stored.
  private static Bytes shown(ResourceType type, ObjectView view, KeyValue kv) {
    JsonWriter out = new JsonWriter(kv.value().size() + 64);
    (type.storing().webhook() == null ? view.read(type, kv) : view.readMetadata(type, kv))
        .writeTo(out);
    return Bytes.wrap(out.toBytes());
  }
}
