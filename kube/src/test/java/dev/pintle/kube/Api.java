package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.controller.ServingAddress;
import dev.pintle.kube.discovery.Memoized;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.token.SigningKey;
import dev.pintle.member.StoreView;
import dev.pintle.member.clock.Clock;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A surface over a member in memory, asked as its admin.
final class Api implements AutoCloseable {
  private static final int SECONDS_MAX = 20;
  static final String TOKEN = "secret";
  static final String MAPS = "/api/v1/namespaces/default/configmaps";
  static final String PODS = "/api/v1/namespaces/default/pods";
  static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  static final String JSON = "application/json";
  static final String MERGE = "application/merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";

  /// Takes a while to make, and is made once for all tests.
  private static final Memoized<KeyPair> KEY = new Memoized<>(SigningKey::newPair);

  private final WatchedMember member;
  private KubeSurface surface;

  /// An answer as it came back.
  record Answer(int code, JsonObject body, FakeExchange exchange) {
    String message() {
      return String.valueOf(body.text("message"));
    }

    String reason() {
      return String.valueOf(body.text("reason"));
    }

    JsonObject metadata() {
      return body.objectAt("metadata");
    }

    String version() {
      return String.valueOf(metadata().text("resourceVersion"));
    }

    JsonArray items() {
      JsonArray items = body.array("items");
      return items == null ? new JsonArray() : items;
    }
  }

  Api() {
    this(UnaryOperator.identity());
  }

  Api(KubeConfig config) {
    this(config, UnaryOperator.identity());
  }

  /// @param innermost stands around the end of the way of every request
  Api(UnaryOperator<Stage> innermost) {
    this(KubeConfig.DEFAULT, innermost);
  }

  /// @param clock by which the leases of the store end
  Api(KubeConfig config, Clock clock) {
    this(config, UnaryOperator.identity(), clock);
  }

  Api(KubeConfig config, UnaryOperator<Stage> innermost) {
    this(config, innermost, Clock.SYSTEM);
  }

  private Api(KubeConfig config, UnaryOperator<Stage> innermost, Clock clock) {
    try {
      member = new WatchedMember(LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT, clock));
    } catch (IOException e) {
      throw new UncheckedIOException("member in memory", e);
    }
    surface = new KubeSurface(member, config.withAdminToken(TOKEN), KEY, innermost);
  }

  /// How the store is read.
  WatchedMember reads() {
    return member;
  }

  /// How many leases the store has.
  int leases() {
    return member.leases().ids().size();
  }

  /// Hands over an exchange as it is, without the admin's token.
  void handle(FakeExchange exchange) {
    surface.handle(exchange);
  }

  FakeExchange start(String method, String target, byte[] body, Map<String, String> headers) {
    return start(method, target, body, headers, true);
  }

  /// @param reading whether the client takes what is sent
  FakeExchange start(
      String method, String target, byte[] body, Map<String, String> headers, boolean reading) {
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent("authorization", "Bearer " + TOKEN);
    FakeExchange exchange = new FakeExchange(method, target, body, all);
    if (!reading) {
      exchange.stopReading();
    }
    surface.handle(exchange);
    return exchange;
  }

  Answer send(String method, String target, String body, Map<String, String> headers)
      throws InterruptedException {
    FakeExchange exchange = start(method, target, body.getBytes(StandardCharsets.UTF_8), headers);
    int code = exchange.status();
    boolean json =
        exchange.answerHeaders("content-type").stream().anyMatch(type -> type.startsWith(JSON));
    Json read = Json.NULL;
    if (json) {
      // A list leaves in pieces.
      exchange.awaitEnd();
      read = JsonReader.read(exchange.bytes());
    }
    return new Answer(
        code, read instanceof JsonObject object ? object : new JsonObject(), exchange);
  }

  Answer get(String target) throws InterruptedException {
    return send("GET", target, "", Map.of());
  }

  Answer get(String target, String accept) throws InterruptedException {
    return send("GET", target, "", Map.of("accept", accept));
  }

  Answer post(String target, String body) throws InterruptedException {
    return send("POST", target, body, Map.of("content-type", JSON));
  }

  Answer put(String target, String body) throws InterruptedException {
    return send("PUT", target, body, Map.of("content-type", JSON));
  }

  Answer patch(String target, String type, String body) throws InterruptedException {
    return send("PATCH", target, body, Map.of("content-type", type));
  }

  Answer delete(String target) throws InterruptedException {
    return send("DELETE", target, "", Map.of());
  }

  Answer delete(String target, String options) throws InterruptedException {
    return send("DELETE", target, options, Map.of("content-type", JSON));
  }

  FakeExchange watch(String target) {
    return start("GET", target, new byte[0], Map.of());
  }

  /// Makes a pod, and the service account that every pod needs.
  Answer pod(String name, String spec) throws InterruptedException {
    post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    return post(PODS, "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(name, spec));
  }

  /// Makes a config map.
  Answer map(String name, String labels) throws InterruptedException {
    return post(
        MAPS,
        "{\"metadata\":{\"name\":\"%s\",\"labels\":%s},\"data\":{\"k\":\"v\"}}"
            .formatted(name, labels));
  }

  /// Waits for what the server makes by itself.
  Api settledIn() throws InterruptedException {
    return settledIn(ServingAddress.NONE);
  }

  Api settledIn(ServingAddress at) throws InterruptedException {
    surface.settleIn(at).join();
    return this;
  }

  /// Has the server make what it makes by itself.
  Api settling() {
    var _ = surface.settleIn();
    return this;
  }

  /// Ends the surface and starts another over the same store.
  Api restart() {
    return restart(KubeConfig.DEFAULT);
  }

  Api restart(KubeConfig config) {
    surface.close();
    surface = new KubeSurface(member, config.withAdminToken(TOKEN), KEY);
    return this;
  }

  /// Writes a value past the surface, as another server of the cluster might.
  void store(String key, byte[] value) throws InterruptedException {
    CountDownLatch stored = new CountDownLatch(1);
    member.submit(Command.Put.of(Bytes.utf8(key), Bytes.wrap(value)), _ -> stored.countDown());
    stored.await();
  }

  /// Deletes a key past the surface, as a lease does that ends.
  void unstore(String key) throws InterruptedException {
    CountDownLatch gone = new CountDownLatch(1);
    member.submit(
        new Command.DeleteRange(KeyRange.point(Bytes.utf8(key)), false), _ -> gone.countDown());
    gone.await();
  }

  /// What lies in the store.
  byte[] stored(String key) {
    return switch (member.view().range(RangeRequest.of(KeyRange.point(Bytes.utf8(key))))) {
      case StoreView.Found(var result) -> result.entries().getFirst().value().array();
      case StoreView.NotReadable(var why) -> throw new AssertionError(key + ": " + why);
    };
  }

  /// The key that signs the tokens of service accounts.
  static KeyPair tokenKey() {
    return KEY.get();
  }

  /// Takes the store away from under the surface.
  void stopMember() {
    member.close();
  }

  @Override
  public void close() {
    surface.close();
    member.close();
  }

  /// Asks again until it is so.
  Answer until(String path, Predicate<Answer> isSo) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (true) {
      Answer answer = get(path);
      if (isSo.test(answer)) {
        return answer;
      }
      assertThat(System.nanoTime() - deadline)
          .as("%s stayed %s", path, answer.exchange().text())
          .isNegative();
      Thread.onSpinWait();
    }
  }

  /// Asks again until the answer says so.
  String untilSaid(String path, String text) throws InterruptedException {
    return until(path, answer -> answer.exchange().text().contains(text)).exchange().text();
  }
}
