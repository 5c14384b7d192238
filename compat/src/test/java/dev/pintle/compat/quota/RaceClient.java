package dev.pintle.compat.quota;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.KubeClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// One of many clients that make and delete objects, as fast as they are answered.
final class RaceClient implements Callable<Map<String, Integer>> {
  private static final int OWN_MAX = 5;
  private static final int PERCENT = 100;
  private static final int SHARED_NAMES = 4;

  private final KubeClient client;
  private final int number;
  private final List<String> namespaces;
  private final RandomGenerator random;
  private final BooleanSupplier goesOn;
  private final List<Own> own = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  /// An object that the client has made.
  private record Own(RaceKind kind, String namespace, String name) {
    String path() {
      return kind.collection(namespace) + '/' + name;
    }
  }

  RaceClient(
      KubeClient client,
      int number,
      List<String> namespaces,
      RandomGenerator random,
      BooleanSupplier goesOn) {
    this.client = client;
    this.number = number;
    this.namespaces = namespaces;
    this.random = random;
    this.goesOn = goesOn;
  }

  /// Answers how often what was answered.
  @Override
  public Map<String, Integer> call() {
    while (goesOn.getAsBoolean()) {
      int chance = random.nextInt(PERCENT);
      if (own.size() >= OWN_MAX || (chance < 35 && !own.isEmpty())) {
        delete(own.remove(random.nextInt(own.size())));
      } else if (chance < 42 && !own.isEmpty()) {
        change(random.nextInt(own.size()));
      } else if (chance < 43) {
        deleteAll();
      } else {
        create(chance);
      }
    }
    return counts;
  }

  private void create(int chance) {
    RaceKind kind = RaceKind.any(random);
    String namespace = namespaces.get(random.nextInt(namespaces.size()));
    boolean shared = chance < 55;
    boolean tried = chance >= 95;
    String name =
        shared
            ? "\"name\":\"shared-%d\"".formatted(random.nextInt(SHARED_NAMES))
            : "\"generateName\":\"own-\"";
    String metadata = name + ",\"labels\":{\"client\":\"%d\"}".formatted(number);
    Answer answer =
        client.post(
            kind.collection(namespace) + (tried ? "?dryRun=All" : ""), kind.body(metadata, random));
    String outcome =
        switch (answer.code()) {
          case 201 -> tried ? "tried" : "made";
          case 403 ->
              answer.message().contains("exceeded quota") ? "refused" : "odd: " + answer.text();
          case 409 -> shared ? "taken" : "odd: " + answer.text();
          default -> "odd: " + answer.text();
        };
    count(outcome);
    if (answer.code() == 201 && !tried) {
      own.add(new Own(kind, namespace, answer.json().path("metadata").path("name").asString("")));
    }
  }

  private void delete(Own object) {
    Answer answer =
        client.send("DELETE", object.path(), KubeClient.JSON, "{\"gracePeriodSeconds\":0}");
    // Who shares a name may have been deleted by others with all that had their label.
    count(answer.code() == 200 || answer.code() == 404 ? "deleted" : "odd: " + answer.text());
  }

  /// All that is the client's of one kind in one namespace.
  private void deleteAll() {
    RaceKind kind = random.nextBoolean() ? RaceKind.CONFIG_MAP : RaceKind.WIDGET;
    String namespace = namespaces.get(random.nextInt(namespaces.size()));
    Answer answer =
        client.send(
            "DELETE",
            kind.collection(namespace) + "?labelSelector=client%3D" + number,
            KubeClient.JSON,
            "{}");
    count(answer.code() == 200 ? "deleted all" : "odd: " + answer.text());
    own.removeIf(each -> each.kind() == kind && each.namespace().equals(namespace));
  }

  /// What costs more or less than before.
  private void change(int index) {
    Own object = own.get(index);
    String status = "";
    String body =
        switch (object.kind()) {
          case SERVICE ->
              "{\"spec\":{\"type\":\"%s\"}}"
                  .formatted(random.nextBoolean() ? "NodePort" : "ClusterIP");
          case POD -> {
            status = "/status";
            yield "{\"status\":{\"phase\":\"Succeeded\"}}";
          }
          case CONFIG_MAP, CLAIM, WIDGET -> "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}";
        };
    Answer answer = client.send("PATCH", object.path() + status, KubeClient.MERGE, body);
    String outcome =
        switch (answer.code()) {
          case 200 -> "changed";
          case 404 -> "gone";
          case 403 ->
              answer.message().contains("exceeded quota") ? "refused" : "odd: " + answer.text();
          default -> "odd: " + answer.text();
        };
    count(outcome);
  }

  private void count(String outcome) {
    counts.merge(outcome, 1, Integer::sum);
  }
}
