package dev.pintle.kube.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueFormatsTest {
  @ParameterizedTest
  @CsvSource({
    "date-time, 2024-05-06T07:08:09Z, 2024-05-06 07:08:09Z",
    "date, 2024-02-29, 2023-02-29",
    "duration, 1h30m, soon",
    "duration, 3 days, days",
    "uuid, 123E4567-e89b-12d3-a456-426614174000, 123",
    "uuid4, 123e4567-e89b-42d3-a456-426614174000, 123e4567-e89b-12d3-a456-426614174000",
    "ipv4, 010.1.2.3, ::1",
    "ipv6, ::1, 1.2.3.4",
    "cidr, 10.0.0.0/8, 10.0.0.0/33",
    "mac, 00:11:22:33:44:55, 00:11:22",
    "hostname, a.example.com, -a",
    "email, a@b.c, a",
    "uri, https://x/y, x y",
    "byte, YWI=, YW=",
    "hexcolor, #fff, #ffff",
    "isbn13, 978-0321751041, 978-0321751042",
    "creditcard, 4111111111111111, 4111111111111112",
    "k8s-short-name, a-b, A"
  })
  void textsFitTheirFormatOrNot(String format, String fitting, String other) {
    assertThat(ValueFormats.accepts(format, fitting)).as(fitting).isTrue();
    assertThat(ValueFormats.accepts(format, other)).as(other).isFalse();
  }
}
