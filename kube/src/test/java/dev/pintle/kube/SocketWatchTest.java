package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.WebSocketTerms;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Watches over WebSocket.
final class SocketWatchTest {
  private static final String WATCH = MAPS + "?watch=1";
  private static final String BEARER = "base64url.bearer.authorization.k8s.io.";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private static Map<String, String> handshake() {
    return new HashMap<>(
        Map.of(
            "connection", "Upgrade",
            "upgrade", "websocket",
            "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==",
            "sec-websocket-version", "13",
            "origin", "http://x"));
  }

  private FakeExchange ask(String target, Map<String, String> headers) {
    return api.start("GET", target, new byte[0], headers);
  }

  private FakeExchange watch(String target, String accept) {
    Map<String, String> headers = handshake();
    headers.put("accept", accept);
    return ask(target, headers);
  }

  @Test
  void everyEventIsAMessage() throws InterruptedException {
    api.map("a", "{}");
    api.map("b", "{}");
    FakeExchange watch = watch(WATCH, Api.JSON);
    watch.await("\"name\":\"b\"");
    api.delete(MAPS + "/a");
    api.delete(MAPS + "/b");
    watch.await(
        "\"type\":\"DELETED\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"b\"");
    assertThat(watch.status()).isEqualTo(101);
    assertThat(watch.terms())
        .isEqualTo(new WebSocketTerms("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "", true));
    assertThat(watch.pieces())
        .hasSize(4)
        .allSatisfy(piece ->
            assertThat(new String(piece, StandardCharsets.UTF_8))
                .startsWith("{\"type\":")
                .endsWith("}}\n"));
  }

  @Test
  void whatIsNoTextIsSentAsBytesWithoutTheLengthThatMessagesHave() throws InterruptedException {
    api.map("a", "{}");
    FakeExchange watch = watch(WATCH, "application/vnd.kubernetes.protobuf");
    watch.await("ADDED");
    assertThat(watch.terms())
        .isEqualTo(new WebSocketTerms("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "", false));
    assertThat(watch.pieces()).hasSize(1);
    assertThat(watch.pieces().getFirst()).startsWith(0x0a, 5, 'A', 'D', 'D', 'E', 'D', 0x12);
  }

  @Test
  void aWatchThatCannotGoOnIsToldSoAndEnds() throws InterruptedException {
    FakeExchange late =
        watch(
            WATCH
                + "&sendInitialEvents=true&allowWatchBookmarks=true"
                + "&resourceVersionMatch=NotOlderThan&resourceVersion=999999",
            Api.JSON);
    late.awaitEnd();
    assertThat(late.status()).isEqualTo(101);
    assertThat(late.text()).startsWith("{\"type\":\"ERROR\"");
    FakeExchange drained = watch(WATCH, Api.JSON);
    assertThat(drained.status()).isEqualTo(101);
    drained.drain();
    drained.awaitEnd();
  }

  @ParameterizedTest
  @CsvSource({
    "sec-websocket-version, 8, 400, missing or bad WebSocket Version",
    "sec-websocket-version, , 400, missing or bad WebSocket Version",
    "sec-websocket-key, , 400, mismatch challenge/response",
    "connection, 'keep-alive|Upgrade', 400, not websocket protocol",
    "origin, , 403, ''",
    "origin, null, 403, ''",
    "origin, %zz, 403, ''",
    "sec-websocket-protocol, 'foo, bar', 400, ''"
  })
  void aHandshakeThatIsNotCompleteIsRefused(String header, String value, int code, String text)
      throws InterruptedException {
    Map<String, String> headers = handshake();
    headers.remove(header);
    if (value != null) {
      headers.put(header, value.replace('|', '\n'));
    }
    FakeExchange answer = ask(WATCH, headers);
    assertThat(answer.status()).isEqualTo(code);
    assertThat(answer.text()).isEqualTo(text);
    assertThat(answer.isClosed()).isTrue();
    assertThat(answer.answerHeaders("sec-websocket-version"))
        .isEqualTo(header.endsWith("version") ? List.of("13") : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "connection, ",
    "connection, keep-alive",
    "upgrade, ",
    "upgrade, h2c",
  })
  void whoeverDoesNotAskForOneWatchesWithout(String header, String value)
      throws InterruptedException {
    Map<String, String> headers = handshake();
    headers.remove(header);
    if (value != null) {
      headers.put(header, value);
    }
    FakeExchange watch = ask(WATCH, headers);
    assertThat(watch.status()).isEqualTo(200);
    assertThat(watch.terms()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    MAPS + ", 200",
    "/api/v1/namespaces/default/configmaps/none, 404",
    "/api/v1/namespaces/default/nopes?watch=1, 404",
    "/api, 200",
    MAPS + "?watch=1&labelSelector=%21%21, 400"
  })
  void allElseIsAnsweredAsIfNobodyHadAsked(String target, int code) throws InterruptedException {
    FakeExchange answer = ask(target, handshake());
    assertThat(answer.status()).isEqualTo(code);
    assertThat(answer.terms()).isNull();
  }

  @Test
  void whatCannotBeStreamedIsRefusedBeforeTheHandshake() throws InterruptedException {
    assertThat(watch(WATCH, "application/yaml").status()).isEqualTo(406);
  }

  private static String token(String token) {
    return BEARER
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "'@secret, foo', 101, foo",
    "'foo ,@secret', 101, foo",
    "'@secret|foo', 101, foo",
    "'@secret, foo, bar', 400, ",
    "'@secret', 401, ",
    "'@secret, @secret, foo', 401, ",
    "'@wrong, foo', 401, ",
    "'base64url.bearer.authorization.k8s.io.!!, foo', 401, ",
    "'base64url.bearer.authorization.k8s.io.c2VjcmV0YQ==, foo', 401, ",
    "'base64url.bearer.authorization.k8s.io._w, foo', 401, ",
    "'base64url.bearer.authorization.k8s.io., foo', 403, ",
    "'foo', 403, "
  })
  void aTokenMayBeAmongTheProtocols(String protocols, int code, String spoken)
      throws InterruptedException {
    Map<String, String> headers = handshake();
    String written = protocols.replace("@secret", token(Api.TOKEN)).replace("@wrong", token("no"));
    headers.put("sec-websocket-protocol", written.replace('|', '\n'));
    FakeExchange answer = new FakeExchange("GET", WATCH, new byte[0], headers);
    api.handle(answer);
    assertThat(answer.status()).isEqualTo(code);
    assertThat(answer.terms())
        .isEqualTo(
            spoken == null
                ? null
                : new WebSocketTerms("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", spoken, true));
  }

  @Test
  void aTokenAmongTheProtocolsIsOneOfThemWhereAnotherWasTaken() throws InterruptedException {
    Map<String, String> headers = handshake();
    headers.put("sec-websocket-protocol", token(Api.TOKEN) + ", foo");
    assertThat(ask(WATCH, headers).status()).isEqualTo(400);
    headers.put("authorization", "Bearer wrong");
    assertThat(ask(WATCH, headers).status()).isEqualTo(101);
    headers.put("sec-websocket-protocol", "foo");
    assertThat(ask(WATCH, headers).status()).isEqualTo(401);
  }

  @Test
  void aTokenAmongTheProtocolsIsTakenForReadsOfOneObjectToo() throws InterruptedException {
    api.map("a", "{}");
    Map<String, String> headers = handshake();
    headers.put("sec-websocket-protocol", token(Api.TOKEN) + ", foo");
    FakeExchange answer = new FakeExchange("GET", MAPS + "/a", new byte[0], headers);
    api.handle(answer);
    assertThat(answer.status()).isEqualTo(200);
    headers.remove("upgrade");
    FakeExchange other = new FakeExchange("GET", MAPS + "/a", new byte[0], headers);
    api.handle(other);
    assertThat(other.status()).isEqualTo(403);
  }

  private String metrics() throws InterruptedException {
    FakeExchange metrics = ask("/metrics", Map.of());
    metrics.awaitEnd();
    return metrics.text();
  }

  @Test
  void theyAreCountedAsGosServerCountsThem() throws InterruptedException {
    FakeExchange watch = watch(WATCH, Api.JSON);
    assertThat(watch.status()).isEqualTo(101);
    assertThat(metrics().lines())
        .anyMatch(line ->
            line.startsWith("apiserver_longrunning_requests{")
                && line.contains("\"configmaps\"")
                && line.endsWith(" 1"));
    watch.abort();
    assertThat(metrics().lines())
        .anyMatch(line ->
            line.startsWith("apiserver_request_total{code=\"0\"")
                && line.contains("\"configmaps\"")
                && line.endsWith(" 1"));
  }
}
