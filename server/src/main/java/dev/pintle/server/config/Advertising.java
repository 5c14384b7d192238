package dev.pintle.server.config;

import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.validation.EndpointAddresses;
import java.util.List;

/// The choice of how the rest of a cluster learns where the Kubernetes API is.
///
/// @param address as it is given; empty for the one that is listened on
/// @param reconciler who keeps the Endpoints of the service `kubernetes`
public record Advertising(String address, EndpointReconciler reconciler) {
  public static final Advertising DEFAULT = new Advertising("", EndpointReconciler.LEASE);

  private static final String V4_ANY = "0.0.0.0";
  private static final String V6_ANY = "::";

  /// A keeper of the Endpoints of the service `kubernetes`.
  public enum EndpointReconciler {
    /// Names the servers that renew their lease.
    LEASE("lease"),
    /// Writes nothing.
    NONE("none");

    private final String flag;

    EndpointReconciler(String flag) {
      this.flag = flag;
    }

    /// As kube-apiserver's flag names it.
    public String flag() {
      return flag;
    }
  }

  /// @throws IllegalArgumentException in kube-apiserver's words for what is no address
  public static Advertising of(String address, String reconciler) {
    String trimmed = address.strip();
    byte[] bytes = Addresses.parse(trimmed);
    if (bytes == null && !trimmed.isEmpty()) {
      throw new IllegalArgumentException(
          "invalid argument \"%s\" for \"--advertise-address\" flag: failed to parse IP: \"%s\""
              .formatted(address, address));
    }
    return new Advertising(bytes == null ? "" : Addresses.text(bytes), reconciler(reconciler));
  }

  private static EndpointReconciler reconciler(String name) {
    for (EndpointReconciler each : EndpointReconciler.values()) {
      if (each.flag().equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "Reconciler not implemented: %s (expected: --endpoint-reconciler-type lease or none)"
            .formatted(name));
  }

  /// Whether an address is given that stands for one alone.
  public boolean isGiven() {
    return !address.isEmpty() && !address.equals(V4_ANY) && !address.equals(V6_ANY);
  }

  /// Requires that an address can be told to a cluster with these networks of services.
  ///
  /// @throws IllegalArgumentException in kube-apiserver's words when it cannot
  public static void require(String address, ServiceRanges ranges) {
    String network = ranges.networks().getFirst();
    if (Addresses.isV6(address) != network.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "service IP family \"%s\" must match public address family \"%s\" (expected: --advertise-address of that family, or --endpoint-reconciler-type none)"
              .formatted(network, address));
    }
    List<String> complaints = EndpointAddresses.complaints(address);
    if (!complaints.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot use public IP %s with endpoint reconciler: <nil>: Invalid value: \"%s\": %s"
              .formatted(address, address, complaints.getFirst()));
    }
  }
}
