package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Evictions that are meant for another pod, or ask for what an eviction does not do.
final class EvictionTest {
  private static final String POD = Api.PODS + "/p";
  private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

  private final Api api = new Api();

  @BeforeEach
  void makeAPod() throws InterruptedException {
    api.pod("p", "\"nodeName\":\"n\",\"containers\":[{\"name\":\"c\",\"image\":\"x\"}]");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Answer evict(String query, String options) throws InterruptedException {
    return api.post(
        POD + "/eviction" + query,
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"p\"},\"deleteOptions\":%s}"
            .formatted(options));
  }

  private void phase(String phase, String conditions) throws InterruptedException {
    api.patch(
        POD + "/status",
        Api.MERGE,
        "{\"status\":{\"phase\":\"%s\",\"conditions\":%s}}".formatted(phase, conditions));
  }

  private void budget(int allowed) throws InterruptedException {
    api.post(
        BUDGETS, "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"minAvailable\":1,\"selector\":{}}}");
    api.patch(
        BUDGETS + "/b/status",
        Api.MERGE,
        "{\"status\":{\"observedGeneration\":1,\"disruptionsAllowed\":%d,\"currentHealthy\":2,\"desiredHealthy\":1,\"expectedPods\":2}}"
            .formatted(allowed));
  }

  private String uid() throws InterruptedException {
    return String.valueOf(api.get(POD).metadata().text("uid"));
  }

  private void isRefusedAsAnother(Answer refused) throws InterruptedException {
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.reason()).isEqualTo("Conflict");
    assertThat(refused.message())
        .isEqualTo(
            "Operation cannot be fulfilled on Pod \"p\": the UID in the precondition (other) does not match the UID in record"
                + " (%s). The object might have been deleted and then recreated",
            uid());
    assertThat(refused.body().objectAt("details").text("kind")).isEqualTo("Pod");
    assertThat(api.get(POD).metadata().has("deletionTimestamp")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pending", "Running", "Succeeded", "Failed"})
  void anEvictionOfAnotherPodIsAConflictThatNamesBoth(String phase) throws InterruptedException {
    phase(phase, "[]");
    isRefusedAsAnother(evict("", "{\"preconditions\":{\"uid\":\"other\"}}"));
    isRefusedAsAnother(evict("?dryRun=All", "{\"preconditions\":{\"uid\":\"other\"}}"));
  }

  @Test
  void theUidIsLookedAtBeforeTheVersion() throws InterruptedException {
    isRefusedAsAnother(
        evict("", "{\"preconditions\":{\"uid\":\"other\",\"resourceVersion\":\"1\"}}"));
  }

  @Test
  void anEvictionOfAnotherVersionIsAConflictThatNamesBoth() throws InterruptedException {
    Answer refused = evict("", "{\"preconditions\":{\"resourceVersion\":\"1\"}}");
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message())
        .contains("on Pod \"p\": the ResourceVersion in the precondition (1) does not match");
  }

  /// The budget has its say first, and what it gave is spent.
  @Test
  void aBudgetIsAskedBeforeThePodIsLookedAt() throws InterruptedException {
    phase("Running", "[{\"type\":\"Ready\",\"status\":\"True\"}]");
    budget(1);
    isRefusedAsAnother(evict("", "{\"preconditions\":{\"uid\":\"other\"}}"));
    assertThat(evict("", "{\"preconditions\":{\"uid\":\"other\"}}").code()).isEqualTo(429);
  }

  /// Somebody is faster each time: twenty times is enough, upstream's figure, and the last refusal is told.
  @Test
  void aPodThatChangesAllTheTimeIsNotEvictedForEver() throws InterruptedException {
    phase("Pending", "[]");
    String key = "/registry/pods/default/p";
    byte[] pod = api.stored(key);
    AtomicInteger tries = new AtomicInteger();
    api.reads()
        .before(command -> {
          if (WatchedMember.isWriteOf(command, key)) {
            tries.incrementAndGet();
            overwrite(key, pod);
          }
        });

    Answer refused = evict("", "{}");

    assertThat(tries).hasValueLessThanOrEqualTo(20);
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.reason()).isEqualTo("Conflict");
    assertThat(refused.message())
        .startsWith(
            "Operation cannot be fulfilled on Pod \"p\": the ResourceVersion in the precondition (")
        .endsWith("The object might have been modified");
  }

  private void overwrite(String key, byte[] value) {
    try {
      api.store(key, value);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// However many evict the pods of one budget at once, each has its turn.
  @Test
  void aCrowdSpendsABudgetToTheLast() throws Exception {
    int pods = 150;
    for (int i = 0; i < pods; i++) {
      api.pod("c" + i, "\"nodeName\":\"n\",\"containers\":[{\"name\":\"c\",\"image\":\"x\"}]");
      api.patch(
          Api.PODS + "/c" + i + "/status",
          Api.MERGE,
          "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    }
    budget(pods - 10);
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < pods; i++) {
        String path = Api.PODS + "/c" + i + "/eviction";
        String eviction =
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"c%d\"}}"
                .formatted(i);
        answers.add(threads.submit(() -> api.post(path, eviction)));
      }
    }
    Map<Integer, Integer> codes = new HashMap<>();
    for (Future<Answer> answer : answers) {
      codes.merge(answer.get().code(), 1, Integer::sum);
    }
    assertThat(codes).isEqualTo(Map.of(201, pods - 10, 429, 10));
  }

  @Test
  void anEvictionOfThisPodIsDone() throws InterruptedException {
    Answer done = evict("", "{\"preconditions\":{\"uid\":\"%s\"}}".formatted(uid()));
    assertThat(done.code()).isEqualTo(201);
    assertThat(api.get(POD).metadata().has("deletionTimestamp")).isTrue();
  }

  @Test
  void whatCannotBeReadIsNotEvicted() throws InterruptedException {
    Answer refused = evict("", "{\"ignoreStoreReadErrorWithClusterBreakingPotential\":true}");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message())
        .isEqualTo(
            "Eviction.policy \"p\" is invalid: deleteOptions.ignoreStoreReadErrorWithClusterBreakingPotential:"
                + " Invalid value: true: can not be set for pod eviction, try after removing the option");
    assertThat(evict("", "{\"ignoreStoreReadErrorWithClusterBreakingPotential\":false}").code())
        .isEqualTo(201);
  }

  @Test
  void whatIsTriedIsSaidInOneWay() throws InterruptedException {
    Answer refused = evict("?dryRun=All", "{\"dryRun\":[\"x\"]}");
    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.message())
        .isEqualTo("Non-matching dry-run options in request and content: [All] and [x]");
    for (String query : new String[] {"", "?dryRun=All"}) {
      assertThat(evict(query, "{\"dryRun\":[\"All\"]}").code()).isEqualTo(201);
      assertThat(api.get(POD).metadata().has("deletionTimestamp")).isFalse();
    }
  }
}
