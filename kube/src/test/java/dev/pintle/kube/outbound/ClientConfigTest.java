package dev.pintle.kube.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClientConfigTest {
  @Test
  void aUrlIsTakenApart() throws OutboundException {
    assertThat(new ClientConfig("https://[::1]:8443/a b", null, Bytes.EMPTY).location())
        .isEqualTo(new ClientConfig.Location("[::1]:8443", "::1", 8443, "/a%20b"));
    assertThat(new ClientConfig("https://x.example.com", null, Bytes.EMPTY).location())
        .isEqualTo(new ClientConfig.Location("x.example.com", "x.example.com", 443, "/"));
    for (String bad :
        List.of("", "http://x", "https://", "https://x:99999", "https://a\r\nb/", "https://u@h/")) {
      assertThatThrownBy(() -> new ClientConfig(bad, null, Bytes.EMPTY).location())
          .isInstanceOf(OutboundException.class);
    }
  }
}
