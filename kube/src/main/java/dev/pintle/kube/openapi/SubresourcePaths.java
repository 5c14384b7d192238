package dev.pintle.kube.openapi;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Subresource;
import dev.pintle.kube.schema.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The operations on the parts of a resource. A part whose kind are the options of a connection (`exec`, `proxy`) answers
/// text.
final class SubresourcePaths {
  private static final String PROXY = "proxy";
  private static final String LOG = "log";

  private final ResourceType type;
  private final ReferencedDefinitions kinds;
  private final OperationText text;
  private final OptionParameters options;

  /// The parameters of a part's path.
  ///
  /// @param kind whose name stands in the path
  /// @param more beside those of every part
  /// @param connects whether what comes back is nothing that could be printed prettily
  record Places(String kind, List<Parameter> more, boolean connects) {}

  /// The taker of a part: what follows the object's address, its operations and its parameters.
  interface Taker {
    void take(String name, JsonObject operations, Places places);
  }

  SubresourcePaths(ResourceType type, ReferencedDefinitions kinds, OperationText text) {
    this.type = type;
    this.kinds = kinds;
    this.text = text;
    this.options = kinds.options();
  }

  void write(Taker taker) {
    for (Subresource part : type.subresources()) {
      String kind = text.custom() ? type.kind() : part.kind().kind();
      if (part.name().equals(LOG)) {
        Places places = new Places(kind, options.connection("PodLogOptions"), false);
        taker.take(part.name(), new JsonObject().set("get", text.write(log(part))), places);
      } else if (options.connects(kind)) {
        connections(part, taker);
      } else {
        String object = kinds.part(type, part.kind());
        taker.take(part.name(), operations(part, object), new Places(kind, List.of(), false));
      }
    }
  }

  private JsonObject operations(Subresource part, String object) {
    JsonObject at = new JsonObject();
    String words = part.name() + " of ";
    if (part.verbs().contains(Verb.GET)) {
      Operation read = operation(part, "get", "read", "read " + words + "the specified ");
      Operation asked = text.custom() ? read.taking(options.read()) : read;
      at.set("get", text.write(asked.answering(object, 200)));
    }
    if (part.verbs().contains(Verb.UPDATE)) {
      Operation replace = operation(part, "put", "replace", "replace " + words + "the specified ");
      at.set(
          "put",
          text.write(replace.taking(options.update()).sending(object).answering(object, 200, 201)));
    }
    if (part.verbs().contains(Verb.CREATE)) {
      Operation create = operation(part, "post", "create", "create " + words + "a ");
      at.set(
          "post",
          text.write(
              create.taking(options.create()).sending(object).answering(object, 200, 201, 202)));
    }
    if (part.verbs().contains(Verb.PATCH)) {
      Operation patch =
          operation(part, "patch", "patch", "partially update " + words + "the specified ");
      Operation asked = patch.taking(options.patch()).sendingPatch(kinds.patch());
      at.set(
          "patch",
          text.write(
              text.custom() ? asked.answering(object, 200) : asked.answering(object, 200, 201)));
    }
    return at;
  }

  private Operation log(Subresource part) {
    return operation(part, "get", "read", "read log of the specified ").answeringText();
  }

  /// A proxy has a second path, for what lies behind it.
  private void connections(Subresource part, Taker taker) {
    List<Parameter> own = options.connection(part.kind().kind());
    String kind = part.kind().kind();
    taker.take(part.name(), connections(part, ""), new Places(kind, own, true));
    if (part.name().equals(PROXY)) {
      List<Parameter> further = new ArrayList<>(own);
      further.add(Parameter.FURTHER_PATH);
      taker.take(
          part.name() + "/{path}", connections(part, "WithPath"), new Places(kind, further, true));
    }
  }

  private JsonObject connections(Subresource part, String suffix) {
    JsonObject at = new JsonObject();
    for (String method : methods(part)) {
      String words =
          "connect %s requests to %s of %s"
              .formatted(method.toUpperCase(Locale.ROOT), part.name(), type.kind());
      Operation.Title title =
          new Operation.Title(
              "connect" + id(part, PathNames.capital(method)) + suffix, words, part.kind());
      at.set(method, text.write(Operation.of("connect", title).answeringText()));
    }
    return at;
  }

  private static List<String> methods(Subresource part) {
    return part.name().equals(PROXY)
        ? List.of("get", "put", "post", "delete", "options", "head", "patch")
        : List.of("get", "post");
  }

  private Operation operation(Subresource part, String action, String verb, String words) {
    GroupVersionKind kind = text.custom() ? type.groupVersionKind() : part.kind();
    return Operation.of(
        action, new Operation.Title(verb + id(part, ""), words + type.kind(), kind));
  }

  /// `CoreV1GetNamespacedPodExec`
  private String id(Subresource part, String method) {
    return PathNames.groupVersion(type.groupVersion())
        + method
        + PathNames.kind(type)
        + PathNames.capital(part.name());
  }
}
