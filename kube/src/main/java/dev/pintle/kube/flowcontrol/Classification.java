package dev.pintle.kube.flowcontrol;

import dev.pintle.wire.ResponseHeaders;

/// The class of a request: the schema that it matched, and the level and flow that it is in by that. Where the flow does not depend on the
/// request, all requests of a user share one.
public final class Classification {
  private static final String SCHEMA_UID = "x-kubernetes-pf-flowschema-uid";
  private static final String LEVEL_UID = "x-kubernetes-pf-prioritylevel-uid";

  /// Beyond upstream, for those who may read the objects.
  private static final String SCHEMA_NAME = "x-kubernetes-pf-flowschema-name";

  private static final String LEVEL_NAME = "x-kubernetes-pf-prioritylevel-name";

  private final FlowSchema schema;
  private final PriorityLevel level;
  private final long hash;
  private final FlowCounts counts;
  private final FlowUser user;
  private final ResponseHeaders headers;
  private final ResponseHeaders headersWithNames;

  /// @param hash of the flow
  Classification(FlowSchema schema, PriorityLevel level, long hash, FlowUser user) {
    this.user = user;
    this.schema = schema;
    this.level = level;
    this.hash = hash;
    this.counts = level.counts(schema.name());
    this.headers =
        new ResponseHeaders().add(SCHEMA_UID, schema.uid()).add(LEVEL_UID, level.spec().uid());
    this.headersWithNames =
        new ResponseHeaders()
            .addAll(headers)
            .add(SCHEMA_NAME, schema.name())
            .add(LEVEL_NAME, level.name());
  }

  private Classification(Classification other, long hash) {
    this.user = other.user;
    this.schema = other.schema;
    this.level = other.level;
    this.hash = hash;
    this.counts = other.counts;
    this.headers = other.headers;
    this.headersWithNames = other.headersWithNames;
  }

  /// The same schema and level, but another flow.
  Classification inFlow(long other) {
    return new Classification(this, other);
  }

  /// What the answer tells of it; not to be changed.
  ///
  /// @param names whether schema and level are named beside their UIDs
  public ResponseHeaders headers(boolean names) {
    return names ? headersWithNames : headers;
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
