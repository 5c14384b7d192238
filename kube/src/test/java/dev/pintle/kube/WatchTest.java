package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void changesAfterAVersionAreTold() throws InterruptedException {
    Answer made = api.map("a", "{}");
    FakeExchange watch = api.watch(MAPS + "?watch=1&resourceVersion=" + made.version());

    api.patch(MAPS + "/a", Api.MERGE, "{\"data\":{\"n\":\"1\"}}");
    api.delete(MAPS + "/a");

    watch.await("{\"type\":\"DELETED\",\"object\":{\"kind\":\"ConfigMap\"");
    assertThat(watch.text().lines().map(WatchTest::type)).containsExactly("MODIFIED", "DELETED");
  }

  @Test
  void aWatchWithoutAVersionBeginsWithWhatIsThere() throws InterruptedException {
    api.map("a", "{}");

    FakeExchange watch = api.watch(MAPS + "?watch=1");

    watch.await("\"type\":\"ADDED\"");
  }

  @Test
  void theEndOfTheInitialEventsIsMarked() throws InterruptedException {
    api.map("a", "{}");

    FakeExchange watch =
        api.watch(
            MAPS
                + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

    watch.await("\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}");
    assertThat(watch.text().lines().map(WatchTest::type)).containsExactly("ADDED", "BOOKMARK");
  }

  @Test
  void aWatchTellsWhereTheNextOneIsToBeginBeforeItEnds() throws InterruptedException {
    Answer made = api.map("a", "{}");
    FakeExchange watch =
        api.watch(
            MAPS
                + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=3&resourceVersion="
                + made.version());
    watch.awaitEnd();
    assertThat(watch.text().lines().map(WatchTest::type)).containsExactly("BOOKMARK");
  }

  @Test
  void enteringAndLeavingASelectionIsAddingAndDeleting() throws InterruptedException {
    Answer made = api.map("a", "{}");
    FakeExchange watch =
        api.watch(MAPS + "?watch=1&labelSelector=in&resourceVersion=" + made.version());

    api.patch(MAPS + "/a", Api.MERGE, "{\"metadata\":{\"labels\":{\"in\":\"1\"}}}");
    api.patch(MAPS + "/a", Api.MERGE, "{\"data\":{\"n\":\"1\"}}");
    Answer out = api.patch(MAPS + "/a", Api.MERGE, "{\"metadata\":{\"labels\":null}}");
    api.patch(MAPS + "/a", Api.MERGE, "{\"data\":{\"n\":\"2\"}}");

    watch.await("DELETED");
    assertThat(watch.text().lines().map(WatchTest::type))
        .containsExactly("ADDED", "MODIFIED", "DELETED");
    assertThat(watch.text().lines().toList().getLast())
        .contains("\"resourceVersion\":\"" + out.version() + "\"");
  }

  @Test
  void aSlowReaderIsNotWrittenTo() throws InterruptedException {
    Answer made = api.map("a", "{}");
    FakeExchange slow = api.watch(MAPS + "?watch=1&resourceVersion=" + made.version());
    slow.stopReading();
    FakeExchange quick = api.watch(MAPS + "?watch=1&resourceVersion=" + made.version());
    for (int i = 0; i < 50; i++) {
      api.patch(MAPS + "/a", Api.MERGE, "{\"data\":{\"n\":\"%d\"}}".formatted(i));
    }
    quick.await("\"n\":\"49\"");

    assertThat(slow.text().lines().count()).isLessThan(50);
    slow.readAgain();
    slow.await("\"n\":\"49\"");
    assertThat(slow.text().lines().count()).isEqualTo(50);
  }

  /// Thousands may be behind at once, and each is given megabytes that all share.
  @Test
  void aWatchThatIsBehindIsWrittenAPieceAtATime() throws InterruptedException {
    Answer first = api.map("first", "{}");
    String value = "x".repeat(20_000);
    for (int i = 0; i < 10; i++) {
      String object =
          "{\"metadata\":{\"name\":\"m-%d\"},\"data\":{\"k\":\"%s\"}}".formatted(i, value);
      assertThat(api.post(MAPS, object).code()).isEqualTo(201);
    }
    FakeExchange behind =
        new FakeExchange(
                "GET",
                MAPS + "?watch=1&resourceVersion=" + first.version(),
                new byte[0],
                Map.of("authorization", "Bearer " + Api.TOKEN))
            .sipping();
    api.handle(behind);
    for (int i = 0; i < 10; i++) {
      behind.await("\"name\":\"m-%d\"".formatted(i));
      assertThat(behind.text().lines()).hasSize(i + 1);
      behind.readAgain();
    }
  }

  @Test
  void aWatchEndsWhenItsTimeIsOver() throws InterruptedException {
    FakeExchange watch = api.watch(MAPS + "?watch=1&timeoutSeconds=1");

    synchronized (watch) {
      for (long end = System.nanoTime() + 10_000_000_000L;
          !watch.isEnded() && System.nanoTime() < end; ) {
        watch.wait(100);
      }
    }

    assertThat(watch.isEnded()).isTrue();
  }

  @Test
  void aWatchEndsInGoodOrderWhenTheServerStops() throws InterruptedException {
    FakeExchange watch = api.watch(MAPS + "?watch=1");
    watch.status();

    watch.drain();

    watch.awaitEnd();
  }

  @Test
  void tableEventsNameTheirColumnsOnce() throws InterruptedException {
    Answer made = api.map("a", "{}");
    FakeExchange watch =
        api.start(
            "GET",
            MAPS + "?watch=1&resourceVersion=" + made.version(),
            new byte[0],
            Map.of("accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));

    api.map("b", "{}");
    api.map("c", "{}");

    watch.await("\"columnDefinitions\":null");
    assertThat(watch.text().split("\"name\":\"Name\"")).hasSize(2);
  }

  @Test
  void yamlIsNoFormForEvents() throws InterruptedException {
    FakeExchange watch =
        api.start("GET", MAPS + "?watch=1", new byte[0], Map.of("accept", "application/yaml"));

    assertThat(watch.status()).isEqualTo(406);
  }

  private static String type(String line) {
    return line.substring("{\"type\":\"".length(), line.indexOf('"', "{\"type\":\"".length()));
  }
}
