package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ApiGroup;
import dev.pintle.kube.schema.TypeRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The route `/`: the list of all paths that are served.
public final class PathIndex implements Route {
  private static final List<String> PATHS =
      List.of(
          "/.well-known/openid-configuration",
          "/api",
          "/apis",
          "/apis/",
          "/flagz",
          "/metrics",
          "/metrics/slis",
          "/openapi/v2",
          "/openapi/v3",
          "/openapi/v3/",
          "/openid/v1/jwks",
          "/statusz",
          "/version");

  private final TypeRegistry types;
  private final Set<String> fixed = new HashSet<>(PATHS);

  public PathIndex(TypeRegistry types, Health health) {
    this.types = types;
    fixed.addAll(health.paths());
  }

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    String path = context.info().path();
    if (!path.equals("/") && !path.equals("/index.html")) {
      return false;
    }
    JsonArray paths = new JsonArray();
    paths().forEach(each -> paths.add(Json.of(each)));
    reply.indented().page(new JsonObject().set("paths", paths));
    return true;
  }

  /// Whether the path is always there, whatever resources are served.
  public boolean hasFixed(String path) {
    return fixed.contains(path);
  }

  private Set<String> paths() {
    TreeSet<String> paths = new TreeSet<>(fixed);
    for (ApiGroup group : types.current().groups()) {
      String root = group.name().isEmpty() ? "/api" : "/apis/" + group.name();
      paths.add(root);
      group.versions().forEach(version -> paths.add(root + "/" + version));
    }
    return paths;
  }
}
