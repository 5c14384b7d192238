package dev.pintle.kube.upkeep;

/// Something that the server keeps in order until it is closed.
public sealed interface Upkeep extends AutoCloseable permits ApiServices, FlowSchemas {
  @Override
  void close();
}
