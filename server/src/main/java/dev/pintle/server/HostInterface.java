package dev.pintle.server;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The interface by which this machine reaches others, chosen as kube-apiserver chooses it: the first default route's, or where the system
/// does not tell routes, the first with an address that others can use.
final class HostInterface {
  private static final Path ROUTES_V4 = Path.of("/proc/net/route");
  private static final Path ROUTES_V6 = Path.of("/proc/net/ipv6_route");
  private static final int V6_FIELDS = 10;
  private static final int V6_GATEWAY = 4;
  private static final int V6_INTERFACE = 9;
  private static final int V4_FIELDS = 3;
  private static final String V4_ANY = "0".repeat(8);
  private static final String V6_ANY = "0".repeat(32);

  private HostInterface() {}

  /// Its address.
  ///
  /// @param v6First which family is looked for first
  /// @return empty where there is none
  static Optional<InetAddress> address(boolean v6First) throws IOException {
    List<NetworkInterface> candidates = candidates();
    for (boolean v6 : v6First ? List.of(true, false) : List.of(false, true)) {
      for (NetworkInterface each : candidates) {
        for (InterfaceAddress own : each.getInterfaceAddresses()) {
          InetAddress address = own.getAddress();
          if (address instanceof Inet4Address != v6 && isGlobal(address)) {
            return Optional.of(address);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<NetworkInterface> candidates() throws IOException {
    List<NetworkInterface> candidates = new ArrayList<>();
    if (Files.exists(ROUTES_V4)) {
      List<String> names = new ArrayList<>(ofRoutesV4(Files.readAllLines(ROUTES_V4)));
      if (Files.exists(ROUTES_V6)) {
        names.addAll(ofRoutesV6(Files.readAllLines(ROUTES_V6)));
      }
      for (String name : names) {
        @Nullable NetworkInterface named = NetworkInterface.getByName(name);
        if (named != null && named.isUp()) {
          candidates.add(named);
        }
      }
    } else {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isUp() && !each.isLoopback() && !each.isPointToPoint()) {
          candidates.add(each);
        }
      }
    }
    return candidates;
  }

  /// The interfaces of default routes.
  static List<String> ofRoutesV4(List<String> lines) {
    return lines.stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields -> fields.length >= V4_FIELDS && fields[1].equals(V4_ANY))
        .map(fields -> fields[0])
        .toList();
  }

  /// The interfaces of default routes that have a gateway.
  static List<String> ofRoutesV6(List<String> lines) {
    return lines.stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields ->
            fields.length >= V6_FIELDS
                && fields[0].equals(V6_ANY)
                && !fields[V6_GATEWAY].equals(V6_ANY))
        .map(fields -> fields[V6_INTERFACE])
        .toList();
  }

  private static boolean isGlobal(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress();
  }
}
