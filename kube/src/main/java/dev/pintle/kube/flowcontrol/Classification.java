package dev.pintle.kube.flowcontrol;

import dev.pintle.wire.FixedHeaders;

/// The class of a request: the schema that it matched, and the level and flow that it is in by that. Where the flow does not depend on the
/// request, all requests of a user share one.
public final class Classification {
  private final FlowSchema schema;
  private final PriorityLevel level;
  private final long hash;
  private final FlowCounts counts;
  private final FlowUser user;
  private final ClassHeaders headers;

  /// @param hash of the flow
  /// @param headers that tell of the schema and the level
  Classification(
      FlowSchema schema, PriorityLevel level, long hash, FlowUser user, ClassHeaders headers) {
    this.user = user;
    this.schema = schema;
    this.level = level;
    this.hash = hash;
    this.counts = level.counts(schema.name());
    this.headers = headers;
  }

  private Classification(Classification other, long hash) {
    this.user = other.user;
    this.schema = other.schema;
    this.level = other.level;
    this.hash = hash;
    this.counts = other.counts;
    this.headers = other.headers;
  }

  /// The same schema and level, but another flow.
  Classification inFlow(long other) {
    return new Classification(this, other);
  }

  /// What the answer tells of it.
  ///
  /// @param names whether schema and level are named beside their UIDs
  public FixedHeaders headers(boolean names) {
    return names ? headers.withNames() : headers.uids();
  }

  FlowSchema schema() {
    return schema;
  }

  PriorityLevel level() {
    return level;
  }

  long hash() {
    return hash;
  }

  FlowCounts counts() {
    return counts;
  }

  /// Who sent the request.
  FlowUser user() {
    return user;
  }
}
