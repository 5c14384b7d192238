package dev.pintle.kube.bootstrap;

import dev.pintle.kube.controller.ApiServices;
import dev.pintle.kube.controller.FlowSchemas;
import dev.pintle.kube.crd.DefinitionConditions;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.VerbContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The maker of the objects that a cluster starts with: RBAC roles and their bindings, priority classes and levels, an
/// APIService for every version of a group, and the service that names this server.
public final class Bootstrap {
  private static final GroupVersionKind API_SERVICE =
      GroupVersionKind.of("apiregistration.k8s.io/v1", "APIService");

  private final TypeSnapshot types;
  private final Instant now;
  private final List<EnsureExists.Wanted> wanted = new ArrayList<>();

  private Bootstrap(TypeSnapshot types, Instant now) {
    this.types = types;
    this.now = now;
  }

  /// Makes what is missing, in one write; waits.
  ///
  /// @throws dev.pintle.kube.status.StatusError when something cannot be made
  public static void fillUp(VerbContext context, TypeSnapshot types) {
    Bootstrap bootstrap = new Bootstrap(types, context.clock().instant());
    text("versions.txt").lines().forEach(bootstrap::version);
    RoleTable.parse(text("roles.txt").lines().toList()).forEach(bootstrap::want);
    for (Json object :
        (JsonArray) JsonReader.read(text("objects.json").getBytes(StandardCharsets.UTF_8))) {
      bootstrap.want((JsonObject) object);
    }
    EnsureExists.all(context, bootstrap.wanted);
  }

  private static String text(String name) {
    try (InputStream table = Bootstrap.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(table, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " (expected: in the program)", e);
    }
  }

  private void version(String line) {
    if (!line.startsWith("#")) {
      String[] words = line.split(" ", -1);
      wanted.add(
          ApiServices.local(
              type(API_SERVICE),
              GroupVersion.parse(words[0]),
              "onstart",
              Integer.parseInt(words[1]),
              Integer.parseInt(words[2])));
    }
  }

  private void want(JsonObject object) {
    String kind = String.valueOf(object.text("kind"));
    ResourceType type = type(GroupVersionKind.of(String.valueOf(object.text("apiVersion")), kind));
    String namespace = object.objectAt("metadata").text("namespace");
    wanted.add(
        new EnsureExists.Wanted(
            type, namespace == null ? "" : namespace, object, status(kind, object)));
  }

  /// What controllers would say of the object.
  private JsonObject status(String kind, JsonObject object) {
    JsonObject judged = object.copy();
    switch (kind) {
      case "FlowSchema" -> FlowSchemas.judge(judged, true, now);
      case "ServiceCIDR" ->
          DefinitionConditions.set(
              judged, "Ready", true, "", "Kubernetes default Service CIDR is ready", now);
      default -> {}
    }
    JsonObject status = judged.object("status");
    return status == null ? new JsonObject() : status;
  }

  private ResourceType type(GroupVersionKind kind) {
    return Objects.requireNonNull(types.kind(kind), kind.toString());
  }
}
