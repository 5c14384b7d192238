package dev.pintle.compat.etcd;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.assertj.core.api.SoftAssertions;

/// The same etcdctl commands, in the same order, to the real etcd and to Pintle: same exit code, same words, in every output
/// form.
final class EtcdctlTwin {
  private static final List<String> FORMS = List.of("simple", "json", "fields");

  private final List<Step> steps = new ArrayList<>();

  /// How long a command that never ends by itself is left running, at first and at most.
  private static final Duration HEARD = Duration.ofMillis(900);

  private static final Duration HEARD_MAX = Duration.ofSeconds(12);

  /// Who only listens disturbs nobody, and all but waits: so many steps in a row, at both servers, take no longer than one.
  private static final int LISTENING_MAX = 3;

  /// @param listens whether it goes on for ever, and is given how long it may
  private record Step(
      String name, boolean listens, BiFunction<Etcdctl, Duration, Tool.Result> action) {}

  /// What the two servers answered to one step, made comparable.
  private record Told(String real, String pintle) {
    boolean isAlike() {
      return real.equals(pintle);
    }
  }

  void run(String... arguments) {
    steps.add(new Step(String.join(" ", arguments), false, (etcdctl, _) -> etcdctl.run(arguments)));
  }

  void inAllForms(String... arguments) {
    in(FORMS, arguments);
  }

  void in(List<String> forms, String... arguments) {
    for (String form : forms) {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("-w", form));
      run(all.toArray(String[]::new));
    }
  }

  void txn(String input) {
    for (String form : FORMS) {
      feed(input, "txn", "-w", form);
    }
  }

  void feed(String input, String... arguments) {
    steps.add(
        new Step(
            "%s <<%s".formatted(String.join(" ", arguments), input),
            false,
            (etcdctl, _) -> etcdctl.feed(input, arguments)));
  }

  void watch(String... arguments) {
    for (String form : FORMS) {
      List<String> all = new ArrayList<>(List.of("watch"));
      all.addAll(List.of(arguments));
      all.addAll(List.of("-w", form));
      listen(all.toArray(String[]::new));
    }
  }

  void listen(String... arguments) {
    steps.add(
        new Step(
            String.join(" ", arguments),
            true,
            (etcdctl, time) -> etcdctl.listen(time, "", arguments)));
  }

  /// A command that goes on for ever, and reads what it is to do.
  void listenTo(String input, String... arguments) {
    steps.add(
        new Step(
            "%s <<%s".formatted(String.join(" ", arguments), input),
            true,
            (etcdctl, time) -> etcdctl.listen(time, input, arguments)));
  }

  /// @param flags of both servers
  void compare(Path data, String... flags) {
    try (RunningEtcd real = RunningEtcd.start(data, flags);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"), flags);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Etcdctl toReal = Etcdctl.at(real.url());
      Etcdctl toPintle = Etcdctl.at(pintle.etcd());
      SoftAssertions differences = new SoftAssertions();
      for (List<Step> together : together()) {
        List<CompletableFuture<Told>> answers =
            together.stream()
                .map(step ->
                    CompletableFuture.supplyAsync(
                        () -> told(step, toReal, toPintle, threads), threads))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
          Told told = answers.get(i).join();
          differences.assertThat(told.pintle()).as(together.get(i).name()).isEqualTo(told.real());
        }
      }
      System.err.printf("twin: %d etcdctl commands compared%n", steps.size());
      differences.assertAll();
    }
  }

  /// The steps in their order, in groups of which each is done at once.
  private List<List<Step>> together() {
    List<List<Step>> groups = new ArrayList<>();
    for (Step step : steps) {
      if (groups.isEmpty() || !joins(step, groups.getLast())) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(step);
    }
    return groups;
  }

  private static boolean joins(Step step, List<Step> group) {
    return step.listens() && group.getLast().listens() && group.size() < LISTENING_MAX;
  }

  /// What both servers told. Who listens for a short while on a busy machine hears less than there is: where the servers differ it listens
  /// again, longer.
  private static Told told(Step step, Etcdctl toReal, Etcdctl toPintle, Executor threads) {
    for (Duration time = HEARD; ; time = time.multipliedBy(4)) {
      Duration heard = time;
      CompletableFuture<Tool.Result> expected =
          CompletableFuture.supplyAsync(() -> step.action().apply(toReal, heard), threads);
      Tool.Result actual = step.action().apply(toPintle, heard);
      Told told = new Told(Normal.of(expected.join()), Normal.of(actual));
      if (told.isAlike() || !step.listens() || time.compareTo(HEARD_MAX) > 0) {
        return told;
      }
    }
  }
}
