package dev.pintle.bench.hostile;

import dev.pintle.bench.client.ServerAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Answers that are large, and clients that do not take them.
public final class ListAttacks {
  private static final String CROWD = "/api/v1/namespaces/crowd/configmaps";
  private static final String TABLE = "application/json;as=Table;g=meta.k8s.io;v=v1";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final int OBJECTS = 10_000;
  private static final int VALUE_BYTES = 1000;
  private static final int SLOW_CLIENTS = 16;
  private static final int WATCHERS = 1000;
  private static final int CHANGES = 200;
  private static final int CHANGED_BYTES = 100_000;
  private static final int WRITERS = 16;
  private static final int SILENCE_MILLIS_MAX = 12_000;
  private static final int SIP_BYTES = 1024;
  private static final long SIP_MILLIS = 50;

  private ListAttacks() {}

  public static List<Attack> all() {
    return List.of(
        slow("16 slow readers of 10 000 objects, JSON", BodyAttacks.JSON),
        slow("16 slow readers of 10 000 objects, Table", TABLE),
        slow("16 slow readers of 10 000 objects, protobuf", PROTOBUF),
        fast("16 lists of 10 000 objects again and again, JSON", BodyAttacks.JSON),
        fast("16 lists of 10 000 objects again and again, Table", TABLE),
        watches());
  }

  private static void crowd(AttackRun strike) throws Exception {
    strike.send(
        strike.post(
            "/api/v1/namespaces",
            BodyAttacks.JSON,
            HostileBodies.text("{\"metadata\":{\"name\":\"crowd\"}}")));
    int each = strike.share(OBJECTS) / WRITERS;
    String value = "x".repeat(VALUE_BYTES);
    strike.inParallel(
        WRITERS,
        client -> {
          for (int i = 0; i < each; i++) {
            String name = "c-%d-%d".formatted(client, i);
            String body =
                "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"%s\"}}".formatted(name, value);
            if (strike
                .send(strike.post(CROWD, BodyAttacks.JSON, HostileBodies.text(body)))
                .equals("409")) {
              return; // an attack before this one made them
            }
          }
        });
  }

  private static Attack slow(String name, String accept) {
    return Attack.of(
            name,
            strike -> strike.inParallel(SLOW_CLIENTS, _ -> sip(strike, accept)),
            "200|429|503|closed")
        .after(ListAttacks::crowd);
  }

  private static Attack fast(String name, String accept) {
    return Attack.of(
            name,
            strike ->
                strike.again(SLOW_CLIENTS, strike.request(CROWD).header("Accept", accept).build()),
            "200|429")
        .after(ListAttacks::crowd);
  }

  private static void sip(AttackRun strike, String accept)
      throws IOException, InterruptedException {
    Socket socket = ask(strike, CROWD, accept);
    InputStream in = socket.getInputStream();
    String head = statusLine(socket);
    strike.count(head);
    byte[] sip = new byte[SIP_BYTES];
    while (strike.goesOn() && in.read(sip) >= 0) {
      TimeUnit.MILLISECONDS.sleep(SIP_MILLIS);
    }
  }

  /// Watchers that never read, and changes that all of them are to be told of.
  private static Attack watches() {
    return Attack.of(
            "1 000 watchers that never read",
            strike -> {
              strike.inParallel(
                  strike.share(WATCHERS),
                  _ -> {
                    Socket socket =
                        ask(strike, CROWD + "?watch=1&resourceVersion=0", BodyAttacks.JSON);
                    strike.count(statusLine(socket));
                  });
              String value = "y".repeat(CHANGED_BYTES);
              byte[] change = HostileBodies.text("{\"data\":{\"k\":\"", value, "\"}}");
              for (int i = 0; i < CHANGES && (i == 0 || strike.goesOn()); i++) {
                String path = CROWD + "/c-0-%d".formatted(i % 10);
                strike.count(
                    strike.send(
                        strike
                            .send("PATCH", path, "application/merge-patch+json", change)
                            .build()));
              }
            },
            "200|429")
        .after(ListAttacks::crowd);
  }

  private static Socket ask(AttackRun strike, String path, String accept) throws IOException {
    ServerAddress address = strike.victim().kubeAddress();
    Socket socket = strike.keep(address.open("http/1.1", SILENCE_MILLIS_MAX));
    OutputStream out = socket.getOutputStream();
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: %s\r\n\r\n"
            .formatted(path, address.host(), strike.victim().token(), accept);
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /// The status code of the answer, or what came instead.
  static String statusLine(Socket socket) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), SIP_BYTES);
    try {
      String line = reader.readLine();
      return line == null || line.length() < 12 ? "closed" : line.substring(9, 12);
    } catch (SocketTimeoutException e) {
      return "timeout";
    }
  }
}
