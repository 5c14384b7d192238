package dev.pintle.bench.hostile;

import dev.pintle.bench.client.Https;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Loads of honest requests that are too many for a server with little memory: thousands of connections, watches, long lists and
/// bodies at once, by an account that may do everything and is exempt from nothing.
public final class OverloadAttacks {
  private static final int CONNECTIONS = 10_000;
  private static final int CLIENTS = 1000;
  private static final int ADDRESSES = 64;
  private static final int OBJECTS = 1000;
  private static final int VALUE_BYTES = 100_000;
  private static final int WRITERS = 8;
  private static final int WATCHERS = 5000;
  private static final int BODY_BYTES = 2_900_000;
  private static final int PIECE_BYTES = 16 << 10;
  private static final long AGAIN_MILLIS = 500;
  private static final long PIECE_MILLIS = 100;
  private static final int SIP_BYTES = 1024;
  private static final String STORE = "/api/v1/namespaces/store";
  private static final String MAPS = STORE + "/configmaps";
  private static final String BOUND = "rbac.authorization.k8s.io";

  /// What a server may say to one client too many.
  private static final String SHED =
      "200|open|whole|cut|closed|goaway|reset|refused|(429|503)( [a-z.-]+)?";

  private OverloadAttacks() {}

  public static List<Attack> all() {
    return List.of(
        connections("10 000 connections that ask once, of one client", 1, false),
        connections("10 000 connections that ask once, of 64 clients", ADDRESSES, false),
        connections("10 000 connections that ask again and again, of one client", 1, true),
        connections("10 000 connections that ask again and again, of 64 clients", ADDRESSES, true),
        watches("10 000 connections with a watch, of one client", 1, From.NOW),
        watches("10 000 connections with a watch, of 64 clients", ADDRESSES, From.NOW),
        slowWatches(),
        slowLists("1 000 slow readers of 100 MB, JSON", ""),
        slowLists("1 000 slow readers of 100 MB, Table", TABLE),
        lists("1 000 lists of 100 MB at once, JSON", "", false),
        lists("1 000 lists of 100 MB at once, Table", TABLE, false),
        lists("1 000 lists of 100 MB at once, packed", "Accept-Encoding: gzip\r\n", false),
        lists("1 000 lists of 100 MB at once, protobuf", PROTOBUF, false),
        lists("1 000 lists of 100 MB at once, JSON, by an administrator", "", true),
        lists("1 000 lists of 100 MB at once, Table, by an administrator", TABLE, true),
        bodies("1 000 bodies of 3 MB at once", 0),
        bodies("1 000 bodies of 3 MB at once, slowly", PIECE_MILLIS));
  }

  private static final String TABLE = "Accept: application/json;as=Table;g=meta.k8s.io;v=v1\r\n";
  private static final String PROTOBUF = "Accept: application/vnd.kubernetes.protobuf\r\n";

  /// For a server that was just started on a store that [#fill] has filled.
  public static List<Attack> afterRestart() {
    return List.of(
        watches("5 000 watches again after a restart, from now on", ADDRESSES, From.AGAIN),
        watches("5 000 watches again after a restart, from an old version on", ADDRESSES, From.OLD),
        watches("5 000 watches again after a restart, with all there is", ADDRESSES, From.ALL));
  }

  // The account, and what is stored.

  private static String account(AttackRun strike) throws IOException, InterruptedException {
    create(strike, "/api/v1/namespaces", "{\"metadata\":{\"name\":\"store\"}}");
    create(strike, STORE + "/serviceaccounts", "{\"metadata\":{\"name\":\"many\"}}");
    create(
        strike,
        "/apis/%s/v1/clusterrolebindings".formatted(BOUND),
        """
        {"metadata":{"name":"many"},"roleRef":{"apiGroup":"%s","kind":"ClusterRole","name":"cluster-admin"},
         "subjects":[{"kind":"ServiceAccount","name":"many","namespace":"store"}]}\
        """
            .formatted(BOUND));
    String answer =
        create(
            strike,
            STORE + "/serviceaccounts/many/token",
            "{\"spec\":{\"expirationSeconds\":36000}}");
    int at = answer.indexOf("\"token\":\"") + 9;
    if (at < 9) {
      throw new IOException("no token in " + answer);
    }
    return answer.substring(at, answer.indexOf('"', at));
  }

  private static String create(AttackRun strike, String path, String body)
      throws IOException, InterruptedException {
    return answer(
        strike
            .request(path)
            .header("Content-Type", BodyAttacks.JSON)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static String read(AttackRun strike, String path)
      throws IOException, InterruptedException {
    return answer(strike.request(path).build());
  }

  private static String answer(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client = Https.trustingAnyone()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  /// A collection whose list is 100 MB long.
  static void fill(AttackRun strike) throws Exception {
    var _ = account(strike);
    int each = Math.max(1, strike.share(OBJECTS) / WRITERS);
    String value = "x".repeat(VALUE_BYTES);
    strike.inParallel(
        WRITERS,
        writer -> {
          for (int i = 0; i < each; i++) {
            String body =
                "{\"metadata\":{\"name\":\"c-%d-%d\"},\"data\":{\"k\":\"%s\"}}"
                    .formatted(writer, i, value);
            String code =
                strike.send(strike.post(MAPS, BodyAttacks.JSON, HostileBodies.text(body)));
            if (code.equals("409")) {
              return; // an attack before this one made them
            }
            if (!code.equals("201")) {
              throw new IllegalStateException(
                  "c-%d-%d: %s (expected: 201)".formatted(writer, i, code));
            }
          }
        });
  }

  /// Several clients at once, none of which outlasts the attack: who is still on the way when the others are closed goes back ([#client]).
  private static void crowd(AttackRun strike, int clients, AttackRun.Work work) throws Exception {
    // A virtual one would have its turn after all clients that have something to read.
    Thread end =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                strike.hold();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              LoadClient.closeAll();
            });
    strike.inParallel(clients, work);
    end.join();
    LoadClient.closeAll();
  }

  private static LoadClient client(
      AttackRun strike, int number, int addresses, String token, boolean http2) throws IOException {
    LoadClient client =
        LoadClient.open(strike.victim().kubeAddress(), number % addresses, token, http2);
    if (!strike.goesOn()) {
      client.close();
      throw new IOException("came when the attack was over");
    }
    return client;
  }

  // The attacks.

  private static Attack connections(String name, int addresses, boolean again) {
    return Attack.of(
        name,
        strike -> {
          String token = account(strike);
          crowd(
              strike,
              strike.share(CONNECTIONS),
              number -> untilOver(strike, () -> visit(strike, number, addresses, token, again)));
        },
        SHED);
  }

  /// The time from when a client comes until it goes or is sent away.
  private interface Visit {
    void run() throws IOException, InterruptedException;
  }

  /// A client that is sent away comes back in a moment.
  private static void untilOver(AttackRun strike, Visit visit) throws InterruptedException {
    while (strike.goesOn()) {
      try {
        visit.run();
      } catch (IOException ended) {
        if (strike.goesOn()) {
          strike.count("closed");
        }
      }
      TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
    }
  }

  private static void visit(
      AttackRun strike, int number, int addresses, String token, boolean again)
      throws IOException, InterruptedException {
    try (LoadClient client = client(strike, number, addresses, token, number % 2 == 1)) {
      do {
        strike.count(client.ask("/version", ""));
        if (number % 2 == 0) {
          var _ = client.take(new byte[1 << 10]);
        }
      } while (again && strike.goesOn());
      strike.hold();
    }
  }

  private static Attack watches(String name, int addresses, From from) {
    return Attack.of(
            name,
            strike -> {
              String token = account(strike);
              String version = version(strike, from);
              crowd(
                  strike,
                  strike.share(from == From.NOW ? CONNECTIONS : WATCHERS),
                  number ->
                      untilOver(strike, () -> watch(strike, number, addresses, token, version)));
            },
            SHED)
        .after(OverloadAttacks::fill);
  }

  /// The version from which a client watches.
  private enum From {
    NOW,
    AGAIN,
    OLD,
    ALL
  }

  private static String version(AttackRun strike, From from)
      throws IOException, InterruptedException {
    return switch (from) {
      case NOW, AGAIN -> versionIn(read(strike, MAPS + "?limit=1"));
      case OLD -> versionIn(read(strike, MAPS + "/c-0-0"));
      case ALL -> "0";
    };
  }

  private static String versionIn(String object) {
    String name = "\"resourceVersion\":\"";
    int at = object.indexOf(name) + name.length();
    return object.substring(at, object.indexOf('"', at));
  }

  private static void watch(
      AttackRun strike, int number, int addresses, String token, String version)
      throws IOException {
    try (LoadClient client = client(strike, number, addresses, token, false)) {
      strike.count(client.ask(MAPS + "?watch=1&resourceVersion=" + version, ""));
      byte[] piece = new byte[8 << 10];
      while (strike.goesOn() && client.take(piece)) {
        // What comes is taken.
      }
    }
  }

  private static Attack slowWatches() {
    return Attack.of(
            "1 000 watchers of 100 MB that never read",
            strike -> {
              String token = account(strike);
              crowd(
                  strike,
                  strike.share(CLIENTS),
                  number -> {
                    LoadClient client =
                        strike.keep(client(strike, number, ADDRESSES, token, false));
                    strike.count(client.ask(MAPS + "?watch=1&resourceVersion=0", ""));
                    strike.hold();
                  });
            },
            SHED)
        .after(OverloadAttacks::fill);
  }

  /// The part of one client: its requests over a connection that was just opened for it.
  private interface ClientTurn {
    void with(LoadClient client) throws IOException, InterruptedException;
  }

  /// Clients that come again and again to a server that holds the long collection, each time over a connection of their own.
  ///
  /// @param turns what each of them does then
  private static Attack calls(
      String name, boolean administrator, Function<AttackRun, ClientTurn> turns, String outcome) {
    return Attack.of(
            name,
            strike -> {
              String token = administrator ? strike.victim().token() : account(strike);
              ClientTurn turn = turns.apply(strike);
              crowd(
                  strike,
                  strike.share(CLIENTS),
                  number ->
                      untilOver(
                          strike,
                          () -> {
                            try (LoadClient client =
                                client(strike, number, ADDRESSES, token, false)) {
                              turn.with(client);
                            }
                          }));
            },
            outcome)
        .after(OverloadAttacks::fill);
  }

  private static Attack slowLists(String name, String more) {
    return calls(
        name,
        false,
        strike ->
            client -> {
              strike.count(client.ask(MAPS, more));
              byte[] sip = new byte[SIP_BYTES];
              while (strike.goesOn() && client.take(sip)) {
                TimeUnit.MILLISECONDS.sleep(PIECE_MILLIS);
              }
            },
        SHED);
  }

  private static Attack lists(String name, String more, boolean administrator) {
    return calls(
        name,
        administrator,
        strike ->
            client -> {
              String code = client.ask(MAPS, more + "Connection: close\r\n");
              strike.count(code);
              boolean whole = code.equals("200") && client.isReadWhole();
              if (code.equals("200") && (whole || strike.goesOn())) {
                strike.count(whole ? "whole" : "cut");
              }
            },
        SHED);
  }

  private static Attack bodies(String name, long pieceMillis) {
    byte[] piece = spaces(PIECE_BYTES);
    return calls(
        name,
        false,
        strike ->
            client -> {
              client.post(MAPS, BODY_BYTES);
              int sent = 0;
              while (sent + PIECE_BYTES < BODY_BYTES && strike.goesOn()) {
                client.send(piece);
                sent += PIECE_BYTES;
                TimeUnit.MILLISECONDS.sleep(pieceMillis);
              }
              client.send(spaces(BODY_BYTES - sent));
              strike.count(client.status());
            },
        SHED + "|400");
  }

  private static byte[] spaces(int count) {
    return " ".repeat(count).getBytes(StandardCharsets.US_ASCII);
  }
}
