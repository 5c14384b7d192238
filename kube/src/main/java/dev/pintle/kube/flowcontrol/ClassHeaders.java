package dev.pintle.kube.flowcontrol;

import dev.pintle.wire.FixedHeaders;
import dev.pintle.wire.ResponseHeaders;

/// The headers by which answers tell of a schema and its level, for as long as these are in force.
///
/// @param uids for everybody
/// @param withNames for those who may read schemas and levels: beyond upstream
record ClassHeaders(FixedHeaders uids, FixedHeaders withNames) {
  private static final String SCHEMA_UID = "x-kubernetes-pf-flowschema-uid";
  private static final String LEVEL_UID = "x-kubernetes-pf-prioritylevel-uid";
  private static final String SCHEMA_NAME = "x-kubernetes-pf-flowschema-name";
  private static final String LEVEL_NAME = "x-kubernetes-pf-prioritylevel-name";

  static ClassHeaders of(FlowSchema schema, LevelSpec level) {
    ResponseHeaders told =
        new ResponseHeaders().add(SCHEMA_UID, schema.uid()).add(LEVEL_UID, level.uid());
    FixedHeaders uids = new FixedHeaders(told);
    told.add(SCHEMA_NAME, schema.name()).add(LEVEL_NAME, level.name());
    return new ClassHeaders(uids, new FixedHeaders(told));
  }
}
