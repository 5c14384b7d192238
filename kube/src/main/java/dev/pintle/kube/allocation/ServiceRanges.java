package dev.pintle.kube.allocation;

import java.util.List;

/// The ranges of cluster IPs and node ports.
///
/// @param networks the networks of the ServiceCIDR `kubernetes`: one, or one of each family; the first is of the family that services
///     have that name none
/// @param firstNodePort the least node port
/// @param lastNodePort the greatest
public record ServiceRanges(List<String> networks, int firstNodePort, int lastNodePort) {
  /// What the real API server is usually started with in tests.
  public static final ServiceRanges DEFAULT =
      new ServiceRanges(List.of("10.0.0.0/24"), 30_000, 32_767);

  private static final int ASKED_PORTS_MIN = 16;
  private static final int ASKED_PORTS_MAX = 128;
  private static final int PORT_MAX = 65_535;
  private static final int ADDRESSES_MIN = 8;

  public ServiceRanges {
    networks = networks.stream().map(cidr -> required(cidr).cidr()).toList();
    if (networks.isEmpty()) {
      throw new IllegalArgumentException(
          "--service-cluster-ip-range must contain at least one valid cidr");
    }
    if (networks.size() > 2) {
      throw new IllegalArgumentException(
          "--service-cluster-ip-range must not contain more than two entries");
    }
    if (families(networks).stream().distinct().count() < networks.size()) {
      throw new IllegalArgumentException(
          "--service-cluster-ip-range[0] and --service-cluster-ip-range[1] must be of different IP family");
    }
    if (!required(networks.getFirst()).hasAtLeast(ADDRESSES_MIN)) {
      throw new IllegalArgumentException(
          "the service cluster IP range must be at least %d IP addresses".formatted(ADDRESSES_MIN));
    }
    if (firstNodePort < 1 || lastNodePort < firstNodePort || lastNodePort > PORT_MAX) {
      throw new IllegalArgumentException(
          "services.node-ports: %d-%d (expected: within 1-65535)"
              .formatted(firstNodePort, lastNodePort));
    }
  }

  private static ServiceNetwork required(String cidr) {
    ServiceNetwork network = ServiceNetwork.parse(cidr);
    if (network == null) {
      throw new IllegalArgumentException(
          "--service-cluster-ip-range: %s (expected: such as 10.0.0.0/24, or fd00::/112 with a prefix of at least 64)"
              .formatted(cidr));
    }
    return network;
  }

  private static List<String> families(List<String> networks) {
    return networks.stream().map(cidr -> required(cidr).family()).toList();
  }

  /// As kube-apiserver's flag has it: one network, or two with a comma between them.
  ///
  /// @throws IllegalArgumentException for anything else
  public ServiceRanges withNetworks(String clusterIpRange) {
    return new ServiceRanges(List.of(clusterIpRange.split(",", -1)), firstNodePort, lastNodePort);
  }

  /// The address of the service by which pods find this server.
  public String firstAddress() {
    return required(networks.getFirst()).at(1).toString();
  }

  /// The families of addresses that services can have, as `ipFamilies` names them; the usual one first.
  List<String> families() {
    return families(networks);
  }

  List<ServiceNetwork> serviceNetworks() {
    return networks.stream().map(ServiceRanges::required).toList();
  }

  Range nodePorts() {
    int size = lastNodePort - firstNodePort + 1;
    int asked = Math.clamp(size / 32, ASKED_PORTS_MIN, ASKED_PORTS_MAX);
    return new Range(firstNodePort, lastNodePort, Math.min(asked, size - 1));
  }
}
