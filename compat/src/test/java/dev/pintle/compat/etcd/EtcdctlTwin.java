package dev.pintle.compat.etcd;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.assertj.core.api.SoftAssertions;

/// The same etcdctl commands, in the same order, to the real etcd and to Pintle: same exit code, same words, in every output
/// form.
final class EtcdctlTwin {
  private static final List<String> FORMS = List.of("simple", "json", "fields");

  private final List<Step> steps = new ArrayList<>();

  /// How long a command that never ends by itself is left running, at first and at most.
  private static final Duration HEARD = Duration.ofMillis(700);

  private static final Duration HEARD_MAX = Duration.ofSeconds(12);

  /// @param listens whether it goes on for ever, and is given how long it may
  private record Step(
      String name, boolean listens, BiFunction<Etcdctl, Duration, Tool.Result> action) {}

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

  void compare(Path data) {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      Etcdctl toReal = Etcdctl.at(real.url());
      Etcdctl toPintle = Etcdctl.at(pintle.etcd());
      SoftAssertions differences = new SoftAssertions();
      for (Step step : steps) {
        compare(step, toReal, toPintle, differences);
      }
      System.err.printf("twin: %d etcdctl commands compared%n", steps.size());
      differences.assertAll();
    }
  }

  /// Who listens for a short while on a busy machine hears less than there is: where the servers differ it listens again,
  /// longer.
  private static void compare(
      Step step, Etcdctl toReal, Etcdctl toPintle, SoftAssertions differences) {
    for (Duration time = HEARD; ; time = time.multipliedBy(4)) {
      String expected = Normal.of(step.action().apply(toReal, time));
      String actual = Normal.of(step.action().apply(toPintle, time));
      if (actual.equals(expected) || !step.listens() || time.compareTo(HEARD_MAX) > 0) {
        differences.assertThat(actual).as(step.name()).isEqualTo(expected);
        return;
      }
    }
  }
}
