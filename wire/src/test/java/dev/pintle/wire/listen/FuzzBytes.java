package dev.pintle.wire.listen;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The maker of input for the fuzz test.
final class FuzzBytes {
  private static final String[] LINES = {
    "GET / HTTP/1.1\r\n",
    "POST /a?b HTTP/1.1\r\n",
    "HEAD * HTTP/1.0\r\n",
    "PUT http://x/y HTTP/1.1\r\n"
  };
  private static final String[] FIELDS = {
    "Host: x\r\n",
    "Content-Length: 10\r\n",
    "Content-Length: 0\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip, chunked\r\n",
    "Expect: 100-continue\r\n",
    "Connection: close\r\n",
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAA\r\n",
    "X: " + "y".repeat(300) + "\r\n",
    " folded\r\n"
  };
  private static final String[] BODIES = {
    "", "0123456789", "5\r\nhello\r\n0\r\n\r\n", "a\r\n", "ffffffff\r\nx"
  };
  private static final String[] PATHS = {
    EchoService.UNARY, EchoService.BIDI, EchoService.NEVER, "/", "x"
  };
  private static final int FRAME_TYPES = 12;

  private FuzzBytes() {}

  static byte[] noise(SplittableRandom random, int bytesMax) {
    byte[] bytes = new byte[random.nextInt(bytesMax)];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] http1(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int requests = 1 + random.nextInt(4); requests > 0; requests--) {
      text.append(any(random, LINES));
      for (int fields = random.nextInt(5); fields > 0; fields--) {
        text.append(any(random, FIELDS));
      }
      text.append("\r\n").append(any(random, BODIES));
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Frames with true lengths and false everything else.
  static byte[] frames(SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]));
    for (int frames = random.nextInt(30); frames > 0; frames--) {
      byte[] payload = noise(random, 40);
      out.writeBytes(
          RawHttp2.frame(
              random.nextInt(FRAME_TYPES), random.nextInt(64), random.nextInt(12), payload));
    }
    return out.toByteArray();
  }

  /// A conversation as a client might hold it.
  static byte[] conversation(SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, RawHttp2.setting(4, random.nextInt(1 << 20))));
    out.writeBytes(RawHttp2.frame(RawHttp2.SETTINGS, RawHttp2.ACK, 0, new byte[0]));
    int streams = 1 + random.nextInt(10);
    for (int i = 0; i < streams; i++) {
      speak(random, out, 2 * i + 1);
    }
    return out.toByteArray();
  }

  private static void speak(SplittableRandom random, ByteArrayOutputStream out, int stream) {
    String path = any(random, PATHS);
    boolean gzip = random.nextInt(4) == 0;
    byte[] head =
        gzip
            ? RawHttp2.grpc(path, "grpc-encoding", "gzip")
            : RawHttp2.grpc(path, "grpc-timeout", "50m");
    int endHeaders = RawHttp2.END_HEADERS;
    out.writeBytes(
        RawHttp2.frame(
            RawHttp2.HEADERS,
            endHeaders,
            stream,
            random.nextBoolean() ? head : RawHttp2.get(path)));
    for (int frames = random.nextInt(4); frames > 0; frames--) {
      byte[] message = RawHttp2.message(noise(random, 200));
      byte[] piece = Arrays.copyOf(message, random.nextInt(message.length) + 1);
      out.writeBytes(
          RawHttp2.frame(
              RawHttp2.DATA, random.nextInt(2), stream, random.nextBoolean() ? message : piece));
    }
    byte[] word = ByteBuffer.allocate(4).putInt(random.nextInt(1 << 16)).array();
    int type = random.nextBoolean() ? RawHttp2.RST_STREAM : RawHttp2.WINDOW_UPDATE;
    if (random.nextInt(3) == 0) {
      out.writeBytes(RawHttp2.frame(type, 0, stream, word));
    }
  }

  /// `bytes` with a few of them changed, dropped, doubled, or cut off.
  static byte[] bent(SplittableRandom random, byte[] bytes) {
    byte[] bent = bytes;
    for (int flaws = random.nextInt(4); flaws > 0 && bent.length > 1; flaws--) {
      int at = random.nextInt(bent.length);
      int end = Math.min(bent.length, at + 1 + random.nextInt(20));
      byte[] before = Arrays.copyOf(bent, at);
      byte[] after = Arrays.copyOfRange(bent, end, bent.length);
      bent =
          switch (random.nextInt(5)) {
            case 0 -> join(before, after);
            case 1 ->
                join(
                    before,
                    Arrays.copyOfRange(bent, at, end),
                    Arrays.copyOfRange(bent, at, end),
                    after);
            case 2 -> before;
            default -> {
              byte[] changed = bent.clone();
              changed[at] = (byte) random.nextInt(256);
              yield changed;
            }
          };
    }
    return bent;
  }

  private static String any(SplittableRandom random, String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
