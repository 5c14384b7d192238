package dev.pintle.etcd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlPathTest {
  @ParameterizedTest
  @CsvSource({
    "/v3/kv/put, /v3/kv/put",
    "//v3//kv/put, /v3/kv/put",
    "/v3/./kv/../kv/put/, /v3/kv/put/",
    "/../.., /",
    "//, /",
    "/.hidden, /.hidden"
  })
  void detoursAreLeftOut(String path, String clean) {
    assertThat(UrlPath.clean(path)).isEqualTo(clean);
  }

  @ParameterizedTest
  @CsvSource({"/a%2Fb, /a/b", "/%c3%a9, /\u00e9", "/100%, /100%", "/%4, /%4", "/%zz, /%zz"})
  void whatIsPercentEncodedIsDecoded(String path, String decoded) {
    assertThat(UrlPath.decoded(path)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @CsvSource({"/a b, /a%20b", "/\u00e9, /%C3%A9", "/a%b, /a%25b", "/<x>, /%3Cx%3E"})
  void whatAUrlCannotHoldIsEncoded(String path, String encoded) {
    assertThat(UrlPath.encoded(path)).isEqualTo(encoded);
  }
}
