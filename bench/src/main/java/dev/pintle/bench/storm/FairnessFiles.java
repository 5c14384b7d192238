package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiAnswer;
import dev.pintle.bench.api.ApiCall;
import dev.pintle.bench.api.ApiConnection;
import dev.pintle.bench.api.ApiLoops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A folder of priority levels and flow schemas, one object a file, in the order of the files' names.
public record FairnessFiles(Path folder) {
  private static final String GROUP = "/apis/flowcontrol.apiserver.k8s.io/v1/";
  private static final String LEVELS = "/debug/api_priority_and_fairness/dump_priority_levels";
  private static final String LEVEL = "PriorityLevelConfiguration";
  private static final int SECONDS_MAX = 30;
  private static final int LOOK_MILLIS = 100;

  /// Creates what they say, and waits until the server goes by it.
  public void apply(StormTarget target) throws IOException, InterruptedException {
    List<String> levels = new ArrayList<>();
    try (ApiLoops loops = new ApiLoops();
        ApiConnection admin = target.admin(loops)) {
      for (Path file : files()) {
        String text = Files.readString(file);
        String kind = value(file, text, "kind: ");
        String path = GROUP + kind.toLowerCase(Locale.ROOT) + "s";
        ApiAnswer answer = admin.call(ApiCall.post(path, text).withType(ApiCall.YAML));
        if (!answer.succeeded()) {
          throw new IOException("%s: %d %s".formatted(file, answer.code(), answer.body()));
        }
        if (kind.equals(LEVEL)) {
          levels.add(value(file, text, "  name: "));
        }
      }
      for (String level : levels) {
        await(admin, level);
      }
    }
  }

  private static void await(ApiConnection admin, String level)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (true) {
      ApiAnswer levels = admin.call(ApiCall.get(LEVELS, "*/*").keeping());
      if (levels.body().lines().anyMatch(line -> line.startsWith(level + ","))) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "%s: not in force after %d s%n%s".formatted(level, SECONDS_MAX, levels.body()));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static String value(Path file, String text, String start) throws IOException {
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElseThrow(
            () -> new IOException("%s: no line that begins with '%s'".formatted(file, start)));
  }
}
