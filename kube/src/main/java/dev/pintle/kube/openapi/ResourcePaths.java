package dev.pintle.kube.openapi;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Verb;
import java.util.ArrayList;
import java.util.List;

/// The paths of one resource and what may be done at each.
final class ResourcePaths {
  private final ResourceType type;
  private final ReferencedDefinitions kinds;
  private final OperationText text;
  private final OptionParameters options;
  private final JsonObject paths;
  private final String group;

  ResourcePaths(
      ResourceType type, ReferencedDefinitions kinds, OperationText text, JsonObject paths) {
    this.type = type;
    this.kinds = kinds;
    this.text = text;
    this.options = kinds.options();
    this.paths = paths;
    this.group = PathNames.groupVersion(type.groupVersion());
  }

  void write() {
    String root = PathNames.root(type.groupVersion());
    String place = (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
    String collection = root + place;
    if (type.namespaced() && type.allows(Verb.LIST)) {
      JsonObject all =
          new JsonObject().set("get", text.write(list(type.kind() + "ForAllNamespaces")));
      add(root + "/" + type.plural(), all, List.of(Parameter.PRETTY));
    }
    add(collection, collection(), places(""));
    add(collection + "/{name}", item(), places(type.kind()));
    new SubresourcePaths(type, kinds, text)
        .write((name, operations, own) -> {
          List<Parameter> all = new ArrayList<>(places(own.kind()));
          all.addAll(own.more());
          if (own.connects()) {
            all.remove(Parameter.PRETTY);
          }
          add(collection + "/{name}/" + name, operations, all);
        });
    if (isWatchable()) {
      watches(root + "/watch", place);
    }
  }

  private boolean isWatchable() {
    return !text.custom() && type.allows(Verb.WATCH);
  }

  /// The paths of watches, which the parameter of lists has replaced.
  private void watches(String root, String place) {
    String name = "watch" + group + PathNames.kind(type);
    if (type.namespaced()) {
      String all = "watch" + group + type.kind() + "ListForAllNamespaces";
      watch(root + "/" + type.plural(), watchOfList(all), List.of(Parameter.PRETTY));
    }
    watch(root + place, watchOfList(name + "List"), places(""));
    if (type.allows(Verb.GET)) {
      watch(
          root + place + "/{name}",
          operation(
              "watch",
              name,
              "watch changes to an object of kind %s. deprecated: use the 'watch' parameter with a list operation instead,"
                  + " filtered to a single item with the 'fieldSelector' parameter."),
          places(type.kind()));
    }
  }

  private Operation watchOfList(String id) {
    return operation(
        "watchlist",
        id,
        "watch individual changes to a list of %s. deprecated: use the 'watch' parameter with a list operation instead.");
  }

  private void watch(String path, Operation operation, List<Parameter> places) {
    Operation asked = operation.taking(options.list()).answering(kinds.watchEvent(), 200);
    add(path, new JsonObject().set("get", text.write(asked)), places);
  }

  private void add(String path, JsonObject operations, List<Parameter> places) {
    if (!operations.isEmpty()) {
      paths.set(path, SharedParameters.lift(operations, places, text.dialect()));
    }
  }

  /// @param named the kind whose name stands in the path, empty where none does
  private List<Parameter> places(String named) {
    List<Parameter> places = new ArrayList<>();
    if (!named.isEmpty()) {
      places.add(Parameter.nameOf(named));
    }
    if (type.namespaced()) {
      places.add(Parameter.NAMESPACE);
    }
    places.add(Parameter.PRETTY);
    return places;
  }

  private Operation list(String name) {
    if (isWatchable()) {
      kinds.watchEvent();
    }
    String words = isWatchable() ? "list or watch objects of kind %s" : "list objects of kind %s";
    return operation("list", "list" + group + name, words)
        .taking(options.list())
        .answering(kinds.list(type), 200);
  }

  private JsonObject collection() {
    JsonObject at = new JsonObject();
    String name = PathNames.kind(type);
    if (type.allows(Verb.LIST)) {
      at.set("get", text.write(list(name)));
    }
    if (type.allows(Verb.CREATE)) {
      String object = kinds.object(type);
      Operation create = operation("post", "create" + group + name, "create " + article() + "%s");
      at.set(
          "post",
          text.write(
              create.taking(options.create()).sending(object).answering(object, 200, 201, 202)));
    }
    if (type.allows(Verb.DELETECOLLECTION)) {
      Operation delete =
          operation(
              "deletecollection",
              "delete" + group + "Collection" + name,
              "delete collection of %s");
      Operation asked =
          text.custom()
              ? delete.taking(options.list())
              : delete.taking(options.deleteCollection()).sendingPerhaps(kinds.deleteOptions());
      at.set("delete", text.write(asked.answering(kinds.status(), 200)));
    }
    return at;
  }

  /// Before the name of one object; none before what ends like a plural.
  private String article() {
    String kind = type.kind();
    if (kind.endsWith("s") && !kind.endsWith("ss")) {
      return "";
    }
    return !kind.isEmpty() && "AEIOUaeiou".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ";
  }

  private JsonObject item() {
    JsonObject at = new JsonObject();
    String name = group + PathNames.kind(type);
    if (type.allows(Verb.GET)) {
      Operation read = operation("get", "read" + name, "read the specified %s");
      Operation asked = text.custom() ? read.taking(options.read()) : read;
      at.set("get", text.write(asked.answering(kinds.object(type), 200)));
    }
    if (type.allows(Verb.UPDATE)) {
      String object = kinds.object(type);
      Operation replace = operation("put", "replace" + name, "replace the specified %s");
      at.set(
          "put",
          text.write(replace.taking(options.update()).sending(object).answering(object, 200, 201)));
    }
    if (type.allows(Verb.DELETE)) {
      Operation delete = operation("delete", "delete" + name, "delete " + article() + "%s");
      at.set(
          "delete",
          text.write(
              delete
                  .taking(options.delete())
                  .sendingPerhaps(kinds.deleteOptions())
                  .answering(kinds.deleted(type), 200, 202)));
    }
    if (type.allows(Verb.PATCH)) {
      at.set("patch", text.write(patch(name)));
    }
    return at;
  }

  private Operation patch(String name) {
    Operation patch =
        operation("patch", "patch" + name, "partially update the specified %s")
            .taking(options.patch())
            .sendingPatch(kinds.patch());
    String object = kinds.object(type);
    return text.custom() ? patch.answering(object, 200) : patch.answering(object, 200, 201);
  }

  /// @param words what it does, with a place for the kind it does it to
  private Operation operation(String action, String id, String words) {
    return Operation.of(
        action, new Operation.Title(id, words.formatted(type.kind()), type.groupVersionKind()));
  }
}
