package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.wire.GrpcService;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.tls.Security;
import dev.pintle.wire.tls.TlsConfig;
import dev.pintle.wire.tls.TlsConfig.ClientAuth;
import dev.pintle.wire.tls.TlsConfig.Engine;
import dev.pintle.wire.tls.TlsIdentity;
import dev.pintle.wire.tls.TlsTerms;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TlsTest {
  private static final Authority SERVERS = new Authority("servers");
  private static final Authority CLIENTS = new Authority("clients");
  private static final Authority STRANGERS = new Authority("strangers");
  private static final TlsIdentity SERVER = SERVERS.identity("server");

  /// Who the client is, as the handler sees it.
  private static final HttpHandler WHO =
      exchange -> {
        String who =
            exchange
                .clientCertificate()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .orElse(exchange.clientCertificateRefused() ? "refused" : "nobody");
        exchange.respond(
            200,
            ResponseHeaders.of("text/plain"),
            ByteBufUtil.writeUtf8(exchange.allocator(), who));
      };

  private static WireFixture serving(HttpHandler handler, TlsTerms terms) {
    return WireFixture.with(config ->
        new ListenerConfig(
            config.address(),
            new Security.Tls(terms),
            handler,
            EchoService.alone(),
            config.limits(),
            config.limiter()));
  }

  private static TlsTerms terms(ClientAuth auth, Engine engine) throws GeneralSecurityException {
    return new TlsTerms(
        TlsConfig.of(SERVER).withClients(auth, List.of(CLIENTS.certificate())).withEngine(engine));
  }

  private static HttpClient client(SSLContext context, Version version) {
    return HttpClient.newBuilder().sslContext(context).version(version).build();
  }

  private static String get(WireFixture wire, HttpClient client)
      throws IOException, InterruptedException {
    URI uri = URI.create("https://localhost:" + wire.port() + "/");
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  static Stream<Arguments> everyEngineVersionAndProtocol() {
    return Stream.of(Engine.values())
        .flatMap(engine ->
            Stream.of(Version.values())
                .flatMap(version ->
                    Stream.of("TLSv1.2", "TLSv1.3")
                        .map(tls -> Arguments.of(engine, version, tls))));
  }

  @ParameterizedTest
  @MethodSource("everyEngineVersionAndProtocol")
  void aLargeBodyGoesInAndOut(Engine engine, Version version, String tls) throws Exception {
    byte[] body = new byte[2_000_000];
    new SplittableRandom(1).nextBytes(body);
    SSLParameters only = new SSLParameters();
    only.setProtocols(new String[] {tls});
    try (WireFixture wire = serving(WireFixture.MIRROR, terms(ClientAuth.NONE, engine));
        HttpClient client =
            HttpClient.newBuilder()
                .sslContext(SERVERS.clientContext())
                .version(version)
                .sslParameters(only)
                .build()) {
      URI uri = URI.create("https://localhost:" + wire.port() + "/");
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body)).build(),
              BodyHandlers.ofByteArray());
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(tls);
      assertThat(answer.body()).isEqualTo(body);
    }
  }

  /// Of a body in chunks nobody knows how much is to come.
  static Stream<Arguments> everyEngineAndKindOfBody() {
    byte[] body = new byte[400_000];
    return Stream.of(Engine.values())
        .flatMap(engine ->
            Stream.of(
                Arguments.of(engine, BodyPublishers.ofByteArray(body)),
                Arguments.of(
                    engine, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))));
  }

  /// More of the body is to come than is read for nobody, so the connection ends: the client is told so, and reads the answer first.
  @ParameterizedTest
  @MethodSource("everyEngineAndKindOfBody")
  void anAnswerBeforeTheBodyIsNotLostAndNoRequestFollowsItInVain(Engine engine, BodyPublisher body)
      throws Exception {
    try (WireFixture wire = serving(WHO, terms(ClientAuth.NONE, engine));
        HttpClient client = client(SERVERS.clientContext(), Version.HTTP_1_1)) {
      URI uri = URI.create("https://localhost:" + wire.port() + "/");
      HttpRequest put = HttpRequest.newBuilder(uri).PUT(body).build();
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> answer = client.send(put, BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("nobody");
        assertThat(answer.headers().firstValue("connection")).hasValue("close");
      }
    }
  }

  /// The handshake has chosen the protocol.
  @Test
  void anUpgradeInsideTlsIsPassedOver() throws Exception {
    String request =
        """
        GET /a HTTP/1.1
        Host: x
        Connection: Upgrade, HTTP2-Settings, close
        Upgrade: h2c
        HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA

        """
            .replace("\n", "\r\n");
    try (WireFixture wire = serving(WireFixture.HELLO, terms(ClientAuth.NONE, Engine.JDK));
        Socket socket =
            SERVERS.clientContext().getSocketFactory().createSocket("localhost", wire.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("HTTP/1.1 GET /a");
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aRequestedCertificateIsBelievedOnlyFromItsAuthority(Engine engine) throws Exception {
    try (WireFixture wire = serving(WHO, terms(ClientAuth.REQUEST, engine));
        HttpClient none = client(SERVERS.clientContext(), Version.HTTP_2);
        HttpClient known =
            client(SERVERS.clientContext(CLIENTS.identity("alice")), Version.HTTP_2);
        HttpClient stranger =
            client(SERVERS.clientContext(STRANGERS.identity("mallory")), Version.HTTP_1_1)) {
      assertThat(get(wire, none)).isEqualTo("nobody");
      assertThat(get(wire, known)).isEqualTo("CN=alice");
      // The JDK's client does not show a certificate that no listed authority signed.
      assertThat(get(wire, stranger)).isIn("refused", "nobody");
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void withoutARequiredCertificateThereIsNoConnection(Engine engine) throws Exception {
    try (WireFixture wire = serving(WHO, terms(ClientAuth.REQUIRE, engine));
        HttpClient none = client(SERVERS.clientContext(), Version.HTTP_1_1);
        HttpClient known =
            client(SERVERS.clientContext(CLIENTS.identity("alice")), Version.HTTP_1_1)) {
      assertThat(get(wire, known)).isEqualTo("CN=alice");
      assertThatThrownBy(() -> get(wire, none)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aStrangersCertificateIsSeenToBeRefused() throws Exception {
    TlsIdentity mallory = STRANGERS.identity("mallory");
    try (WireFixture wire = serving(WHO, terms(ClientAuth.REQUEST, Engine.JDK));
        HttpClient client =
            client(SERVERS.clientContextThatAlwaysShows(mallory), Version.HTTP_1_1)) {
      assertThat(get(wire, client)).isEqualTo("refused");
    }
  }

  @Test
  void aGrpcCallKnowsItsClient() throws Exception {
    TlsIdentity alice = CLIENTS.identity("alice");
    GrpcService who =
        EchoService.with(
            Map.of(
                "/test.Who/Am",
                (GrpcService.Unary)
                    (call, message) ->
                        call.reply(
                            ByteBufUtil.writeUtf8(
                                call.allocator(),
                                call.clientCertificate()
                                    .orElseThrow()
                                    .getSubjectX500Principal()
                                    .getName()))));
    TlsTerms terms = terms(ClientAuth.REQUEST, Engine.JDK);
    NettyChannelBuilder builder;
    try (WireFixture wire =
        WireFixture.with(c -> c.withSecurity(new Security.Tls(terms)).withGrpc(who))) {
      builder =
          NettyChannelBuilder.forAddress("localhost", wire.port())
              .sslContext(
                  GrpcSslContexts.forClient()
                      .trustManager(SERVERS.certificate())
                      .keyManager(alice.key(), alice.chain().toArray(new X509Certificate[0]))
                      .build());
      try (GrpcClient client = new GrpcClient(builder)) {
        assertThat(client.call("/test.Who/Am", "")).isEqualTo("CN=alice");
      }
    }
  }

  @Test
  void aClientThatForgotTlsIsTold() throws Exception {
    try (WireFixture wire = serving(WHO, terms(ClientAuth.NONE, Engine.JDK));
        RawClient client = new RawClient(wire.port())) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readTextToEnd())
          .isEqualTo(
              "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
    }
  }

  @Test
  void aRenewedCertificateIsShownToNewConnections() throws Exception {
    TlsTerms terms = terms(ClientAuth.NONE, Engine.JDK);
    try (WireFixture wire = serving(WHO, terms);
        HttpClient before = client(SERVERS.clientContext(), Version.HTTP_2);
        HttpClient after = client(SERVERS.clientContext(), Version.HTTP_2)) {
      assertThat(shownTo(before, wire)).isEqualTo("CN=server");
      terms.renew(terms.config().withIdentity(SERVERS.identity("renewed")));
      assertThat(shownTo(before, wire)).isEqualTo("CN=server");
      assertThat(shownTo(after, wire)).isEqualTo("CN=renewed");
    }
  }

  private static String shownTo(HttpClient client, WireFixture wire) throws Exception {
    URI uri = URI.create("https://localhost:" + wire.port() + "/");
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    X509Certificate shown =
        (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }
}
