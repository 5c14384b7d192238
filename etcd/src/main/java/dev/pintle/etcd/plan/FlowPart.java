package dev.pintle.etcd.plan;

import java.util.Locale;

/// The properties of a request by which those of one rule are parted into flows, which share the seats of the level fairly.
public enum FlowPart {
  /// The common name of the client's certificate; all clients without one are one user.
  USER,
  /// The address of the client: of version 6, its network of 64 bits.
  ADDRESS,
  /// Which of the rule's prefixes the keys have.
  PREFIX;

  /// Its name in a plan.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
