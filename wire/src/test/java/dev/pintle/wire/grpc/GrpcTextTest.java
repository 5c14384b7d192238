package dev.pintle.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTextTest {
  @ParameterizedTest
  @CsvSource({
    "1n, 1",
    "20u, 20000",
    "300m, 300000000",
    "4S, 4000000000",
    "5M, 300000000000",
    "6H, 21600000000000",
    "99999999H, 9223372036854775807"
  })
  void aTimeoutIsANumberAndAUnit(String text, long nanos) {
    assertThat(GrpcTimeout.parseNanos(text)).hasValue(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S", "1", "1s", "-1S", "123456789S", "1.5S"})
  void whatIsNoTimeoutIsRefused(String text) {
    assertThat(GrpcTimeout.parseNanos(text)).isEmpty();
  }

  @Test
  void aPlainMessageStaysAsItIs() {
    String plain = "etcdserver: mvcc: required revision has been compacted";
    assertThat(StatusText.percentEncoded(plain)).isSameAs(plain);
  }

  @Test
  void everythingElseIsPercentEncoded() {
    assertThat(StatusText.percentEncoded("50% of ü\n\u0000")).isEqualTo("50%25 of %C3%BC%0A%00");
  }
}
