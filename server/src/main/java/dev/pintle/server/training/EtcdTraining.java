package dev.pintle.server.training;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// The training over gRPC: puts, gets, counts, transactions and watches.
final class EtcdTraining {
  private static final String PUT = "/etcdserverpb.KV/Put";
  private static final String RANGE = "/etcdserverpb.KV/Range";
  private static final String TXN = "/etcdserverpb.KV/Txn";
  private static final String WATCH = "/etcdserverpb.Watch/Watch";
  private static final String STATUS = "/etcdserverpb.Maintenance/Status";
  private static final int AT_ONCE = 32;
  private static final int ROUNDS = 60;
  private static final int WATCHERS = 50;
  private static final int WATCHED_PUTS = 60;

  private EtcdTraining() {}

  static void play(URI server, Optional<SSLContext> tls) throws IOException {
    try (GrpcConnection connection = new GrpcConnection(server, tls)) {
      for (int round = 0; round < ROUNDS; round++) {
        byte[] key = bytes("training/" + round);
        connection.call(PUT, put(key), AT_ONCE);
        connection.call(RANGE, field(1, key), AT_ONCE);
        connection.call(TXN, txn(key), 2);
      }
      byte[] all = join(field(1, bytes("training/")), field(2, bytes("training0")));
      connection.call(RANGE, all, AT_ONCE);
      connection.call(STATUS, new byte[0], 1);
    }
    watch(server, tls);
  }

  private static void watch(URI server, Optional<SSLContext> tls) throws IOException {
    byte[] key = bytes("training/watched");
    try (GrpcConnection watching = new GrpcConnection(server, tls);
        GrpcConnection writing = new GrpcConnection(server, tls)) {
      // A watcher a stream: what one stream is told at once may come as one frame.
      for (int i = 0; i < WATCHERS; i++) {
        watching.send(watching.open(WATCH), field(1, field(1, key)), false);
      }
      watching.awaitMessages(WATCHERS);
      for (int i = 0; i < WATCHED_PUTS; i++) {
        writing.call(PUT, put(key), 1);
        watching.awaitMessages(WATCHERS);
      }
    }
  }

  private static byte[] put(byte[] key) {
    return join(field(1, key), field(2, bytes("v".repeat(256))));
  }

  /// When the key exists, put it.
  private static byte[] txn(byte[] key) {
    byte[] exists = join(new byte[] {0x08, 1, 0x10, 1}, field(3, key), new byte[] {0x28, 0});
    return join(field(1, exists), field(2, field(2, put(key))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  /// A length-delimited field of a protobuf message.
  private static byte[] field(int number, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((number << 3) | 2);
    int length = content.length;
    while (length > 0x7f) {
      out.write((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
