package dev.pintle.kube.authz;

/// An object that a node may be related to.
///
/// @param namespace empty where its kind has none
record NodeVertex(Kind kind, String namespace, String name) {
  /// The kinds of objects that are looked for.
  enum Kind {
    SECRET,
    CONFIG_MAP,
    CLAIM,
    VOLUME,
    RESOURCE_CLAIM,
    ATTACHMENT,
    ACCOUNT,
    POD,
    SLICE,
    CERTIFICATE_REQUEST
  }
}
