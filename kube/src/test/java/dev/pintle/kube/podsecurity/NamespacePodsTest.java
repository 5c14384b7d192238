package dev.pintle.kube.podsecurity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How many of a namespace's pods are looked at, and which first.
final class NamespacePodsTest {
  private static final ResourceType PODS =
      requireNonNull(BuiltInTypes.load().snapshot().resource(new GroupVersion("", "v1"), "pods"));
  private static final LevelVersion BASELINE =
      new LevelVersion(PodSecurityLevel.BASELINE, PodSecurityVersion.LATEST);
  private static final String VIOLATED =
      "existing pods in namespace \"ns\" violate the new PodSecurity enforce level \"baseline:latest\"";

  private final AtomicLong nanos = new AtomicLong();
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

  private static String pod(String name, String owner, String spec) {
    String owners =
        owner.isEmpty()
            ? ""
            : ",\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"name\":\"r\",\"uid\":\"%s\",\"controller\":true}]"
                .formatted(owner);
    return "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"ns\",\"uid\":\"%s\"%s},\"spec\":%s}"
        .formatted(name, name, owners, spec);
  }

  private void put(String... pods) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      for (String pod : pods) {
        byte[] json = pod.getBytes(StandardCharsets.UTF_8);
        JsonObject metadata = ((JsonObject) JsonReader.read(json)).objectAt("metadata");
        transaction.put(Keys.object(PODS, "ns", metadata.textOrEmpty("name")), Bytes.wrap(json), 0);
      }
      assertThat(transaction.commit(member)).isPresent();
    }
  }

  private NamespacePods pods(String... exempt) {
    return new NamespacePods(PODS, Set.of(exempt), nanos::get);
  }

  @Test
  void podsThatAreWrongInTheSameWayAreToldTogether() {
    String bad = "{\"hostNetwork\":true}";
    put(
        pod("c", "", bad),
        pod("a", "", bad),
        pod("b", "", bad),
        pod("d", "", "{\"hostPID\":true,\"securityContext\":{\"sysctls\":[{\"name\":\"x\"}]}}"),
        pod("e", "", "{}"));

    assertThat(pods().warnings("ns", BASELINE, view()))
        .containsExactly(
            VIOLATED,
            "a (and 2 other pods): host namespaces",
            "d: host namespaces, forbidden sysctls");
    assertThat(pods().warnings("other", BASELINE, view())).isEmpty();
  }

  @Test
  void exemptPodsAreNotLookedAt() {
    put(pod("a", "", "{\"hostNetwork\":true,\"runtimeClassName\":\"gvisor\"}"));

    assertThat(pods("gvisor").warnings("ns", BASELINE, view())).isEmpty();
    assertThat(pods("kata").warnings("ns", BASELINE, view())).hasSize(2);
  }

  @Test
  void oneOfEachOwnerIsLookedAtFirstAndNoLongerThanASecond() {
    String bad = "{\"hostNetwork\":true}";
    put(pod("a", "one", "{}"), pod("b", "one", bad), pod("c", "two", bad), pod("d", "", bad));
    // Each look at the clock takes a third of the time.
    NamespacePods slow =
        new NamespacePods(PODS, Set.of(), () -> nanos.getAndAdd(NamespacePods.NANOS_MAX / 3 + 1));

    assertThat(slow.warnings("ns", BASELINE, view()))
        .containsExactly(
            "new PodSecurity enforce level only checked against the first 3 of 4 existing pods",
            VIOLATED,
            "c (and 1 other pod): host namespaces");
  }

  @Test
  void noMoreThanSoManyAreLookedAt() {
    int more = 5;
    String[] all = new String[NamespacePods.CHECKED_MAX + more];
    for (int i = 0; i < all.length; i++) {
      all[i] = pod("p%05d".formatted(i), "", "{}");
    }
    all[all.length - 1] = pod("q", "", "{\"hostNetwork\":true}");
    for (int from = 0; from < all.length; from += 100) {
      put(Arrays.copyOfRange(all, from, Math.min(all.length, from + 100)));
    }

    assertThat(pods().warnings("ns", BASELINE, view()))
        .containsExactly(
            "new PodSecurity enforce level only checked against the first %d of %d existing pods"
                .formatted(NamespacePods.CHECKED_MAX, NamespacePods.CHECKED_MAX + more));
  }

  @Test
  void onlyControllersMakePodsAlike() {
    String owned =
        ",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"name\":\"n\",\"uid\":\"n\"}]}";
    String bad = "{\"hostNetwork\":true}";
    put(
        pod("a", "one", "{}"),
        pod("b", "one", bad),
        pod("c", "", bad).replace("\"uid\":\"c\"}", "\"uid\":\"c\"" + owned),
        pod("d", "", bad).replace("\"uid\":\"d\"}", "\"uid\":\"d\"" + owned));
    NamespacePods slow =
        new NamespacePods(PODS, Set.of(), () -> nanos.getAndAdd(NamespacePods.NANOS_MAX / 3 + 1));

    assertThat(slow.warnings("ns", BASELINE, view()))
        .containsExactly(
            "new PodSecurity enforce level only checked against the first 3 of 4 existing pods",
            VIOLATED,
            "c (and 1 other pod): host namespaces");
  }

  @Test
  void whatIsWrongInAMillionWaysIsToldInPart() {
    String[] all = new String[30];
    for (int i = 0; i < all.length; i++) {
      String name = "x".repeat(100_000) + i;
      all[i] =
          pod(
              "p%02d".formatted(i),
              "",
              "{\"securityContext\":{\"sysctls\":[{\"name\":\"%s\"}]}}".formatted(name));
    }
    put(all);

    List<String> warnings = pods().warnings("ns", BASELINE, view());

    assertThat(warnings.getFirst()).isEqualTo(VIOLATED);
    assertThat(warnings.stream().mapToLong(String::length).sum())
        .isLessThan(NamespacePods.REASON_CHARACTERS_MAX + 10_000);
  }

  @Test
  void noMoreThanSomeArePutIntoOrderOfAGreatMany() {
    String uid = "u".repeat(100_000);
    String[] all = new String[100];
    for (int i = 0; i < all.length; i++) {
      all[i] = pod("p%03d".formatted(i), uid + i, "{}");
    }
    put(all);
    // Two looks at the clock: before and after what is read at once.
    NamespacePods slow =
        new NamespacePods(PODS, Set.of(), () -> nanos.getAndAdd(10 * NamespacePods.NANOS_MAX));

    assertThat(slow.warnings("ns", BASELINE, view()))
        .containsExactly(
            "new PodSecurity enforce level only checked against the first 1 of 100 existing pods");
  }
}
