package dev.pintle.kube.bootstrap;

import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.controller.ApiServices;
import dev.pintle.kube.controller.FlowSchemas;
import dev.pintle.kube.controller.ServingAddress;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.AppliedStatus;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.VerbContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The objects that a cluster starts with: namespaces, RBAC roles and their bindings, priority classes and levels, an
/// APIService for every version of a group, and the service that names this server.
public final class Bootstrap {
  private static final String SERVICE_CIDRS = "kubernetes-service-cidr-controller";
  private static final GroupVersionKind API_SERVICE =
      GroupVersionKind.of("apiregistration.k8s.io/v1", "APIService");

  private static final GroupVersionKind SERVICE_CIDR =
      GroupVersionKind.of("networking.k8s.io/v1", "ServiceCIDR");

  private static final String SERVICE = "Service";

  private static final GroupVersionKind NAMESPACE = GroupVersionKind.of("v1", "Namespace");

  private final TypeSnapshot types;
  private final Instant now;
  private final ServiceRanges ranges;
  private final ServingAddress at;
  private final List<EnsureExists.Wanted> wanted = new ArrayList<>();

  private Bootstrap(TypeSnapshot types, Instant now, ServiceRanges ranges, ServingAddress at) {
    this.types = types;
    this.now = now;
    this.ranges = ranges;
    this.at = at;
  }

  /// All of them; what others need comes first.
  public static List<EnsureExists.Wanted> objects(
      VerbContext context, TypeSnapshot types, ServiceRanges ranges, ServingAddress at) {
    Bootstrap bootstrap = new Bootstrap(types, context.clock().instant(), ranges, at);
    bootstrap.wanted.addAll(BuiltInNamespaces.wanted(bootstrap.type(NAMESPACE)));
    text("versions.txt").lines().forEach(bootstrap::version);
    RoleTable.parse(text("roles.txt").lines().toList()).forEach(bootstrap::want);
    for (Json object : objects()) {
      bootstrap.want(bootstrap.inRange((JsonObject) object));
    }
    return bootstrap.wanted;
  }

  /// Has the ServiceCIDR of the cluster follow what the server was started with; waits.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  public static void followRanges(VerbContext context, TypeSnapshot types, ServiceRanges ranges) {
    Bootstrap bootstrap =
        new Bootstrap(types, context.clock().instant(), ranges, ServingAddress.NONE);
    new DefaultServiceCidr(context, bootstrap.type(SERVICE_CIDR), ranges).follow();
  }

  /// The flow schemas and priority levels among them.
  public static List<EnsureExists.Wanted> flowObjects(VerbContext context, TypeSnapshot types) {
    Bootstrap bootstrap =
        new Bootstrap(types, context.clock().instant(), ServiceRanges.DEFAULT, ServingAddress.NONE);
    for (Json object : objects()) {
      if (maker(((JsonObject) object).textOrEmpty("kind")).equals(FlowSchemas.PRODUCER)) {
        bootstrap.want((JsonObject) object);
      }
    }
    return bootstrap.wanted;
  }

  /// The service that names this server among them.
  public static EnsureExists.Wanted service(
      VerbContext context, TypeSnapshot types, ServiceRanges ranges, ServingAddress at) {
    return objects(context, types, ranges, at).stream()
        .filter(each -> each.type().kind().equals(SERVICE))
        .findFirst()
        .orElseThrow();
  }

  private static JsonArray objects() {
    return (JsonArray) JsonReader.read(text("objects.json").getBytes(StandardCharsets.UTF_8));
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

  /// What has addresses has those of the networks that the server was started with.
  private JsonObject inRange(JsonObject object) {
    switch (String.valueOf(object.text("kind"))) {
      case SERVICE -> {
        JsonObject spec = object.objectAt("spec").set("clusterIP", ranges.firstAddress());
        spec.objects("ports").forEach(port -> port.set("targetPort", Json.of(at.port())));
      }
      case "ServiceCIDR" -> object.objectAt("spec").set("cidrs", DefaultServiceCidr.cidrs(ranges));
      default -> {}
    }
    return object;
  }

  private void want(JsonObject object) {
    String kind = String.valueOf(object.text("kind"));
    ResourceType type = type(GroupVersionKind.of(String.valueOf(object.text("apiVersion")), kind));
    String namespace = object.objectAt("metadata").text("namespace");
    wanted.add(
        new EnsureExists.Wanted(
            type, namespace == null ? "" : namespace, object, maker(kind), status(kind, object)));
  }

  /// Who makes it in the real server, and so owns it.
  private static String maker(String kind) {
    return switch (kind) {
      case "FlowSchema", "PriorityLevelConfiguration" -> FlowSchemas.PRODUCER;
      default -> ApiRequest.SERVER;
    };
  }

  /// What controllers would say of the object.
  private @Nullable AppliedStatus status(String kind, JsonObject object) {
    return switch (kind) {
      case "FlowSchema" -> FlowSchemas.found(object, now);
      case "ServiceCIDR" -> new AppliedStatus(SERVICE_CIDRS, readyRange());
      default -> null;
    };
  }

  private JsonObject readyRange() {
    JsonObject ready =
        new JsonObject()
            .set("type", "Ready")
            .set("status", "True")
            .set("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
            .set("message", "Kubernetes default Service CIDR is ready");
    return new JsonObject().set("conditions", JsonArray.of(ready));
  }

  private ResourceType type(GroupVersionKind kind) {
    return Objects.requireNonNull(types.kind(kind), kind.toString());
  }
}
