package dev.pintle.kube.openapi;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Subresource;
import dev.pintle.kube.schema.Verb;
import java.util.function.BiConsumer;

/// The operations on the parts of a resource. A part whose kind is no definition is a connection (`exec`, `proxy`):
/// what it answers is text.
final class SubresourcePaths {
  private final ResourceType type;
  private final ReferencedDefinitions kinds;
  private final OperationText text;

  SubresourcePaths(ResourceType type, ReferencedDefinitions kinds, OperationText text) {
    this.type = type;
    this.kinds = kinds;
    this.text = text;
  }

  /// Gives each part's name and operations to `add`.
  void write(BiConsumer<String, JsonObject> add) {
    for (Subresource part : type.subresources()) {
      String object = part.name().equals("log") ? "" : kinds.part(type, part.kind());
      add.accept(part.name(), object.isEmpty() ? connections(part) : operations(part, object));
    }
  }

  private JsonObject operations(Subresource part, String object) {
    JsonObject at = new JsonObject();
    String words = part.name() + " of ";
    if (part.verbs().contains(Verb.GET)) {
      Operation read = operation(part, "get", "read", "read " + words + "the specified ");
      Operation asked = text.custom() ? read.taking(Parameter.READ) : read;
      at.set("get", text.write(asked.answering(object, 200)));
    }
    if (part.verbs().contains(Verb.UPDATE)) {
      Operation replace = operation(part, "put", "replace", "replace " + words + "the specified ");
      at.set(
          "put",
          text.write(replace.taking(Parameter.WRITE).sending(object).answering(object, 200, 201)));
    }
    if (part.verbs().contains(Verb.CREATE)) {
      Operation create = operation(part, "post", "create", "create " + words + "a ");
      at.set(
          "post",
          text.write(
              create.taking(Parameter.WRITE).sending(object).answering(object, 200, 201, 202)));
    }
    if (part.verbs().contains(Verb.PATCH)) {
      Operation patch =
          operation(part, "patch", "patch", "partially update " + words + "the specified ");
      Operation asked = patch.taking(Parameter.PATCH).sendingPatch(kinds.patch());
      at.set(
          "patch",
          text.write(
              text.custom() ? asked.answering(object, 200) : asked.answering(object, 200, 201)));
    }
    return at;
  }

  private JsonObject connections(Subresource part) {
    JsonObject at = new JsonObject();
    for (Verb verb : part.verbs().stream().sorted().toList()) {
      String method =
          switch (verb) {
            case CREATE -> "post";
            case UPDATE -> "put";
            case GET, PATCH, DELETE, DELETECOLLECTION, LIST, WATCH -> verb.text();
          };
      boolean log = part.name().equals("log");
      String action = log ? method : "connect";
      String id = log ? "read" : "connect";
      String words =
          "connect %s requests to %s of "
              .formatted(method.toUpperCase(java.util.Locale.ROOT), part.name());
      Operation operation = operation(part, action, id, words);
      at.set(method, text.write(log ? operation : renamed(operation, method)));
    }
    return at;
  }

  /// `connectCoreV1GetNamespacedPodExec`
  private Operation renamed(Operation operation, String method) {
    String group = PathNames.groupVersion(type.groupVersion());
    Operation.Title title = operation.title();
    String id = title.id().replaceFirst(group, group + PathNames.capital(method));
    return Operation.of(
        operation.action(), new Operation.Title(id, title.description(), title.kind()));
  }

  private Operation operation(Subresource part, String action, String verb, String words) {
    String id =
        verb
            + PathNames.groupVersion(type.groupVersion())
            + PathNames.kind(type)
            + PathNames.capital(part.name());
    GroupVersionKind kind = text.custom() ? type.groupVersionKind() : part.kind();
    return Operation.of(action, new Operation.Title(id, words + type.kind(), kind));
  }
}
