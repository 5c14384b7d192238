package dev.pintle.kube.connection;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.Subresource;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.verb.VerbHandler;
import java.util.List;
import java.util.Locale;

/// The admission of connections: to containers, to ports of pods, and through proxies. They are admitted like writes, before it is
/// looked where they lead.
final class ConnectAdmission {
  private final VerbContext context;

  ConnectAdmission(VerbContext context) {
    this.context = context;
  }

  /// A handler that admits a connection before the one behind it sees the request.
  VerbHandler before(VerbHandler next) {
    return (request, view, warnings) -> next.handle(request, admit(request, view), warnings);
  }

  /// Answers the store as what follows is to see it.
  private ObjectView admit(ApiRequest request, ObjectView view) {
    try (ObjectTransaction unwritten = new ObjectTransaction()) {
      AdmissionRequest admission =
          request.admission(
              Action.CONNECT,
              request.name(),
              request.subresource(),
              options(request),
              null,
              WriteOptions.NONE,
              unwritten);
      ObjectView now = context.admission().mutate(admission, view, context::view);
      return context.admission().validate(admission, now, context::view);
    }
  }

  /// What the query asks for, as an object of the kind that upstream reads it into.
  private static JsonObject options(ApiRequest request) {
    Subresource part = request.type().subresource(request.subresource());
    GroupVersionKind kind = part == null ? request.type().groupVersionKind() : part.kind();
    JsonObject options =
        new JsonObject().set("kind", kind.kind()).set("apiVersion", kind.groupVersion().text());
    switch (request.subresource()) {
      case "exec", "attach" -> {
        for (String name : List.of("stdin", "stdout", "stderr", "tty")) {
          flag(request, options, name);
        }
        text(options, "container", request.query().text("container"));
        List<String> command = request.query().all("command");
        if (request.subresource().equals("exec") && !command.isEmpty()) {
          JsonArray words = options.arrayAt("command");
          command.forEach(word -> words.add(Json.of(word)));
        }
      }
      case "portforward" -> ports(request, options);
      default -> text(options, "path", pathBehind(request));
    }
    return options;
  }

  /// A flag that is named is meant, whatever it is given, but for two ways to say no.
  private static void flag(ApiRequest request, JsonObject options, String name) {
    if (request.query().has(name)) {
      String said = request.query().text(name).toLowerCase(Locale.ROOT);
      if (!said.equals("false") && !said.equals("0")) {
        options.set(name, Json.of(true));
      }
    }
  }

  private static void text(JsonObject options, String name, String value) {
    if (!value.isEmpty()) {
      options.set(name, value);
    }
  }

  private static void ports(ApiRequest request, JsonObject options) {
    for (long port : ForwardedPorts.read(request.query())) {
      options.arrayAt("ports").add(Json.of(port));
    }
  }

  /// What of the path is meant for whoever is behind the proxy.
  static String pathBehind(ApiRequest request) {
    String path = request.target().path();
    String proxy = "/" + request.name() + "/proxy";
    int at = path.indexOf(proxy);
    return at < 0 ? "" : path.substring(at + proxy.length());
  }
}
