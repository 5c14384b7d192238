package dev.pintle.kube.chain;

import dev.pintle.kube.request.RequestInfo;

/// A mode of constrained impersonation; each is a right of its own.
enum ImpersonationMode {
  AS_NODE("arbitrary-node", "nodes"),
  AS_ACCOUNT("serviceaccount", "serviceaccounts"),
  AS_USER("user-info", "users"),
  /// Whoever it is, whatever is done.
  UNCONSTRAINED("", "users");

  private final String word;
  private final String resource;

  ImpersonationMode(String word, String resource) {
    this.word = word;
    this.resource = resource;
  }

  /// The verb for being somebody.
  String verb() {
    return word.isEmpty() ? "impersonate" : "impersonate:" + word;
  }

  /// The verb for doing to `target` what is asked, as somebody.
  String onVerb(RequestInfo target) {
    return "impersonate-on:" + word + ":" + target.verb();
  }

  /// The resource whose names are those of whom one may be.
  String resource() {
    return resource;
  }
}
