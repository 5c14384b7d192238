package dev.pintle.compat.access;

/// One request of one caller.
///
/// @param contentType empty for a request without a body
record Probe(String method, String path, Caller caller, String contentType, String body) {

  static Probe bare(String method, String path, Caller caller) {
    return new Probe(method, path, caller, "", "");
  }

  @Override
  public String toString() {
    String sent = body.isEmpty() ? "" : " %s %s".formatted(contentType, body);
    return "%s %s as %s%s".formatted(method, path, caller.name(), sent);
  }
}
