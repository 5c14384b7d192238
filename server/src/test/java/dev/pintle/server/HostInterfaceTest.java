package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostInterfaceTest {
  private static final String ANY = "0".repeat(32);

  @Test
  void theInterfacesOfDefaultRoutesAreFound() {
    assertThat(
            HostInterface.ofRoutesV4(
                List.of(
                    "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT   ",
                    "eth1\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
                    "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
                    "")))
        .containsExactly("eth0");
  }

  @Test
  void aRouteWithoutAGatewayLeadsNowhere() {
    String gateway = "fd000000000000000000000000000001";
    assertThat(
            HostInterface.ofRoutesV6(
                List.of(
                    route(ANY, ANY, "lo"),
                    route("fd" + "0".repeat(30), gateway, "eth1"),
                    route(ANY, gateway, "eth0"))))
        .containsExactly("eth0");
  }

  private static String route(String destination, String gateway, String name) {
    return "%s 00 %s 00 %s 00000400 00000002 00000000 00000003     %s"
        .formatted(destination, ANY, gateway, name);
  }
}
