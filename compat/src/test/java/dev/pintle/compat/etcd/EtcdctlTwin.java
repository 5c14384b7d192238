package dev.pintle.compat.etcd;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;

/// The same etcdctl commands, in the same order, to the real etcd and to Pintle: same exit code, same words, in every output
/// form.
final class EtcdctlTwin {
  private static final List<String> FORMS = List.of("simple", "json", "fields");

  private final List<Step> steps = new ArrayList<>();

  private record Step(String name, Function<Etcdctl, Tool.Result> action) {}

  void run(String... arguments) {
    steps.add(new Step(String.join(" ", arguments), etcdctl -> etcdctl.run(arguments)));
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
            etcdctl -> etcdctl.feed(input, arguments)));
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
    steps.add(new Step(String.join(" ", arguments), etcdctl -> etcdctl.listen(arguments)));
  }

  /// A command that goes on for ever, and reads what it is to do.
  void listenTo(String input, String... arguments) {
    steps.add(
        new Step(
            "%s <<%s".formatted(String.join(" ", arguments), input),
            etcdctl -> etcdctl.listenTo(input, arguments)));
  }

  void compare(Path data) {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      Etcdctl toReal = Etcdctl.at(real.url());
      Etcdctl toPintle = Etcdctl.at(pintle.etcd());
      SoftAssertions differences = new SoftAssertions();
      for (Step step : steps) {
        String expected = Normal.of(step.action().apply(toReal));
        String actual = Normal.of(step.action().apply(toPintle));
        differences.assertThat(actual).as(step.name()).isEqualTo(expected);
      }
      System.err.printf("twin: %d etcdctl commands compared%n", steps.size());
      differences.assertAll();
    }
  }
}
