package dev.pintle.server;

import dev.pintle.kube.format.Addresses;
import dev.pintle.server.config.Advertising;
import dev.pintle.server.config.Advertising.EndpointReconciler;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The address that the rest of a cluster is told.
///
/// @param text empty for none: nobody else reaches a server that listens on loopback, unless an address is given by which somebody does
/// @param written whether the Endpoints of the service `kubernetes` name it
record AdvertisedAddress(String text, boolean written) {
  private static final AdvertisedAddress NONE = new AdvertisedAddress("", false);

  /// @param at where the Kubernetes API listens
  /// @throws StartException in kube-apiserver's words when it is none that can be told
  static AdvertisedAddress of(ServerConfig config, Endpoint at) throws StartException {
    Advertising advertising = config.advertising();
    boolean written = advertising.reconciler() == EndpointReconciler.LEASE;
    if (advertising.isGiven()) {
      return new AdvertisedAddress(advertising.address(), written);
    }
    InetAddress bound = at.address().getAddress();
    if (!written || bound == null || bound.isLoopbackAddress()) {
      return NONE;
    }
    String text = text(bound.isAnyLocalAddress() ? ofHost(bound) : bound);
    try {
      Advertising.require(text, config.serviceRanges());
    } catch (IllegalArgumentException bad) {
      throw refusal(bad.getMessage());
    }
    return new AdvertisedAddress(text, true);
  }

  private static String text(InetAddress address) {
    return Addresses.text(Addresses.unmapped(address.getAddress()));
  }

  private static InetAddress ofHost(InetAddress any) throws StartException {
    try {
      return HostInterface.address(any instanceof Inet6Address)
          .orElseThrow(() -> unsuitable("no interface of a default route has a global address"));
    } catch (IOException unreadable) {
      throw unsuitable(unreadable.getMessage());
    }
  }

  private static StartException unsuitable(@Nullable String why) {
    return refusal(
        "Unable to find suitable network address.error='%s'. Try to set the AdvertiseAddress directly or provide a valid BindAddress to fix this (expected: --advertise-address ADDRESS, or --endpoint-reconciler-type none)"
            .formatted(why));
  }

  private static StartException refusal(@Nullable String what) {
    return new StartException(ExitCode.USAGE, "%s; see ./pintle up --help".formatted(what));
  }
}
