package dev.pintle.compat.access;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The ways to write the path of a resource, right and odd.
final class Shapes {
  private static final String A = "/namespaces/access-a/";
  private static final String THING = "fieldSelector=metadata.name%3Dthing";

  private Shapes() {}

  /// Paths that clients write.
  static List<String> of(Served.Resource resource) {
    String root = resource.root();
    String all = root + "/" + resource.plural();
    String here = resource.namespaced() ? root + A + resource.plural() : all;
    Set<String> paths = new LinkedHashSet<>();
    paths.add(all);
    paths.add(here);
    paths.add(root + "/namespaces/access-b/" + resource.plural());
    paths.add(here + "/thing");
    paths.add(here + "/nothing");
    paths.add(all + "/thing");
    for (String part : resource.parts()) {
      paths.add(here + "/thing/" + part);
    }
    paths.add(here + "/thing/nonsense");
    paths.add(root + "/watch/" + resource.plural());
    paths.add(root + "/watch" + here.substring(root.length()) + "/thing");
    paths.add(here + "?" + THING);
    return List.copyOf(paths);
  }

  /// The same resource by ways that clients do not take.
  static List<String> odd(Served.Resource resource) {
    String root = resource.root();
    String all = root + "/" + resource.plural();
    String here = resource.namespaced() ? root + A + resource.plural() : all;
    List<String> paths = new ArrayList<>();
    paths.add(here + "/");
    paths.add(here + "/thing/");
    paths.add(here + "/thing//status");
    paths.add("/" + here);
    paths.add(root + "//" + here.substring(root.length() + 1));
    paths.add(here + "/%74hing");
    paths.add(here + "/th%2Fing");
    paths.add(here + "/thing%2Fstatus");
    paths.add(here + "/../" + resource.plural() + "/thing");
    paths.add(here + "/./thing");
    paths.add(here + "/%2e%2e/thing");
    paths.add(here.replace(resource.plural(), resource.plural().toUpperCase(Locale.ROOT)));
    paths.add(here + "/thing/status/more");
    paths.add(here + "/thing/STATUS");
    paths.add(root + "/proxy/" + resource.plural() + "/thing");
    paths.add(root + "/watch/watch/" + resource.plural());
    paths.add(root + "/namespaces//" + resource.plural());
    paths.add(root + "/namespaces/no-such/" + resource.plural());
    paths.add(root + "/namespaces/access-a/access-a/" + resource.plural());
    paths.add(here + ";v=1");
    return paths;
  }

  /// What selects on a list, and turns it into something else.
  static List<String> selecting(Served.Resource resource) {
    String all = resource.root() + "/" + resource.plural();
    String here = resource.namespaced() ? resource.root() + A + resource.plural() : all;
    List<String> paths = new ArrayList<>();
    for (String query :
        List.of(
            THING,
            "watch=1&" + THING,
            "watch=true",
            "watch=false&" + THING,
            "watch=0",
            "watch=False",
            "watch",
            "fieldSelector=metadata.name%3D%3Dthing",
            "fieldSelector=metadata.name!%3Dthing",
            "fieldSelector=metadata.name%3Dnothing",
            "fieldSelector=metadata.name%3Dthing,metadata.name%3Dother",
            "fieldSelector=metadata.namespace%3Daccess-a,metadata.name%3Dthing",
            "fieldSelector=metadata.name%3Da%2Fb",
            "fieldSelector=metadata.name%3D..",
            "fieldSelector=nonsense",
            THING + "&limit=x",
            THING + "&labelSelector=a%3D%3D%3Db",
            THING + "&limit=5",
            THING + "&fieldSelector=metadata.name%3Dother",
            "labelSelector=a%3Db")) {
      paths.add(here + "?" + query);
      if (resource.namespaced()) {
        paths.add(all + "?" + query);
      }
    }
    return paths;
  }

  /// What is no resource.
  static final List<String> OTHERS =
      List.of(
          "/",
          "/api",
          "/api/",
          "/api/v1",
          "/api/v1/",
          "/api/v2",
          "/API/v1/configmaps",
          "/apis",
          "/apis/",
          "/apis/apps",
          "/apis/apps/",
          "/apis/apps/v1",
          "/apis/apps/v9",
          "/apis/apps/v9/deployments",
          "/apis/none.example.com",
          "/apis/none.example.com/v1",
          "/apis/none.example.com/v1/things",
          "/apis/access.example.com",
          "/apis/access.example.com/v1",
          "/apis/access.example.com/v2",
          "/apis/access.example.com/v1/nothings",
          "//api/v1",
          "/api//v1",
          "/api/v1/nothings",
          "/api/v1/namespaces/access-a",
          "/api/v1/namespaces/access-a/",
          "/api/v1/namespaces/access-a/status",
          "/api/v1/namespaces/access-a/finalize",
          "/api/v1/namespaces/access-a/namespaces",
          "/api/v1/namespaces/access-a/namespaces/access-a",
          "/api/v1/watch",
          "/api/v1/proxy",
          "/api/v1/watch/namespaces/access-a",
          "/healthz",
          "/healthz/",
          "/healthz/ping",
          "/healthz/nonsense",
          "/livez",
          "/livez/ping",
          "/readyz",
          "/readyz/ping",
          "/metrics",
          "/metrics/",
          "/metrics/nonsense",
          "/version",
          "/version/",
          "/VERSION",
          "/version/../metrics",
          "/version%2F..%2Fmetrics",
          "/openapi",
          "/openapi/v2",
          "/openapi/v3",
          "/openapi/v3/api/v1",
          "/openid/v1/jwks",
          "/.well-known/openid-configuration",
          "/swagger.json",
          "/logs",
          "/debug/pprof",
          "/debug/pprof/heap",
          "/nonsense",
          "/%61pi/v1/namespaces/access-a/configmaps");
}
