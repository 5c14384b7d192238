package dev.pintle.kube.controller;

/// A running controller of the server.
public sealed interface Controller extends AutoCloseable
    permits ApiServices, FlowObjects, FlowSchemas, KubernetesService, LegacyTokenTracking {
  @Override
  void close();
}
