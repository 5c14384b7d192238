package dev.pintle.kube;

import static java.time.format.DateTimeFormatter.ISO_INSTANT;
import static java.time.temporal.ChronoUnit.SECONDS;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.Caller;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.Bodies;
import dev.pintle.kube.verb.Services;

/// Questions of callers about themselves: who am I, what may I do. Nothing is stored.
final class Reviews {
  private final Services services;
  private final Authorizer authorizer;

  Reviews(Services services, Authorizer authorizer) {
    this.services = services;
    this.authorizer = authorizer;
  }

  void self(ApiRequest request, ObjectView view, Reply reply) {
    JsonObject review = read(request, reply);
    Caller caller = request.caller();
    JsonObject user = new JsonObject().set("username", caller.name());
    if (!caller.uid().isEmpty()) {
      user.set("uid", caller.uid());
    }
    JsonArray groups = new JsonArray();
    caller.groups().forEach(group -> groups.add(Json.of(group)));
    user.set("groups", groups);
    JsonObject metadata = review.objectAt("metadata");
    metadata.set(
        "creationTimestamp", ISO_INSTANT.format(services.clock().instant().truncatedTo(SECONDS)));
    reply.object(201, request.type(), review.set("status", new JsonObject().set("userInfo", user)));
  }

  void access(ApiRequest request, ObjectView view, Reply reply) {
    JsonObject review = read(request, reply);
    boolean allowed = authorizer.allows(request.caller(), asked(review.objectAt("spec")));
    reply.object(
        201,
        request.type(),
        review.set("status", new JsonObject().set("allowed", Json.of(allowed))));
  }

  void rules(ApiRequest request, ObjectView view, Reply reply) {
    JsonObject review = read(request, reply);
    JsonArray all = JsonArray.of(Json.of("*"));
    boolean master = request.caller().groups().contains(Caller.MASTERS);
    JsonArray resources = new JsonArray();
    JsonArray paths = new JsonArray();
    if (master) {
      resources.add(
          new JsonObject()
              .set("verbs", all.copy())
              .set("apiGroups", all.copy())
              .set("resources", all.copy()));
      paths.add(new JsonObject().set("verbs", all.copy()).set("nonResourceURLs", all.copy()));
    }
    JsonObject status =
        new JsonObject()
            .set("resourceRules", resources)
            .set("nonResourceRules", paths)
            .set("incomplete", Json.of(false));
    reply.object(201, request.type(), review.set("status", status));
  }

  private JsonObject read(ApiRequest request, Reply reply) {
    return Bodies.read(
        services, request, WriteOptions.parse(request.query(), "CreateOptions"), reply);
  }

  private static Target asked(JsonObject spec) {
    JsonObject path = spec.object("nonResourceAttributes");
    if (path != null) {
      return new Target(text(path, "verb"), text(path, "path"), null, "", "", "", "", 0);
    }
    JsonObject resource = spec.objectAt("resourceAttributes");
    return new Target(
        text(resource, "verb"),
        "",
        new GroupVersion(text(resource, "group"), text(resource, "version")),
        text(resource, "namespace"),
        text(resource, "resource"),
        text(resource, "name"),
        text(resource, "subresource"),
        0);
  }

  private static String text(JsonObject object, String name) {
    String text = object.text(name);
    return text == null ? "" : text;
  }
}
