package dev.pintle.kube.controller;

/// Something that the server keeps in order until it is closed.
public sealed interface Controller extends AutoCloseable permits ApiServices, FlowSchemas {
  @Override
  void close();
}
