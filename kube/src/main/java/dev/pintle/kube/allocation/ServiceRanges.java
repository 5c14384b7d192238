package dev.pintle.kube.allocation;

/// The ranges that services get their addresses and node ports from.
///
/// @param network the network of the ServiceCIDR `kubernetes`
/// @param firstNodePort the least node port
/// @param lastNodePort the greatest
public record ServiceRanges(String network, int firstNodePort, int lastNodePort) {
  /// What the real API server is usually started with in tests.
  public static final ServiceRanges DEFAULT = new ServiceRanges("10.0.0.0/24", 30_000, 32_767);

  private static final int ASKED_PORTS_MIN = 16;
  private static final int ASKED_PORTS_MAX = 128;
  private static final int PORT_MAX = 65_535;

  public ServiceRanges {
    if (!ServiceNetwork.isOne(network)) {
      throw new IllegalArgumentException(
          "services.network: %s (expected: such as 10.0.0.0/24)".formatted(network));
    }
    if (firstNodePort < 1 || lastNodePort < firstNodePort || lastNodePort > PORT_MAX) {
      throw new IllegalArgumentException(
          "services.node-ports: %d-%d (expected: within 1-65535)"
              .formatted(firstNodePort, lastNodePort));
    }
  }

  Range nodePorts() {
    int size = lastNodePort - firstNodePort + 1;
    int asked = Math.clamp(size / 32, ASKED_PORTS_MIN, ASKED_PORTS_MAX);
    return new Range(firstNodePort, lastNodePort, Math.min(asked, size - 1));
  }
}
