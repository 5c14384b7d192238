package dev.pintle.compat.assets;

import dev.pintle.compat.harness.AssetsFolder;
import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.PemTls;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// An etcd and a kube-apiserver of the folder, started as a harness starts them: by their flags, with no environment, from another folder.
final class AssetsPair implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration END_MAX = Duration.ofSeconds(15);
  private static final int SECONDS_MAX = 10;

  private final AssetsFolder assets;
  private final Path home;
  private final int etcdPort;
  private final int port;
  private final HttpClient plain = HttpClient.newHttpClient();
  private Child etcd;
  private @Nullable Child apiServer;
  private int starts;

  private AssetsPair(AssetsFolder assets, Path home) throws IOException {
    this.assets = assets;
    this.home = home;
    this.etcdPort = FreePort.next();
    this.port = FreePort.next();
    this.etcd = startEtcd();
  }

  static AssetsPair start(AssetsFolder assets, Path home)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair key = generator.generateKeyPair();
    write(home.resolve("sa.key"), "PRIVATE KEY", key.getPrivate().getEncoded());
    write(home.resolve("sa.pub"), "PUBLIC KEY", key.getPublic().getEncoded());
    AssetsPair pair = new AssetsPair(assets, home);
    pair.startApiServer();
    return pair;
  }

  private static void write(Path file, String label, byte[] der) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(der)));
  }

  private Child startEtcd() throws IOException {
    String url = "http://127.0.0.1:" + etcdPort;
    Child child =
        child(
            "etcd",
            home.resolve("etcd.log"),
            "--data-dir=" + home.resolve("etcd-data"),
            "--listen-client-urls=" + url,
            "--advertise-client-urls=" + url,
            "--listen-peer-urls=http://127.0.0.1:" + FreePort.next());
    child.await("etcd", START_MAX, () -> ok(plain, url + "/health"));
    return child;
  }

  /// With files named from the folder that it runs in.
  void startApiServer() throws IOException {
    Child child =
        child(
            "kube-apiserver",
            home.resolve("apiserver-%d.log".formatted(starts++)),
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--cert-dir=certs",
            "--secure-port=" + port,
            "--bind-address=127.0.0.1",
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--allow-privileged",
            "--service-account-issuer",
            "https://127.0.0.1:%d/".formatted(port),
            "--service-account-key-file=sa.pub",
            "--service-account-signing-key-file",
            "sa.key");
    apiServer = child;
    child.await("kube-apiserver", START_MAX, () -> ready());
  }

  private Child child(String name, Path log, String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh"));
    command.add(home.toString());
    command.addAll(assets.bare(name));
    command.addAll(List.of(flags));
    return Child.start(command, log);
  }

  private Optional<Boolean> ready() {
    Path certificate = home.resolve("certs/apiserver.crt");
    if (!Files.exists(certificate)) {
      return Optional.empty();
    }
    try (HttpClient http = secure(certificate)) {
      return ok(http, "https://127.0.0.1:%d/readyz".formatted(port));
    }
  }

  private static HttpClient secure(Path certificate) {
    return HttpClient.newBuilder().sslContext(PemTls.trusting(certificate)).build();
  }

  private static Optional<Boolean> ok(HttpClient http, String url) {
    try {
      return get(http, url).statusCode() == 200 ? Optional.of(true) : Optional.empty();
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  private static HttpResponse<String> get(HttpClient http, String url) throws IOException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(SECONDS_MAX)).build();
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new IOException(hurried);
    }
  }

  /// What somebody without credentials is answered.
  HttpResponse<String> get(String path) throws IOException {
    try (HttpClient http = secure(home.resolve("certs/apiserver.crt"))) {
      return get(http, "https://127.0.0.1:" + port + path);
    }
  }

  boolean isServed() {
    return FreePort.isTaken(port);
  }

  /// Waits until the etcd has a key.
  void awaitKey(String key) {
    try (Client client = Client.builder().endpoints("http://127.0.0.1:" + etcdPort).build()) {
      etcd.await(key, START_MAX, () -> has(client, key));
    }
  }

  private static Optional<Boolean> has(Client client, String key) {
    try {
      long count =
          client
              .getKVClient()
              .get(ByteSequence.from(key, StandardCharsets.UTF_8))
              .get(SECONDS_MAX, TimeUnit.SECONDS)
              .getCount();
      return count == 1 ? Optional.of(true) : Optional.empty();
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new IllegalStateException(failed);
    }
  }

  int stopApiServer() {
    return apiServer().terminate();
  }

  void killApiServer() {
    apiServer().kill();
  }

  int awaitApiServer() {
    return apiServer().awaitExit(END_MAX);
  }

  int stopEtcd() {
    return etcd.terminate();
  }

  private Child apiServer() {
    Child running = apiServer;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }

  /// Where the two found each other.
  Path socket() throws IOException {
    return Path.of(
        "/tmp/pintle-%s/etcd-%d.sock".formatted(Files.getAttribute(home, "unix:uid"), etcdPort));
  }

  String logs() {
    return etcd.log() + apiServer().log();
  }

  @Override
  public void close() {
    if (apiServer != null) {
      apiServer.close();
    }
    etcd.close();
    plain.close();
  }
}
