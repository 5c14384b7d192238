package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.FixedHeaders;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
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
  void headersThatManyAnswersHaveAlikeAreSentBesideTheOthers(Version version) throws Exception {
    FixedHeaders level = new FixedHeaders(new ResponseHeaders().add("x-level", "one"));
    FixedHeaders flow =
        new FixedHeaders(new ResponseHeaders().add("x-flow", "two").add("x-name", "three"));
    HttpHandler http =
        exchange -> {
          exchange.addHeaders(level);
          exchange.addHeader("x-own", "four");
          exchange.addHeaders(flow);
          exchange.respond(200, ResponseHeaders.of("text/plain"), Unpooled.EMPTY_BUFFER);
        };
    try (WireFixture wire = WireFixture.serving(http);
        HttpClient client = HttpClient.newBuilder().version(version).build()) {
      for (int i = 0; i < 3; i++) {
        Map<String, List<String>> told =
            client
                .send(
                    HttpRequest.newBuilder(URI.create(wire.url("/"))).build(),
                    BodyHandlers.discarding())
                .headers()
                .map();
        assertThat(told)
            .containsEntry("content-type", List.of("text/plain"))
            .containsEntry("x-level", List.of("one"))
            .containsEntry("x-own", List.of("four"))
            .containsEntry("x-flow", List.of("two"))
            .containsEntry("x-name", List.of("three"));
      }
    }
  }

  @Test
  void exchangesOfBothVersionsAndCallsOfOneAddressAreOneClients() throws Exception {
    BlockingQueue<Object> clients = new LinkedBlockingQueue<>();
    GrpcService.Unary call =
        (request, message) -> {
          clients.add(request.client());
          request.reply(message.retain());
        };
    HttpHandler http =
        exchange -> {
          clients.add(exchange.client());
          exchange.respond(200, ResponseHeaders.of("text/plain"), Unpooled.EMPTY_BUFFER);
        };
    try (WireFixture wire =
            WireFixture.with(config ->
                new ListenerConfig(
                    config.address(),
                    config.security(),
                    http,
                    EchoService.with(Map.of("/a.B/C", call)),
                    config.limits(),
                    config.limiter()));
        RawHttp2 calls = new RawHttp2(wire.port());
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
      client.send(
          HttpRequest.newBuilder(URI.create(wire.url("/"))).build(), BodyHandlers.discarding());
      calls.headers(1, RawHttp2.get("/"), true);
      calls.headers(3, RawHttp2.grpc("/a.B/C"), false);
      calls.data(3, RawHttp2.message(new byte[1]), true);
      Object first = clients.take();

      assertThat(clients.take()).isSameAs(first);
      assertThat(clients.take()).isSameAs(first);
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
