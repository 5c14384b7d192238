package dev.pintle.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @Test
  void addressesOfBothVersionsAreReadAndPrinted() {
    assertThat(Endpoint.parse("127.0.0.1:2379").url("http")).isEqualTo("http://127.0.0.1:2379");
    assertThat(Endpoint.parse("[::1]:0").withPort(5).url("https")).isEqualTo("https://[::1]:5");
    assertThat(Endpoint.parse("[::1]:0")).hasToString("[::1]:0");
  }

  @Test
  void everyAddressIsReachedByLoopback() {
    assertThat(Endpoint.parse("0.0.0.0:1").url("http")).isEqualTo("http://127.0.0.1:1");
    assertThat(Endpoint.parse("[::]:1").url("http")).isEqualTo("http://[::1]:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":1", "host", "host:", "host:x", "host:65536", "::1:5", "host:-1"})
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: HOST:PORT");
  }
}
