package dev.pintle.kube.openapi;

/// The two versions of the language. V2 names no defaults, and its references may stand beside
/// other words.
enum OpenApiVersion {
  V2("#/definitions/"),
  V3("#/components/schemas/");

  private final String refPrefix;

  OpenApiVersion(String refPrefix) {
    this.refPrefix = refPrefix;
  }

  String ref(String definition) {
    return refPrefix + definition;
  }
}
