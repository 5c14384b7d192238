package dev.pintle.compat.access;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The resources that a server says it serves.
record Served(List<Resource> resources) {

  /// A resource of a server.
  ///
  /// @param root where the group's version begins: `/api/v1`
  /// @param parts the names of its subresources
  record Resource(
      String root,
      String groupVersion,
      String plural,
      String kind,
      boolean namespaced,
      List<String> verbs,
      List<String> parts) {

    /// `plural.group`, or the plural alone.
    String name() {
      int slash = groupVersion.indexOf('/');
      return slash < 0 ? plural : plural + "." + groupVersion.substring(0, slash);
    }

    boolean isStored() {
      return verbs.contains("get") && verbs.contains("list");
    }
  }

  static Served by(Server server) throws IOException, InterruptedException {
    List<Resource> all = new ArrayList<>();
    version(server, "/api/v1", all);
    for (JsonNode group : server.admin("GET", "/apis", "").path("groups")) {
      for (JsonNode version : group.path("versions")) {
        version(server, "/apis/" + version.path("groupVersion").asString(), all);
      }
    }
    return new Served(List.copyOf(all));
  }

  private static void version(Server server, String root, List<Resource> all)
      throws IOException, InterruptedException {
    JsonNode list = server.admin("GET", root, "");
    Map<String, List<String>> parts = new TreeMap<>();
    list.path("resources")
        .forEach(resource -> {
          String[] names = resource.path("name").asString().split("/", 2);
          if (names.length == 2) {
            parts.computeIfAbsent(names[0], _ -> new ArrayList<>()).add(names[1]);
          }
        });
    for (JsonNode resource : list.path("resources")) {
      String name = resource.path("name").asString();
      if (!name.contains("/")) {
        List<String> verbs = new ArrayList<>();
        resource.path("verbs").forEach(verb -> verbs.add(verb.asString()));
        all.add(
            new Resource(
                root,
                list.path("groupVersion").asString(),
                name,
                resource.path("kind").asString(),
                resource.path("namespaced").asBoolean(),
                List.copyOf(verbs),
                List.copyOf(parts.getOrDefault(name, List.of()))));
      }
    }
  }
}
