package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One run of `h2load` (Debian's nghttp2-client).
///
/// @param headers name, colon, value
/// @param body sent with every request as a POST; empty for a GET
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
record H2Load(
    String url, int connections, int streams, long requests, List<String> headers, byte[] body) {
  private static final Pattern RATE = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
  private static final Pattern STATUS = Pattern.compile("status codes: (\\d+) 2xx");
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /// The figures of one run of h2load.
  ///
  /// @param perSecond requests answered a second
  /// @param p50Micros and p99Micros of the time from sending a request to the end of its answer
  record Outcome(long requests, double perSecond, long p50Micros, long p99Micros) {}

  H2Load withRequests(long count) {
    return new H2Load(url, connections, streams, count, headers, body);
  }

  /// A unary gRPC call: one uncompressed message.
  static H2Load grpc(String base, String method, int connections, int streams, byte[] message) {
    byte[] framed = new byte[message.length + 5];
    framed[1] = (byte) (message.length >>> 24);
    framed[2] = (byte) (message.length >>> 16);
    framed[3] = (byte) (message.length >>> 8);
    framed[4] = (byte) message.length;
    System.arraycopy(message, 0, framed, 5, message.length);
    return new H2Load(
        base + method,
        connections,
        streams,
        0,
        List.of("content-type: application/grpc", "te: trailers"),
        framed);
  }

  Outcome run() throws IOException, InterruptedException {
    Path data = Files.createTempFile("pintle-bench", ".body");
    Path times = Files.createTempFile("pintle-bench", ".times");
    try {
      Files.write(data, body);
      String text = Commands.run(LIMIT, command(data, times));
      long ok = Long.parseLong(first(STATUS, text));
      if (ok != requests) {
        throw new IOException("%s: %d of %d answered 2xx%n%s".formatted(url, ok, requests, text));
      }
      long[] micros = durations(times);
      return new Outcome(
          requests, Double.parseDouble(first(RATE, text)), at(micros, 0.50), at(micros, 0.99));
    } finally {
      Files.deleteIfExists(data);
      Files.deleteIfExists(times);
    }
  }

  private List<String> command(Path data, Path times) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "h2load", "-c" + connections, "-m" + streams, "-n" + requests, "--log-file=" + times));
    for (String header : headers) {
      command.add("-H");
      command.add(header);
    }
    if (body.length > 0) {
      command.addAll(List.of("-d", data.toString()));
    }
    command.add(url);
    return command;
  }

  /// The third column of each line of h2load's log is the duration in µs.
  private static long[] durations(Path times) throws IOException {
    try (Stream<String> lines = Files.lines(times)) {
      long[] micros =
          lines
              .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf('\t') + 1)))
              .toArray();
      Arrays.sort(micros);
      return micros;
    }
  }

  private static long at(long[] sorted, double quantile) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)];
  }

  private static String first(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("h2load: output without '%s'%n%s".formatted(pattern, text));
    }
    return matcher.group(1);
  }
}
