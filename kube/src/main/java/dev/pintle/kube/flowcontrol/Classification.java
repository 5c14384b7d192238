package dev.pintle.kube.flowcontrol;

/// The class of a request: the schema that it matched, and the level and flow that it is in by that.
public final class Classification {
  private final FlowSchema schema;
  private final PriorityLevel level;
  private final long hash;
  private final FlowCounts counts;
  private final FlowUser user;

  /// @param hash of the flow
  Classification(
      FlowSchema schema, PriorityLevel level, long hash, FlowCounts counts, FlowUser user) {
    this.user = user;
    this.schema = schema;
    this.level = level;
    this.hash = hash;
    this.counts = counts;
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

  public String schemaName() {
    return schema.name();
  }

  public String levelName() {
    return level.name();
  }

  public String schemaUid() {
    return schema.uid();
  }

  public String levelUid() {
    return level.spec().uid();
  }
}
