package dev.pintle.kube.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// When what the endpoints of a service follow from changed.
final class TriggerTimesTest {
  private static final String START = "2026-11-28T10:00:00Z";

  private final TriggerTimes times = new TriggerTimes();

  private static JsonObject read(String json) {
    return (JsonObject) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static SelectingService service(String created) {
    return new SelectingService(
        read("{\"metadata\":{\"creationTimestamp\":\"%s\"}}".formatted(created)),
        Map.of(),
        Map.of(),
        false);
  }

  private static ServicePod pod(String name, String readyChanged) {
    return new ServicePod(
        read(
            "{\"metadata\":{\"name\":\"%s\"},\"status\":{\"conditions\":[{\"type\":\"Ready\",\"lastTransitionTime\":\"%s\"}]}}"
                .formatted(name, readyChanged)));
  }

  private Optional<Instant> look(ServicePod... pods) {
    return times.look("s", service(START), List.of(pods));
  }

  @Test
  void theEarliestOfSeveralChangesCounts() {
    assertThat(look()).contains(Instant.parse(START));
    assertThat(look()).isEmpty();
    assertThat(look(pod("a", "2026-11-28T10:00:05Z"), pod("b", "2026-11-28T10:00:03Z")))
        .contains(Instant.parse("2026-11-28T10:00:03Z"));
    assertThat(look(pod("a", "2026-11-28T10:00:05Z"), pod("b", "2026-11-28T10:00:03Z"))).isEmpty();
    assertThat(look(pod("a", "2026-11-28T10:00:09Z"), pod("b", "2026-11-28T10:00:01Z")))
        .contains(Instant.parse("2026-11-28T10:00:09Z"));
    assertThat(times.look("s", service("2026-11-28T11:00:00Z"), List.of()))
        .contains(Instant.parse("2026-11-28T11:00:00Z"));
  }

  /// Beside a map of every pod.
  @Test
  void theSameAsByKeepingAllTimes() {
    SplittableRandom random = new SplittableRandom(11);
    Map<String, Instant> before = new HashMap<>();
    assertThat(look()).isPresent();
    for (int round = 0; round < 300; round++) {
      List<ServicePod> pods = new ArrayList<>();
      Map<String, Instant> now = new HashMap<>();
      for (int i = 0; i < random.nextInt(30); i++) {
        String name = "p" + random.nextInt(60);
        Instant time = Instant.parse(START).plusSeconds(random.nextInt(50));
        if (now.putIfAbsent(name, time) == null) {
          pods.add(pod(name, time.toString()));
        }
      }
      Optional<Instant> earliest =
          now.entrySet().stream()
              .filter(
                  each -> each.getValue().isAfter(before.getOrDefault(each.getKey(), Instant.MIN)))
              .map(Map.Entry::getValue)
              .min(Instant::compareTo);
      assertThat(look(pods.toArray(ServicePod[]::new))).as("round %d", round).isEqualTo(earliest);
      before.clear();
      before.putAll(now);
    }
  }
}
