package dev.pintle.kube.controller;

/// The address at which the server is reached.
///
/// @param host by which it reaches itself; empty where it listens nowhere
/// @param port where it listens
/// @param advertised the address that the rest of a cluster is told; empty for none
public record ServingAddress(String host, int port, String advertised) {
  private static final int USUAL_PORT = 6443;

  /// That of a server that listens nowhere.
  public static final ServingAddress NONE = new ServingAddress("", USUAL_PORT, "");
}
