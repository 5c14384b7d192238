package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningApiserver;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real kube-apiserver with Pintle for its etcd, used by the real kubectl.
class ApiserverIT {
  private static final Duration WATCHED = Duration.ofSeconds(2);
  private static final Duration WATCHED_MAX = Duration.ofSeconds(30);
  private static final int CONFIG_MAPS = 600;

  @TempDir private Path data;

  @Test
  void theRealApiserverWorksOnPintle() throws Exception {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      try (RunningApiserver kube = RunningApiserver.start(data.resolve("kube"), pintle.etcd())) {
        createReadWatchAndDelete(kube);
        createMany(kube);
      }
      assertThat(calls(pintle, "RangeStream", "OK")).as("ended streams of ranges").isPositive();
      assertThat(calls(pintle, "RangeStream", "Unimplemented")).isZero();
      // a second life reads back everything through its caches
      try (RunningApiserver kube = RunningApiserver.start(data.resolve("kube2"), pintle.etcd())) {
        assertThat(names(kube)).hasSizeGreaterThanOrEqualTo(CONFIG_MAPS);
        assertThat(kube.child().terminate()).isZero();
      }
      assertThat(pintle.child().terminate()).isEqualTo(143);
      assertThat(pintle.child().warnings()).isEmpty();
    }
  }

  private static void createReadWatchAndDelete(RunningApiserver kube) {
    out(kube, "create", "configmap", "first", "--from-literal=a=1");
    assertThat(out(kube, "get", "configmap", "first", "-o", "jsonpath={.data.a}")).isEqualTo("1");
    out(kube, "patch", "configmap", "first", "-p", "{\"data\":{\"a\":\"2\"}}");
    out(kube, "label", "configmap", "first", "changed=yes");
    assertThat(watched(kube, WATCHED, "first")).contains("ADDED").contains("first");
    assertThat(out(kube, "get", "configmap", "-l", "changed=yes", "-o", "name"))
        .isEqualTo("configmap/first\n");
    out(kube, "create", "namespace", "other");
    out(kube, "create", "secret", "generic", "s", "-n", "other", "--from-literal=x=y");
    out(kube, "delete", "configmap", "first");
    assertThat(kube.kubectl("get", "configmap", "first").run().err()).contains("NotFound");
  }

  /// What a watch says, which never ends by itself: it is given more time where it has not said `word` yet.
  private static String watched(RunningApiserver kube, Duration time, String word) {
    String said =
        kube.kubectl("get", "configmap", "--watch", "--output-watch-events")
            .within(time)
            .run()
            .out();
    return said.contains(word) || time.compareTo(WATCHED_MAX) >= 0
        ? said
        : watched(kube, time.multipliedBy(2), word);
  }

  private static void createMany(RunningApiserver kube) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < CONFIG_MAPS; i++) {
      all.append("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: many-%03d}\n".formatted(i))
          .append("data: {text: \"%s\"}\n".formatted("x".repeat(2000)));
    }
    Tool.Result created =
        kube.kubectl("create", "-f", "-").within(Duration.ofMinutes(2)).run(all.toString());
    assertThat(created.exit()).as(created.err()).isZero();
    assertThat(names(kube)).hasSizeGreaterThanOrEqualTo(CONFIG_MAPS);
  }

  private static String[] names(RunningApiserver kube) {
    return out(kube, "get", "configmap", "-o", "name").split("\n");
  }

  private static String out(RunningApiserver kube, String... arguments) {
    Tool.Result result = kube.kubectl(arguments).run();
    assertThat(result.exit()).as(String.join(" ", arguments) + ": " + result.err()).isZero();
    return result.out();
  }

  private static long calls(RunningPintle pintle, String method, String code) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(pintle.etcd() + "/metrics")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String metrics = http.send(request, BodyHandlers.ofString()).body();
      Matcher found =
          Pattern.compile(
                  "grpc_server_handled_total\\{grpc_code=\"%s\",grpc_method=\"%s\",[^}]*} ([0-9]+)"
                      .formatted(code, method))
              .matcher(metrics);
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
  }
}
