package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The JDK's client; it comes to HTTP/2 by `Upgrade: h2c`.
class HttpTest {
  @ParameterizedTest
  @EnumSource(Version.class)
  void aRequestIsAnsweredOverEitherVersion(Version version) throws Exception {
    try (WireFixture wire = WireFixture.serving(WireFixture.HELLO);
        HttpClient client = HttpClient.newBuilder().version(version).build()) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(wire.url("/a?b=c"))).build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.body())
            .isEqualTo((version == Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1") + " GET /a?b=c");
        assertThat(answer.headers().firstValue("date")).isPresent();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aLargeBodyGoesInAndOut(Version version) throws Exception {
    byte[] body = new byte[5_000_000];
    new SplittableRandom(1).nextBytes(body);
    try (WireFixture wire = WireFixture.serving(WireFixture.MIRROR);
        HttpClient client = HttpClient.newBuilder().version(version).build()) {
      for (int i = 0; i < 3; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(wire.url("/")))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(body);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aBodyOverTheLimitIsAnswered413(Version version) throws Exception {
    try (WireFixture wire = WireFixture.serving(WireFixture.MIRROR);
        HttpClient client = HttpClient.newBuilder().version(version).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(wire.url("/")))
              .POST(BodyPublishers.ofByteArray(new byte[(8 << 20) + 1]))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }
  }
}
