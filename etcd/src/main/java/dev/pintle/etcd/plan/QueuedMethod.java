package dev.pintle.etcd.plan;

/// The methods whose calls are queued. All others are not: those of Maintenance, Cluster, Auth and health tell how the server is, and
/// a lease that is not kept alive because others are busy would take its keys with it.
public enum QueuedMethod {
  RANGE("KV", "Range"),
  RANGE_STREAM("KV", "RangeStream"),
  PUT("KV", "Put"),
  DELETE_RANGE("KV", "DeleteRange"),
  TXN("KV", "Txn"),
  COMPACT("KV", "Compact"),
  /// The making of a watcher that is to be told of the past; the stream itself is not queued.
  WATCH("Watch", "Watch"),
  LEASE_GRANT("Lease", "LeaseGrant"),
  LEASE_REVOKE("Lease", "LeaseRevoke"),
  LEASE_TIME_TO_LIVE("Lease", "LeaseTimeToLive"),
  LEASE_LEASES("Lease", "LeaseLeases");

  private final String path;
  private final String label;

  QueuedMethod(String service, String label) {
    this.path = "/etcdserverpb.%s/%s".formatted(service, label);
    this.label = label;
  }

  /// The path of its calls.
  public String path() {
    return path;
  }

  /// Its name in a plan: as etcd's API has it.
  public String label() {
    return label;
  }

  /// Whether its requests name keys.
  public boolean hasKeys() {
    return switch (this) {
      case RANGE, RANGE_STREAM, PUT, DELETE_RANGE, TXN, WATCH -> true;
      case COMPACT, LEASE_GRANT, LEASE_REVOKE, LEASE_TIME_TO_LIVE, LEASE_LEASES -> false;
    };
  }
}
