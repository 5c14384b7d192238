package dev.pintle.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchOriginTest {
  @ParameterizedTest
  @CsvSource({
    "http://x, true, false",
    "https://Server:6443, true, true",
    "'https://server:6443', true, true",
    "https://server, true, false",
    "https://evil.example, true, false",
    "/x, true, false",
    "*, true, false",
    "http:, true, false",
    "http:x, true, false",
    "http://user@server:6443, true, true",
    "'', false, false",
    "null, false, false",
    "x, false, false",
    "'%zz', false, false",
    "'http://a b', false, false",
    "http://a:x, false, false",
    "http://x#f, false, false",
    "1http://x, false, false"
  })
  void aTokenIsTakenForAnyPageAndACertificateForTheServersOwn(
      String origin, boolean byToken, boolean byCertificate) {
    assertThat(WatchOrigin.isRight(origin, "server:6443", false)).isEqualTo(byToken);
    assertThat(WatchOrigin.isRight(origin, "server:6443", true)).isEqualTo(byCertificate);
  }
}
