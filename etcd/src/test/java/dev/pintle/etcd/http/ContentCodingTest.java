package dev.pintle.etcd.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {
  /// A head with one header.
  private record Head(String acceptEncoding) implements RequestHead {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String target() {
      return "/metrics";
    }

    @Override
    public String path() {
      return target();
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public Optional<String> header(String name) {
      return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
      return name.equals("accept-encoding") ? List.of(acceptEncoding) : List.of();
    }

    @Override
    public List<String> headerNames(String prefix) {
      return List.of();
    }

    @Override
    public String protocol() {
      return "HTTP/1.1";
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, true",
    "'GZIP;q=0.5, br', true",
    "'gzip, identity', false",
    "'gzip;q=0', false",
    "'identity;q=0.1, gzip', true",
    "'*', false",
    "'gzip;q=x', false",
    "'', false",
    "deflate, false"
  })
  void whatIsWantedMoreIsSent(String accepted, boolean gzip) {
    assertThat(ContentCoding.isGzipWanted(new Head(accepted))).isEqualTo(gzip);
  }

  @Test
  void packedIsTheSameUnpacked() throws IOException {
    byte[] content = "figures\n".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] packed = ContentCoding.gzip(content);
    assertThat(packed).hasSizeLessThan(1_000);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }
}
