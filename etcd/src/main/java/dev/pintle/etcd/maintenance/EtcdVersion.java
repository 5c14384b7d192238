package dev.pintle.etcd.maintenance;

/// The release of etcd whose API this surface speaks; clients decide by it what they may ask for.
public final class EtcdVersion {
  public static final String SERVER = "3.7.3";
  public static final String CLUSTER = "3.7.0";
  public static final String STORAGE = "3.7.0";

  private EtcdVersion() {}
}
