package dev.pintle.kube.controller;

/// A running controller of the server.
public sealed interface Controller extends AutoCloseable
    permits ApiServices, FlowObjects, FlowSchemas, LegacyTokenTracking {
  @Override
  void close();
}
