package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The case of many custom resource definitions: what creating them takes, how soon each is served, what an idle server with a few hundred
/// holds, and what a restart with thousands takes.
final class CustomDefinitions {
  static final String WORD = "definitions";
  private static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final int GROUPS = 100;
  private static final int IDLE_SECONDS = 20;

  /// Levels of objects within one another, which make a definition as long as real ones are: some 20 KB.
  private static final int LEVELS = 3;

  private final Contender contender;
  private final KubeCalls calls;

  CustomDefinitions(Contender contender) {
    this.contender = contender;
    this.calls = new KubeCalls(contender);
  }

  /// The figures of some definitions that were created one after another.
  ///
  /// @param established from the answer to each create until it is told to be established, µs, sorted
  record Created(long millis, List<Long> established) {
    long at(double quantile) {
      return established.get((int) Math.min(established.size() - 1, established.size() * quantile));
    }
  }

  /// Creates those from one number to another.
  Created create(int from, int to) throws IOException, InterruptedException {
    List<Long> established = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = from; i < to; i++) {
      calls.post(PATH, definition(i));
      long created = System.nanoTime();
      awaitEstablished(name(i));
      established.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - created));
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new Created(millis, established.stream().sorted().toList());
  }

  /// What the processes hold once they have been left alone.
  long idleResidentBytes() throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    return Usage.of(contender.kubePids()).residentBytes();
  }

  /// Ends the processes while they have yet to see to one more definition; answers how long that takes, ms.
  long stopBusy(int number) throws IOException, InterruptedException {
    calls.post(PATH, definition(number));
    long start = System.nanoTime();
    contender.close();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /// Starts anew; answers the time until the newest definition's objects can be listed.
  static long restart(Contender.Kind kind, Path data, int count)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (Contender again = kind.start(data)) {
      String path = "/apis/%s/v1/%ss".formatted(group(count - 1), kind(count - 1));
      new KubeCalls(again).get(path);
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
  }

  /// Defines one resource and waits until its objects can be listed at `path`.
  void define(String definition, String name, String path)
      throws IOException, InterruptedException {
    calls.post(PATH, definition);
    awaitEstablished(name);
    KubeCalls.await(path, () -> calls.statusOf(path) == 200);
  }

  private void awaitEstablished(String name) throws IOException, InterruptedException {
    KubeCalls.await(
        name + " established",
        () -> calls.get(PATH + "/" + name).contains("\"reason\":\"InitialNamesAccepted\""));
  }

  private static String group(int i) {
    return "group%d.example.com".formatted(i % GROUPS);
  }

  private static String kind(int i) {
    return "widget" + i;
  }

  private static String name(int i) {
    return "%ss.%s".formatted(kind(i), group(i));
  }

  private static String definition(int i) {
    return """
    {"metadata":{"name":"%s"},"spec":{"group":"%s","scope":"Namespaced",\
    "names":{"plural":"%ss","kind":"%s"},"versions":[{"name":"v1","served":true,"storage":true,\
    "subresources":{"status":{}},"schema":{"openAPIV3Schema":{"type":"object","properties":{\
    "spec":{"type":"object","properties":{%s}},\
    "status":{"type":"object","properties":{"ready":{"type":"boolean"}}}}}}}]}}\
    """
        .formatted(name(i), group(i), kind(i), kind(i), properties(LEVELS));
  }

  private static String properties(int levels) {
    String inner =
        levels == 0
            ? ""
            : """
            "left":{"type":"object","description":"The settings of the left half of it.","properties":{%1$s}},\
            "right":{"type":"object","description":"The settings of the right half of it.","properties":{%1$s}},\
            """
                .formatted(properties(levels - 1));
    return inner
        + """
        "parts":{"type":"array","maxItems":100,"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],\
        "items":{"type":"object","required":["name"],"properties":{\
        "name":{"type":"string","maxLength":63,"description":"The name of the part, of which there is one in the list."},\
        "value":{"type":"string","description":"The value of the part, in the form that the part wants."}}}},\
        "replicas":{"type":"integer","format":"int32","minimum":0,"default":1,"description":"How many there are at once."},\
        "mode":{"type":"string","pattern":"^[a-z0-9]+$","maxLength":200,"description":"The mode in which it runs, in small letters."},\
        "text":{"type":"string","description":"What is said of it in the lists of those who look after it, in some detail."}\
        """;
  }
}
