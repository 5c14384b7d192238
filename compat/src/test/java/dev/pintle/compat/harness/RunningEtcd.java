package dev.pintle.compat.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The real etcd, one member on free ports.
public final class RunningEtcd implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(30);

  private final Child child;
  private final String url;

  private RunningEtcd(Child child, String url) {
    this.child = child;
    this.url = url;
  }

  /// @param flags beside those of its addresses
  public static RunningEtcd start(Path data, String... flags) {
    Path program = Peers.require("etcd");
    try (HttpClient http = HttpClient.newHttpClient()) {
      String client = "http://127.0.0.1:" + FreePort.next();
      String peer = "http://127.0.0.1:" + FreePort.next();
      List<String> command =
          new ArrayList<>(
              List.of(
                  program.toString(),
                  "--data-dir",
                  data.resolve("etcd").toString(),
                  "--listen-client-urls",
                  client,
                  "--advertise-client-urls",
                  client,
                  "--listen-peer-urls",
                  peer,
                  "--initial-advertise-peer-urls",
                  peer,
                  "--initial-cluster",
                  "default=" + peer));
      command.addAll(List.of(flags));
      Child child = Child.start(command, data.resolve("etcd.log"));
      child.await("the real etcd", START_MAX, () -> health(http, client));
      return new RunningEtcd(child, client);
    } catch (IOException e) {
      throw new IllegalStateException("cannot start the real etcd", e);
    }
  }

  public String url() {
    return url;
  }

  @Override
  public void close() {
    child.close();
  }

  private static Optional<Boolean> health(HttpClient http, String url) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/version")).build();
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == 200 ? Optional.of(true) : Optional.empty();
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
