package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of requests that lead on to a pod or a node before anybody is connected.
final class ConnectionsTest {
  private static final int UNSERVED = 501;
  private static final String POD = Api.PODS + "/p/";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @BeforeEach
  void podOnANode() throws InterruptedException {
    create("/api/v1/nodes", "{\"metadata\":{\"name\":\"n\"}}");
    merge(
        "/api/v1/nodes/n/status",
        "{\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"203.0.113.1\"}]}}");
    assertThat(
            api.pod("p", "\"nodeName\":\"n\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]")
                .code())
        .isEqualTo(201);
    merge(
        POD + "status",
        "{\"status\":{\"podIP\":\"203.0.113.2\",\"podIPs\":[{\"ip\":\"203.0.113.2\"}]}}");
  }

  private void create(String path, String body) throws InterruptedException {
    assertThat(api.post(path, body).code()).isEqualTo(201);
  }

  private void merge(String path, String body) throws InterruptedException {
    assertThat(api.patch(path, Api.MERGE, body).code()).isEqualTo(200);
  }

  private FakeExchange ask(String method, String target, Map<String, String> headers)
      throws InterruptedException {
    FakeExchange exchange = api.start(method, target, new byte[0], headers);
    exchange.status();
    return exchange;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, exec?command=ls, '', 400",
    "POST, exec, '', 400",
    "GET, attach, keep-alive, 400",
    "POST, portforward, '', 400",
    "GET, exec?command=ls, 'keep-alive, UPGRADE', 501",
    "POST, attach, xUpgradey, 501",
    "GET, portforward, Upgrade, 501"
  })
  void whoeverOpensStreamsAsksForAnotherProtocol(
      String method, String part, String connection, int code) throws InterruptedException {
    Map<String, String> headers = new HashMap<>(Map.of("upgrade", "SPDY/3.1"));
    if (!connection.isEmpty()) {
      headers.put("connection", connection);
    }
    FakeExchange answer = ask(method, POD + part, headers);
    assertThat(answer.status()).isEqualTo(code);
    if (code != UNSERVED) {
      assertThat(answer.text())
          .contains("\"message\":\"Upgrade request required\",\"reason\":\"BadRequest\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, key, 13, v5.channel.k8s.io, exec, 501, ''",
    "GET, key, 13, 'a, v5.channel.k8s.io ', attach, 501, ''",
    "GET, '', 13, v5.channel.k8s.io, exec, 400, mismatch challenge/response",
    "GET, key, 8, v5.channel.k8s.io, exec, 400, missing or bad WebSocket Version",
    "GET, key, '', v5.channel.k8s.io, attach, 400, missing or bad WebSocket Version",
    "POST, key, 13, v5.channel.k8s.io, exec, 405, bad method",
    "GET, '', '', v4.channel.k8s.io, exec, 501, ''",
    "GET, '', '', v5.channel.k8s.io, portforward, 501, ''"
  })
  void theHandshakeOfAWebSocketIsReadBeforeAnybodyIsConnected(
      String method,
      String key,
      String version,
      String protocols,
      String part,
      int code,
      String text)
      throws InterruptedException {
    Map<String, String> headers = new HashMap<>();
    headers.put("connection", "Upgrade");
    headers.put("upgrade", "WebSocket");
    headers.put("sec-websocket-protocol", protocols);
    headers.put("sec-websocket-key", key);
    headers.put("sec-websocket-version", version);
    FakeExchange answer = ask(method, POD + part, headers);
    assertThat(answer.status()).isEqualTo(code);
    if (code != UNSERVED) {
      assertThat(answer.text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /proxy, /proxy/",
    "HEAD, /proxy, /proxy/",
    "GET, /proxy?a=%20b&c, /proxy/?a=%20b&c"
  })
  void readersOfAProxyAreSentToItsRoot(String method, String part, String location)
      throws InterruptedException {
    FakeExchange answer = ask(method, Api.PODS + "/p" + part, Map.of());
    assertThat(answer.status()).isEqualTo(301);
    assertThat(answer.answerHeaders("location")).containsExactly(Api.PODS + "/p" + location);
  }

  @Test
  void whatIsInThePathOfAProxyCannotEndItsHeader() throws InterruptedException {
    FakeExchange answer = ask("GET", Api.PODS + "/p:%0d%0ax:%20y/proxy", Map.of());
    assertThat(answer.status()).isNotEqualTo(301);
    FakeExchange named = ask("GET", Api.PODS + "/p:a%0d%0ab%00c/proxy", Map.of());
    assertThat(named.answerHeaders("location")).containsExactly(Api.PODS + "/p:a  b c/proxy/");
  }

  @ParameterizedTest
  @CsvSource({"GET, /proxy/, ''", "GET, /proxy/x, ''", "POST, /proxy, ''", "GET, /proxy, Upgrade"})
  void whatAProxyWouldHaveToLeadOnIsNotServed(String method, String part, String connection)
      throws InterruptedException {
    Map<String, String> headers =
        connection.isEmpty() ? Map.of() : Map.of("connection", connection);
    assertThat(ask(method, Api.PODS + "/p" + part, headers).status()).isEqualTo(UNSERVED);
  }
}
