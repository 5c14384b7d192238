package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.etcd.plan.QueuingPlan;
import dev.pintle.server.config.EtcdQueuing;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuingFlagTest {
  private static final String PLAN =
      """
      {"levels": [{"name": "l", "seats": 3}], "rules": [{"name": "r", "level": "l"}]}
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("plan.json"), text);
  }

  private static EtcdQueuing alone(String... arguments) throws StartException {
    return EtcdCommand.parse(List.of(arguments), Map.of()).config().queuing();
  }

  private static EtcdQueuing beside(String... arguments) throws StartException {
    return UpCommand.parse(List.of(arguments)).queuing();
  }

  @Test
  void nothingIsQueuedUnlessSomebodyAsksForIt() throws Exception {
    assertThat(alone()).isEqualTo(EtcdQueuing.OFF);
    assertThat(beside()).isEqualTo(EtcdQueuing.OFF);
    assertThat(beside("--etcd-fair-queuing=off").plan()).isEmpty();
  }

  @Test
  void onMeansTheUsualPlan() throws Exception {
    assertThat(alone("--fair-queuing", "on").plan()).contains(QueuingPlan.USUAL);
    assertThat(beside("--etcd-fair-queuing", "on").plan()).contains(QueuingPlan.USUAL);
    assertThat(EtcdCommand.parse(List.of(), Map.of("ETCD_FAIR_QUEUING", "on")).config().queuing())
        .isEqualTo(EtcdQueuing.ON);
  }

  @Test
  void aFileIsRead() throws Exception {
    Path file = file(PLAN);
    EtcdQueuing read = alone("--fair-queuing", file.toString());
    assertThat(read.given()).isEqualTo(file.toString());
    assertThat(read.plan().orElseThrow().levels().getFirst().seats()).isEqualTo(3);
    assertThat(beside("--etcd-fair-queuing", file.toString())).isEqualTo(read);
  }

  @Test
  void whatIsWrongIsSaidWithItsFile() throws Exception {
    Path file =
        file("{\"levels\": [{\"name\": \"l\", \"seats\": 1, \"queues\": 4, \"handSize\": 6}]}");
    assertThatThrownBy(() -> alone("--fair-queuing", file.toString()))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "--fair-queuing %s: levels[0].handSize: 6 (expected: 1 to 4); see ./pintle etcd --help"
                .formatted(file));
    assertThatThrownBy(() -> beside("--etcd-fair-queuing", "/no/such/file"))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "--etcd-fair-queuing /no/such/file: cannot be read: java.nio.file.NoSuchFileException: /no/such/file"
                + " (expected: off, on, or a file); see ./pintle up --help");
    assertThatThrownBy(() -> beside("--etcd-fair-queuing="))
        .hasMessageContaining("--etcd-fair-queuing: nothing (expected: off, on, or a file)");
  }

  @Test
  void queuingNeedsAPort() {
    assertThatThrownBy(() -> beside("--etcd", "off", "--etcd-fair-queuing", "on"))
        .hasMessageContaining(
            "--etcd-fair-queuing on with --etcd off (expected: an address of etcd)");
  }
}
