package dev.pintle.compat.quota;

import java.util.random.RandomGenerator;

/// The kinds of objects that are made and deleted in a race, with the bodies of new ones.
enum RaceKind {
  CONFIG_MAP("/api/v1", "configmaps"),
  SERVICE("/api/v1", "services"),
  CLAIM("/api/v1", "persistentvolumeclaims"),
  POD("/api/v1", "pods"),
  WIDGET("/apis/race.example.com/v1", "widgets");

  /// What defines the widgets.
  static final String DEFINITION =
      """
      {"metadata":{"name":"widgets.race.example.com"},"spec":{"group":"race.example.com","scope":"Namespaced",
       "names":{"plural":"widgets","kind":"Widget"},"versions":[{"name":"v1","served":true,"storage":true,
       "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object"}}}}}]}}
      """;

  private final String version;
  private final String plural;

  RaceKind(String version, String plural) {
    this.version = version;
    this.plural = plural;
  }

  static RaceKind any(RandomGenerator random) {
    return values()[random.nextInt(values().length)];
  }

  String plural() {
    return plural;
  }

  /// All objects of the kind.
  String everywhere() {
    return version + "/" + plural;
  }

  String collection(String namespace) {
    return "%s/namespaces/%s/%s".formatted(version, namespace, plural);
  }

  /// A new object.
  ///
  /// @param metadata such as `"name":"a"`
  String body(String metadata, RandomGenerator random) {
    String type =
        this == WIDGET ? "\"apiVersion\":\"race.example.com/v1\",\"kind\":\"Widget\"," : "";
    return "{%s\"metadata\":{%s}%s}".formatted(type, metadata, rest(random));
  }

  private String rest(RandomGenerator random) {
    return switch (this) {
      case CONFIG_MAP -> ",\"data\":{\"k\":\"v\"}";
      case SERVICE ->
          ",\"spec\":{\"type\":\"%s\",\"ports\":[{\"port\":80}]}"
              .formatted(random.nextInt(3) == 0 ? "NodePort" : "ClusterIP");
      case CLAIM ->
          ",\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"storageClassName\":\"none\",\"resources\":{\"requests\":{\"storage\":\"%dGi\"}}}"
              .formatted(1 + random.nextInt(3));
      case POD -> pod(random);
      case WIDGET -> ",\"spec\":{}";
    };
  }

  private static String pod(RandomGenerator random) {
    String resources =
        random.nextInt(3) == 0
            ? ""
            : ",\"resources\":{\"requests\":{\"cpu\":\"%dm\"}}"
                .formatted(100 * (1 + random.nextInt(4)));
    String deadline = random.nextInt(3) == 0 ? ",\"activeDeadlineSeconds\":3600" : "";
    return ",\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"%s}]%s}"
        .formatted(resources, deadline);
  }
}
