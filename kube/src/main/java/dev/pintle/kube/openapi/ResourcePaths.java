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
  private final JsonObject paths;
  private final String group;

  ResourcePaths(
      ResourceType type, ReferencedDefinitions kinds, OperationText text, JsonObject paths) {
    this.type = type;
    this.kinds = kinds;
    this.text = text;
    this.paths = paths;
    this.group = PathNames.groupVersion(type.groupVersion());
  }

  void write() {
    String root = PathNames.root(type.groupVersion());
    String collection =
        root + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
    if (type.namespaced() && type.allows(Verb.LIST)) {
      JsonObject all =
          new JsonObject().set("get", text.write(list(type.kind() + "ForAllNamespaces")));
      add(root + "/" + type.plural(), all, List.of(Parameter.PRETTY));
    }
    add(collection, collection(), places(false));
    add(collection + "/{name}", item(), places(true));
    new SubresourcePaths(type, kinds, text)
        .write((name, operations) -> add(collection + "/{name}/" + name, operations, places(true)));
  }

  private void add(String path, JsonObject operations, List<Parameter> places) {
    if (!operations.isEmpty()) {
      paths.set(path, SharedParameters.lift(operations, places, text.dialect()));
    }
  }

  private List<Parameter> places(boolean named) {
    List<Parameter> places = new ArrayList<>();
    if (named) {
      places.add(Parameter.NAME);
    }
    if (type.namespaced()) {
      places.add(Parameter.NAMESPACE);
    }
    places.add(Parameter.PRETTY);
    return places;
  }

  private Operation list(String name) {
    boolean watchable = !text.custom() && type.allows(Verb.WATCH);
    if (watchable) {
      kinds.watchEvent();
    }
    String words = watchable ? "list or watch objects of kind " : "list objects of kind ";
    return operation("list", "list" + group + name, words)
        .taking(Parameter.LIST)
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
      Operation create = operation("post", "create" + group + name, "create " + article());
      at.set(
          "post",
          text.write(
              create.taking(Parameter.WRITE).sending(object).answering(object, 200, 201, 202)));
    }
    if (type.allows(Verb.DELETECOLLECTION)) {
      Operation delete =
          operation(
              "deletecollection", "delete" + group + "Collection" + name, "delete collection of ");
      Operation asked =
          text.custom()
              ? delete.taking(Parameter.LIST)
              : delete.taking(Parameter.DELETE_COLLECTION).sendingPerhaps(kinds.deleteOptions());
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
      Operation read = operation("get", "read" + name, "read the specified ");
      Operation asked = text.custom() ? read.taking(Parameter.READ) : read;
      at.set("get", text.write(asked.answering(kinds.object(type), 200)));
    }
    if (type.allows(Verb.UPDATE)) {
      String object = kinds.object(type);
      Operation replace = operation("put", "replace" + name, "replace the specified ");
      at.set(
          "put",
          text.write(replace.taking(Parameter.WRITE).sending(object).answering(object, 200, 201)));
    }
    if (type.allows(Verb.DELETE)) {
      Operation delete = operation("delete", "delete" + name, "delete " + article());
      at.set(
          "delete",
          text.write(
              delete
                  .taking(Parameter.DELETE)
                  .sendingPerhaps(kinds.deleteOptions())
                  .answering(kinds.status(), 200, 202)));
    }
    if (type.allows(Verb.PATCH)) {
      at.set("patch", text.write(patch(name)));
    }
    return at;
  }

  private Operation patch(String name) {
    Operation patch =
        operation("patch", "patch" + name, "partially update the specified ")
            .taking(Parameter.PATCH)
            .sendingPatch(kinds.patch());
    String object = kinds.object(type);
    return text.custom() ? patch.answering(object, 200) : patch.answering(object, 200, 201);
  }

  /// @param words what it does, before the kind it does it to
  private Operation operation(String action, String id, String words) {
    return Operation.of(
        action, new Operation.Title(id, words + type.kind(), type.groupVersionKind()));
  }
}
