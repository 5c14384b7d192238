package dev.pintle.bench.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A bench of the wire: `java … dev.pintle.bench.wire.WireBench [LOOPS]`.
public final class WireBench implements AutoCloseable {
  private static final int WARM_UP_CALLS = 3_000_000;
  private static final int CALLS = 1_000_000;
  private static final int STREAMS = 1_000;
  private static final int ROUNDS = 5;
  private static final long MICROS_PER_TICK = 10_000;

  private final Process target;
  private final int port;
  private final Path message;
  private final HttpClient client = HttpClient.newHttpClient();

  private WireBench(String loops) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseG1GC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), WireTarget.class.getName(), loops));
    target = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(target.getInputStream(), StandardCharsets.US_ASCII));
    port = Integer.parseInt(output.readLine());
    message = Files.createTempFile("wire-bench", ".message");
    byte[] framed = new byte[5 + 64];
    framed[4] = 64;
    Files.write(message, framed);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (WireBench bench = new WireBench(arguments.length > 0 ? arguments[0] : "2")) {
      bench.unary();
      bench.push();
    }
  }

  private void unary() throws IOException, InterruptedException {
    load(WARM_UP_CALLS, 8, 32, WireTarget.ECHO);
    load(WARM_UP_CALLS / 4, 8, 32, WireTarget.KILOBYTE);
    for (int round = 0; round < ROUNDS; round++) {
      measure("gRPC unary 8 x 32", 8, 32, WireTarget.ECHO);
      measure("gRPC unary 100 x 10", 100, 10, WireTarget.ECHO);
      measure("HTTP/2 GET of 1 KB 8 x 32", 8, 32, WireTarget.KILOBYTE);
    }
  }

  private void measure(String name, int connections, int streams, String path)
      throws IOException, InterruptedException {
    long before = cpuMicros();
    load(CALLS, connections, streams, path);
    System.out.printf("%s: %.2f us CPU per call%n", name, (cpuMicros() - before) / (double) CALLS);
  }

  private void load(int calls, int connections, int streams, String path)
      throws IOException, InterruptedException {
    Process load = h2load(calls, connections, streams, path);
    String output = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (load.waitFor() != 0 || !output.contains(calls + " succeeded")) {
      throw new IOException(output);
    }
  }

  private Process h2load(int calls, int connections, int streams, String path) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("h2load", "-n" + calls, "-c" + connections, "-m" + streams));
    if (!path.equals(WireTarget.KILOBYTE)) {
      command.addAll(List.of("-Hcontent-type: application/grpc", "-Hte: trailers", "-d" + message));
    }
    command.add("http://127.0.0.1:" + port + path);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private void push() throws IOException, InterruptedException {
    Process listeners = h2load(STREAMS, 8, STREAMS / 8, WireTarget.PUSH);
    command("/1/0/1000000");
    command("/2000/200/0");
    for (int round = 0; round < ROUNDS; round++) {
      push("push in a burst", "/1000/200/0");
      push("push every 5 ms", "/400/200/5000");
    }
    command("/0/0/0");
    listeners.getInputStream().readAllBytes();
    listeners.waitFor(10, TimeUnit.SECONDS);
  }

  private void push(String name, String path) throws IOException, InterruptedException {
    long before = cpuMicros();
    long sent = command(path);
    System.out.printf(
        "%s: %.2f us CPU per message (%d sent)%n",
        name, (cpuMicros() - before) / (double) sent, sent);
  }

  private long command(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return Long.parseLong(client.send(request, BodyHandlers.ofString()).body());
  }

  private long cpuMicros() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + target.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  @Override
  public void close() throws IOException {
    target.getOutputStream().close();
    target.destroy();
    client.close();
    Files.deleteIfExists(message);
  }
}
