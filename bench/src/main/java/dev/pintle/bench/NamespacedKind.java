package dev.pintle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A kind of objects that lie in namespaces, with what one of them says.
///
/// @param version the path of its version, such as `/apis/apps/v1`
/// @param body an object of it, without metadata
/// @param held whether its objects wait for a client before they go
/// @param owned whether its objects have an owner
record NamespacedKind(String version, String plural, String body, boolean held, boolean owned) {
  static final String GROUP = "full.example.com";
  static final int COUNT = 60;
  static final String OWNERS = "configmaps";

  /// Whoever writes where quotas are has them looked at: they come last.
  static final String QUOTAS = "resourcequotas";

  private static final String TABLE = "namespaced-kinds.txt";
  private static final Set<String> HELD = Set.of("secrets", "kind00s", "kind01s", "kind02s");
  private static final Set<String> OWNED = Set.of("kind03s", "kind04s", "kind05s");

  private static NamespacedKind of(String version, String plural, String body) {
    return new NamespacedKind(version, plural, body, HELD.contains(plural), OWNED.contains(plural));
  }

  /// Those that are built in, and as many custom ones as make sixty.
  static List<NamespacedKind> all() throws IOException {
    List<NamespacedKind> all = new ArrayList<>(builtIn());
    int custom = COUNT - all.size();
    for (int i = 0; i < custom; i++) {
      all.add(
          of(
              "/apis/" + GROUP + "/v1",
              plural(i),
              "{\"spec\":{\"size\":%d,\"text\":\"some\"}}".formatted(i)));
    }
    return all;
  }

  private static List<NamespacedKind> builtIn() throws IOException {
    try (InputStream table = NamespacedKind.class.getResourceAsStream(TABLE);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(table, TABLE), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 3))
          .map(words -> of(words[0], words[1], words[2]))
          .toList();
    }
  }

  private static String plural(int custom) {
    return "kind%02ds".formatted(custom);
  }

  boolean isCustom() {
    return version.contains(GROUP);
  }

  /// The name of its definition.
  String definitionName() {
    return plural + "." + GROUP;
  }

  String definition() {
    return """
    {"metadata":{"name":"%s"},"spec":{"group":"%s","scope":"Namespaced","names":{"plural":"%s","kind":"%s"},\
    "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{\
    "spec":{"type":"object","properties":{"size":{"type":"integer"},"text":{"type":"string"}}}}}}}]}}\
    """
        .formatted(definitionName(), GROUP, plural, kind());
  }

  String collection(String namespace) {
    return "%s/namespaces/%s/%s".formatted(version, namespace, plural);
  }

  /// An object to create.
  ///
  /// @param metadata more of it, such as `,"finalizers":[]`; or nothing
  String object(String namespace, String name, String metadata) {
    String rest = body.substring(1).replace("NAMESPACE", namespace);
    return "{%s\"metadata\":{\"name\":\"%s\"%s}%s%s"
        .formatted(type(), name, metadata, rest.equals("}") ? "" : ",", rest);
  }

  /// What an object of a custom kind must say it is.
  private String type() {
    return isCustom() ? "\"apiVersion\":\"%s/v1\",\"kind\":\"%s\",".formatted(GROUP, kind()) : "";
  }

  private String kind() {
    return "K" + plural.substring(1, plural.length() - 1);
  }
}
