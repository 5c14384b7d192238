package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemovalTest {
  private static final String CONTAINERS = "\"containers\":[{\"name\":\"c\",\"image\":\"x\"}]";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void anObjectWithoutFinalizersIsGoneAtOnce() throws InterruptedException {
    Answer made = api.map("a", "{}");

    Answer gone = api.delete(MAPS + "/a");

    assertThat(gone.body().text("status")).isEqualTo("Success");
    assertThat(gone.body().objectAt("details").text("uid")).isEqualTo(made.metadata().text("uid"));
    assertThat(api.get(MAPS + "/a").code()).isEqualTo(404);
  }

  @Test
  void aFinalizerHoldsTheObjectUntilItIsTakenAway() throws InterruptedException {
    api.post(MAPS, "{\"metadata\":{\"name\":\"a\",\"finalizers\":[\"example.com/x\"]}}");

    Answer held = api.delete(MAPS + "/a");
    Answer last = api.patch(MAPS + "/a", Api.MERGE, "{\"metadata\":{\"finalizers\":null}}");

    assertThat(held.metadata().has("deletionTimestamp")).isTrue();
    assertThat(held.metadata().get("deletionGracePeriodSeconds")).isEqualTo(Json.of(0));
    assertThat(last.code()).isEqualTo(200);
    assertThat(api.get(MAPS + "/a").code()).isEqualTo(404);
  }

  @Test
  void foregroundAndOrphanDeletionLeaveWorkForTheCollector() throws InterruptedException {
    api.map("f", "{}");
    api.map("o", "{}");

    Answer foreground = api.delete(MAPS + "/f", "{\"propagationPolicy\":\"Foreground\"}");
    Answer orphan = api.delete(MAPS + "/o", "{\"propagationPolicy\":\"Orphan\"}");

    assertThat(foreground.metadata().array("finalizers"))
        .isEqualTo(JsonArray.of(Json.of("foregroundDeletion")));
    assertThat(orphan.metadata().array("finalizers")).isEqualTo(JsonArray.of(Json.of("orphan")));
  }

  @Test
  void preconditionsMustHold() throws InterruptedException {
    api.map("a", "{}");

    Answer refused = api.delete(MAPS + "/a", "{\"preconditions\":{\"uid\":\"other\"}}");

    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message())
        .startsWith(
            "Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition");
  }

  @Test
  void aRunningPodIsGivenItsGracePeriod() throws InterruptedException {
    api.pod("p", "\"nodeName\":\"n\"," + CONTAINERS);

    Answer held = api.delete(PODS + "/p");
    Answer shorter = api.delete(PODS + "/p", "{\"gracePeriodSeconds\":0}");

    assertThat(held.metadata().get("deletionGracePeriodSeconds")).isEqualTo(Json.of(30));
    assertThat(shorter.code()).isEqualTo(200);
    assertThat(api.get(PODS + "/p").code()).isEqualTo(404);
  }

  @Test
  void aPodOnNoNodeIsGoneAtOnce() throws InterruptedException {
    api.pod("p", CONTAINERS);

    Answer gone = api.delete(PODS + "/p");

    assertThat(gone.body().text("kind")).isEqualTo("Pod");
    assertThat(gone.metadata().has("deletionTimestamp")).isTrue();
    assertThat(api.get(PODS + "/p").code()).isEqualTo(404);
  }

  @Test
  void aCollectionIsDeletedBySelector() throws InterruptedException {
    api.map("a", "{\"x\":\"1\"}");
    api.map("b", "{\"x\":\"2\"}");

    Answer deleted = api.delete(MAPS + "?labelSelector=x%3D1");

    assertThat(deleted.items().size()).isEqualTo(1);
    assertThat(api.get(MAPS).items().size()).isEqualTo(1);
  }

  @Test
  void aDryRunLeavesTheObject() throws InterruptedException {
    api.map("a", "{}");

    assertThat(api.delete(MAPS + "/a?dryRun=All").code()).isEqualTo(200);
    assertThat(api.get(MAPS + "/a").code()).isEqualTo(200);
  }

  @Test
  void aNamespaceGoesWhenItIsFinalized() throws InterruptedException {
    api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"n\"}}");

    Answer held = api.delete("/api/v1/namespaces/n");
    Answer late = api.post("/api/v1/namespaces/n/configmaps", "{\"metadata\":{\"name\":\"late\"}}");
    api.put("/api/v1/namespaces/n/finalize", "{\"metadata\":{\"name\":\"n\"},\"spec\":{}}");

    assertThat(held.body().objectAt("status").text("phase")).isEqualTo("Terminating");
    assertThat(late.code()).isEqualTo(403);
    assertThat(late.message())
        .contains("unable to create new content in namespace n because it is being terminated");
    assertThat(api.get("/api/v1/namespaces/n").code()).isEqualTo(404);
  }

  @Test
  void theDefaultNamespaceStays() throws InterruptedException {
    assertThat(api.delete("/api/v1/namespaces/default").code()).isEqualTo(403);
  }

  @Test
  void whoWantsTheNameOfWhatIsLeavingIsToldThatItIs() throws InterruptedException {
    api.post(MAPS, "{\"metadata\":{\"name\":\"a\",\"finalizers\":[\"example.com/x\"]}}");
    assertThat(api.map("a", "{}").message()).isEqualTo("configmaps \"a\" already exists");

    api.delete(MAPS + "/a");

    for (String target : List.of(MAPS, MAPS + "?dryRun=All")) {
      Answer taken = api.post(target, "{\"metadata\":{\"name\":\"a\"}}");
      assertThat(taken.code()).isEqualTo(409);
      assertThat(taken.reason()).isEqualTo("AlreadyExists");
      assertThat(taken.message())
          .isEqualTo("object is being deleted: configmaps \"a\" already exists");
    }
  }

  /// Whatever else is wrong with it: who may make nothing there is told that first.
  @Test
  void inANamespaceThatIsLeavingNoNameIsTaken() throws InterruptedException {
    api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"n\"}}");
    api.post("/api/v1/namespaces/n/configmaps", "{\"metadata\":{\"name\":\"a\"}}");
    api.delete("/api/v1/namespaces/n");

    Answer late = api.post("/api/v1/namespaces/n/configmaps", "{\"metadata\":{\"name\":\"a\"}}");
    Answer again = api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"n\"}}");

    assertThat(late.code()).isEqualTo(403);
    assertThat(again.message())
        .isEqualTo("object is being deleted: namespaces \"n\" already exists");
  }
}
