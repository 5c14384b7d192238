package dev.pintle.kube.certificate;

/// The kinds of keys that a certificate may be asked for with.
enum KeyKind {
  RSA("1.2.840.113549.1.1.1", "RSA", "RSA", "*rsa.PublicKey"),
  EC("1.2.840.10045.2.1", "EC", "ECDSA", "*ecdsa.PublicKey"),
  ED25519("1.3.101.112", "Ed25519", "Ed25519", "ed25519.PublicKey"),
  UNKNOWN("", "", "", "");

  private final String identifier;
  private final String java;
  private final String told;
  private final String type;

  KeyKind(String identifier, String java, String told, String type) {
    this.identifier = identifier;
    this.java = java;
    this.told = told;
    this.type = type;
  }

  static KeyKind of(String identifier) {
    for (KeyKind kind : values()) {
      if (kind.identifier.equals(identifier)) {
        return kind;
      }
    }
    return UNKNOWN;
  }

  /// The name that the JDK has for it; empty for none.
  String java() {
    return java;
  }

  /// Its name in messages.
  String told() {
    return told;
  }

  /// The type in Go of such a key.
  String type() {
    return type;
  }
}
