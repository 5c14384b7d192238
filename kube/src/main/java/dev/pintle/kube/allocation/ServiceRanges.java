package dev.pintle.kube.allocation;

/// Where services get their addresses and node ports from.
///
/// @param network the first address and the length of its prefix, `10.0.0.0/24`
/// @param firstNodePort the least node port
/// @param lastNodePort the greatest
public record ServiceRanges(String network, int firstNodePort, int lastNodePort) {
  /// What the real API server is usually started with in tests.
  public static final ServiceRanges DEFAULT = new ServiceRanges("10.0.0.0/24", 30_000, 32_767);

  private static final int ASKED_ADDRESSES_MIN = 16;
  private static final int ASKED_ADDRESSES_MAX = 256;
  private static final int ASKED_PORTS_MIN = 16;
  private static final int ASKED_PORTS_MAX = 128;
  private static final int ADDRESS_BITS = 32;

  public ServiceRanges {
    if (prefix(network) < 0) {
      throw new IllegalArgumentException(
          "services.network: %s (expected: such as 10.0.0.0/24)".formatted(network));
    }
    if (firstNodePort < 1 || lastNodePort < firstNodePort || lastNodePort > 65_535) {
      throw new IllegalArgumentException(
          "services.node-ports: %d-%d (expected: within 1-65535)"
              .formatted(firstNodePort, lastNodePort));
    }
  }

  private static int prefix(String network) {
    int slash = network.indexOf('/');
    boolean valid = slash > 0 && Ipv4Addresses.parse(network.substring(0, slash)) >= 0;
    return valid ? Integer.parseInt(network.substring(slash + 1)) : -1;
  }

  boolean isInNetwork(long address) {
    long base = Ipv4Addresses.parse(network.substring(0, network.indexOf('/')));
    return address >= base && address < base + (1L << (ADDRESS_BITS - prefix(network)));
  }

  /// Without the first address, which names the network, and the last one, which all hosts listen to.
  Range addresses() {
    long base = Ipv4Addresses.parse(network.substring(0, network.indexOf('/')));
    long size = 1L << (ADDRESS_BITS - prefix(network));
    long asked = Math.clamp(size / 16, ASKED_ADDRESSES_MIN, ASKED_ADDRESSES_MAX);
    return new Range(base + 1, base + size - 2, (int) Math.min(asked - 1, size - 3));
  }

  Range nodePorts() {
    int size = lastNodePort - firstNodePort + 1;
    int asked = Math.clamp(size / 32, ASKED_PORTS_MIN, ASKED_PORTS_MAX);
    return new Range(firstNodePort, lastNodePort, Math.min(asked, size - 1));
  }
}
