package dev.pintle.kube.verb;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kube.encode.ListJson;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.Verb;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The reader of objects as they were at an earlier revision, for whoever has the server within their program. Types are those that are
/// served now. Every method throws a [dev.pintle.kube.status.StatusError]: 400 or 404 for a path that names nothing that can be read, 410
/// for a revision that was compacted.
public final class PastObjects {
  private final TypeRegistry types;
  private final Supplier<ObjectView> views;

  public PastObjects(TypeRegistry types, Supplier<ObjectView> views) {
    this.types = types;
    this.views = views;
  }

  /// An object in JSON, in the version that the path names; empty when there was none.
  public Optional<String> object(String path, long revision) {
    RequestInfo target = RequestInfo.parse("GET", path, Query.EMPTY);
    ResourceType type = type(target, Verb.GET);
    if (target.name().isEmpty() || !isInPlace(type, target)) {
      throw StatusErrors.badRequest("names no object");
    }
    ObjectView view = views.get();
    String namespace = type.namespaced() ? target.namespace() : "";
    RangeResult found =
        view.range(
            RangeRequest.of(KeyRange.point(Keys.object(type, namespace, target.name())))
                .at(revision));
    return found.entries().stream().findFirst().map(entry -> json(view.read(type, entry)));
  }

  /// A collection in JSON, as a list of the real server is.
  ///
  /// @param target may have a query with selectors
  public String list(String target, long revision) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    Query query = question < 0 ? Query.EMPTY : Query.parse(target.substring(question + 1));
    RequestInfo info = RequestInfo.parse("GET", path, query);
    ResourceType type = type(info, Verb.LIST);
    if (!info.verb().equals("list") || (!type.namespaced() && !info.namespace().isEmpty())) {
      throw StatusErrors.badRequest("names no collection");
    }
    ListOptions options = exactly(ListOptions.parse(query, false), revision);
    SelectionPredicate selection = SelectionPredicate.of(type, options, "");
    ListObjects.Page page =
        ListObjects.read(type, info.namespace(), options, selection, views.get(), null);
    return json(type, page);
  }

  /// A namespace is in itself.
  private static boolean isInPlace(ResourceType type, RequestInfo target) {
    String namespace = target.namespace();
    return type.namespaced()
        ? !namespace.isEmpty()
        : namespace.isEmpty() || namespace.equals(target.name());
  }

  private ResourceType type(RequestInfo target, Verb verb) {
    GroupVersion version = target.groupVersion();
    ResourceType type =
        version == null ? null : types.current().resource(version, target.resource());
    if (type == null || !type.allows(verb)) {
      throw StatusErrors.nothingHere();
    }
    if (!target.subresource().isEmpty()) {
      throw StatusErrors.badRequest(
          "names a part of an object (expected: an object, or a collection)");
    }
    return type;
  }

  private static ListOptions exactly(ListOptions asked, long revision) {
    if (!asked.equals(
        new ListOptions(asked.labels(), asked.fields(), "", "", 0, "", false, false, 0))) {
      throw StatusErrors.badRequest("a list of the past has a labelSelector and a fieldSelector");
    }
    return new ListOptions(
        asked.labels(), asked.fields(), Long.toString(revision), "Exact", 0, "", false, false, 0);
  }

  private static String json(StoredObject object) {
    JsonWriter out = new JsonWriter(object.storedBytes().length + 64);
    object.writeTo(out);
    return text(out);
  }

  private static String json(ResourceType type, ListObjects.Page page) {
    JsonWriter out = new JsonWriter(4096);
    ListJson.begin(out, type, page.meta());
    String between = "";
    for (List<StoredObject> some = page.items().next();
        !some.isEmpty();
        some = page.items().next()) {
      for (StoredObject item : some) {
        out.raw(between);
        ListJson.item(out, type, item);
        between = ",";
      }
    }
    ListJson.end(out);
    return text(out);
  }

  private static String text(JsonWriter out) {
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }
}
