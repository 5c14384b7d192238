package dev.pintle.kube.endpoint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which pods a service selects, beside a look at all of its namespace.
final class ServicePodsTest {
  private static final ResourceType PODS =
      requireNonNull(BuiltInTypes.load().snapshot().resource(new GroupVersion("", "v1"), "pods"));

  private final ServicePods index = new ServicePods(PODS);
  private LocalMember member;

  @BeforeEach
  void open() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
  }

  @AfterEach
  void close() {
    member.close();
  }

  private ObjectView view() {
    return new ObjectView(member.view(), new ObjectReader(new SameVersionOnly()));
  }

  private void put(String namespace, String name, Map<String, String> labels) {
    List<String> written = new ArrayList<>();
    labels.forEach((key, value) -> written.add("\"%s\":\"%s\"".formatted(key, value)));
    String json =
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\",\"uid\":\"u\",\"labels\":{%s}}}"
            .formatted(name, namespace, String.join(",", written));
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.put(
          Keys.object(PODS, namespace, name), Bytes.wrap(json.getBytes(StandardCharsets.UTF_8)), 0);
      assertThat(transaction.commit(member)).isPresent();
    }
  }

  private void delete(String namespace, String name) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.delete(Keys.object(PODS, namespace, name)).commit(member);
    }
  }

  private static List<String> names(List<ServicePod> pods) {
    return pods.stream().map(ServicePod::name).toList();
  }

  private static Map<String, String> labels(SplittableRandom random, int most) {
    Map<String, String> labels = new HashMap<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      labels.put("k" + random.nextInt(4), "v" + random.nextInt(3));
    }
    return labels;
  }

  @Test
  void theSameAsByLookingAtEveryPod() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 1_500; round++) {
      String namespace = "ns" + random.nextInt(3);
      String pod = "p" + random.nextInt(12);
      switch (random.nextInt(6)) {
        case 0 -> delete(namespace, pod);
        case 1 -> index.expect(namespace, labels(random, 3));
        case 2 -> {
          if (round % 100 == 0) {
            member.execute(new Command.Compact(member.view().revision()));
          }
        }
        default -> put(namespace, pod, labels(random, 4));
      }
      Map<String, String> selector = labels(random, 3);
      ObjectView view = view();
      assertThat(names(index.selected(view, namespace, selector)))
          .as("round %d: %s", round, selector)
          .isEqualTo(names(ServicePod.selected(view, PODS, namespace, selector)));
    }
  }

  @Test
  void aViewOfThePastIsToldNothingThatItDoesNotHave() {
    put("ns", "a", Map.of("app", "x"));
    ObjectView past = view();
    put("ns", "b", Map.of("app", "x"));
    delete("ns", "a");
    assertThat(names(index.selected(view(), "ns", Map.of("app", "x")))).containsExactly("b");
    assertThat(names(index.selected(past, "ns", Map.of("app", "x")))).isEmpty();
  }
}
