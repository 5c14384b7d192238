package dev.pintle.compat.access;

import dev.pintle.compat.access.Served.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Every request that is sent. A few kinds are asked for by everybody in every way; of the others each request is sent by some, who
/// take turns.
final class Matrix {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  private static final List<String> ALL_METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", "NONSENSE");
  private static final int TURNS = 2;

  /// The kinds that everybody asks for in every way.
  private static final List<String> ASKED_BY_ALL =
      List.of(
          "configmaps",
          "namespaces",
          "nodes",
          "leases.coordination.k8s.io",
          "clusterroles.rbac.authorization.k8s.io",
          "widgets.access.example.com");

  /// What is handed on to nodes and to services: neither server has any.
  private static final Set<String> CONNECTED =
      Set.of("proxy", "exec", "attach", "portforward", "log");

  /// The kinds for which the odd paths are tried: of the core and of a group, in a namespace and not, built-in and custom.
  private static final List<String> ODD =
      List.of("configmaps", "nodes", "deployments.apps", "widgets.access.example.com");

  private final Set<Probe> probes = new LinkedHashSet<>();
  private int turn;

  private Matrix() {}

  static List<Probe> of(List<Resource> resources) {
    Matrix matrix = new Matrix();
    for (Resource resource : resources) {
      matrix.resource(resource);
      if (ODD.contains(resource.name())) {
        Shapes.odd(resource).forEach(path -> matrix.all(path, resource, Callers.FEW));
        Shapes.selecting(resource).forEach(matrix::readers);
      }
    }
    matrix.others();
    matrix.probes.addAll(Tricks.all());
    matrix.probes.addAll(Gifts.all());
    matrix.probes.addAll(Certificates.all());
    return List.copyOf(matrix.probes);
  }

  private void resource(Resource resource) {
    for (String path : Shapes.of(resource)) {
      if (CONNECTED.contains(path.substring(path.lastIndexOf('/') + 1))) {
        refused(path);
      } else if (ASKED_BY_ALL.contains(resource.name())) {
        all(path, resource, Callers.ALL);
      } else {
        inTurns(path, resource);
      }
    }
  }

  private void all(String path, Resource resource, List<Caller> callers) {
    for (Caller caller : callers) {
      METHODS.forEach(method -> add(method, path, caller, resource));
    }
  }

  private void inTurns(String path, Resource resource) {
    for (String method : METHODS) {
      for (int i = 0; i < TURNS; i++) {
        Caller caller = Callers.ALL.get(turn++ % Callers.ALL.size());
        // What comes of an object that is not whole is no question of rights.
        boolean judged = !isWrite(method) || !mayCreate(caller) || Bodies.of(resource).isPresent();
        add(judged ? method : "GET", path, caller, resource);
      }
    }
  }

  private static boolean isWrite(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private static boolean mayCreate(Caller caller) {
    return List.of(
            Callers.MASTER,
            Callers.OTHER_MASTER,
            Callers.EVERYTHING,
            Callers.CREATOR,
            Callers.NAMED,
            Callers.PARTS,
            Callers.WRITER,
            Callers.PATCHER)
        .contains(caller);
  }

  private void refused(String path) {
    for (Caller caller : List.of(Callers.ANONYMOUS, Callers.RIGHTLESS, Callers.PARTS)) {
      METHODS.forEach(method -> probes.add(Probe.bare(method, path, caller)));
    }
  }

  private void readers(String path) {
    Callers.ALL.forEach(caller -> probes.add(Probe.bare("GET", path, caller)));
  }

  private void others() {
    for (String path : Shapes.OTHERS) {
      for (Caller caller : Callers.FEW) {
        probes.add(Probe.bare("GET", path, caller));
        String method = ALL_METHODS.get(turn++ % ALL_METHODS.size());
        probes.add(Probe.bare(method, method.equals("GET") ? path : dry(path), caller));
      }
    }
    for (Caller caller : Callers.ACTORS) {
      for (String path :
          List.of(
              "/api/v1/configmaps",
              "/api/v1/namespaces/access-a/configmaps",
              "/api/v1/namespaces/access-a/secrets/thing",
              "/api/v1/nodes",
              "/apis/apps/v1/namespaces/access-b/deployments",
              "/healthz",
              "/metrics")) {
        for (String method : List.of("GET", "POST", "DELETE")) {
          probes.add(Probe.bare(method, method.equals("GET") ? path : dry(path), caller));
        }
      }
    }
  }

  private void add(String method, String path, Caller caller, Resource resource) {
    boolean watch = path.startsWith(resource.root() + "/watch/");
    if (watch && resource.root().contains("access.example.com") && !method.equals("GET")) {
      // The real server opens an endless answer, whatever the method is.
      return;
    }
    switch (method) {
      case "POST", "PUT" -> {
        String body =
            Bodies.of(resource)
                .map(thing -> thing.named("thing"))
                .orElse(
                    "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"thing\"}}"
                        .formatted(resource.groupVersion(), resource.kind()));
        probes.add(new Probe(method, dry(path), caller, Bodies.JSON, body));
      }
      case "PATCH" ->
          probes.add(
              new Probe(
                  method,
                  dry(path),
                  caller,
                  Bodies.MERGE,
                  "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"));
      case "DELETE" -> probes.add(Probe.bare(method, dry(path), caller));
      default -> probes.add(Probe.bare(method, path, caller));
    }
  }

  private static String dry(String path) {
    return path + (path.contains("?") ? "&" : "?") + "dryRun=All";
  }
}
