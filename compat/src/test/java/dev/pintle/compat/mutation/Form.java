package dev.pintle.compat.mutation;

/// The ways in which a changed object is sent.
enum Form {
  CREATE("POST", "application/json"),
  UPDATE("PUT", "application/json"),
  JSON_PATCH("PATCH", "application/json-patch+json"),
  MERGE("PATCH", "application/merge-patch+json"),
  STRATEGIC("PATCH", "application/strategic-merge-patch+json"),
  APPLY("PATCH", "application/apply-patch+yaml");

  private final String method;
  private final String contentType;

  Form(String method, String contentType) {
    this.method = method;
    this.contentType = contentType;
  }

  String method() {
    return method;
  }

  String contentType() {
    return contentType;
  }

  String title() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
