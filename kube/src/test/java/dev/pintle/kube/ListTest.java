package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListTest {
  private static final String META = ";v=v1;g=meta.k8s.io";

  /// Objects of 20 KB that make a list too long to be sent whole.
  private static final int LONG = 60;

  /// Objects of a list of which parts are remembered.
  private static final int MANY = 600;

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void itemsOfBuiltInKindsLeaveWithoutTheirKind() throws InterruptedException {
    api.map("a", "{}");

    assertThat(api.get(MAPS).exchange().text())
        .matches(
            "\\{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":\\{\"resourceVersion\":\"\\d+\"},"
                + "\"items\":\\[\\{\"metadata\":\\{\"name\":\"a\",.*}]}\n");
  }

  @Test
  void pagesJoinToTheWholeListOfOneMoment() throws InterruptedException {
    for (int i = 0; i < 7; i++) {
      api.map("m" + i, "{}");
    }
    List<String> names = new ArrayList<>();
    Answer page = api.get(MAPS + "?limit=3");
    assertThat(page.metadata().get("remainingItemCount")).isEqualTo(Json.of(4));
    api.map("m1-late", "{}");
    while (true) {
      page.items().forEach(item -> names.add(name(item)));
      String next = page.metadata().text("continue");
      if (next == null) {
        break;
      }
      page = api.get(MAPS + "?limit=3&continue=" + next);
    }

    assertThat(names).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6");
  }

  @Test
  void aLongListLeavesInPiecesAndHoldsTheSameAsItsPages() throws InterruptedException, IOException {
    makeLong();
    List<String> paged = new ArrayList<>();
    String next = "";
    do {
      Answer page = api.get(MAPS + "?limit=7&continue=" + next);
      page.items().forEach(item -> paged.add(name(item)));
      next = page.metadata().text("continue");
    } while (next != null);
    FakeExchange whole = api.start("GET", MAPS, new byte[0], Map.of());
    whole.awaitEnd();
    FakeExchange packed = api.start("GET", MAPS, new byte[0], Map.of("accept-encoding", "gzip"));
    packed.awaitEnd();

    assertThat(names(whole.bytes())).isEqualTo(paged).hasSize(LONG);
    assertThat(packed.answerHeaders("content-encoding")).containsExactly("gzip");
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.bytes())).readAllBytes();
    assertThat(new String(unpacked, StandardCharsets.UTF_8)).isEqualTo(whole.text());
  }

  @Test
  void aLongListWaitsForItsReaderAndShowsTheMomentAtWhichItBegan() throws InterruptedException {
    makeLong();
    FakeExchange slow = api.start("GET", MAPS, new byte[0], Map.of(), false);
    slow.status();
    for (int i = 0; i < LONG; i++) {
      api.delete(MAPS + "/long%03d".formatted(i));
    }
    slow.readAgain();
    slow.awaitEnd();

    assertThat(names(slow.bytes())).hasSize(LONG);
  }

  /// Lists that are made of what was written before beside lists that are not: pages with a limit.
  @Test
  void aCollectionThatChangesIsShownAsItIs() throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < MANY; i++) {
      api.map("many%04d".formatted(i * 2), "{}");
    }
    for (int round = 0; round < 40; round++) {
      String name = "many%04d".formatted(random.nextInt(MANY * 2));
      if (random.nextBoolean()) {
        api.delete(MAPS + "/" + name);
      } else {
        api.map(name, "{\"round\":\"%d\"}".formatted(round));
      }
      JsonArray paged = new JsonArray();
      String next = "";
      do {
        Answer page = api.get(MAPS + "?limit=400&continue=" + next);
        page.items().forEach(paged::add);
        next = page.metadata().text("continue");
      } while (next != null);
      String target = MAPS + (random.nextBoolean() ? "?resourceVersion=0" : "");
      Answer whole = api.get(target);

      assertThat(whole.items().toString())
          .as("round %d of seed %d", round, seed)
          .isEqualTo(paged.toString());
    }
  }

  @Test
  void aListOfWhichNothingChangedIsSentAsBeforeToWhoReadsSlowly()
      throws InterruptedException, IOException {
    makeLong(MANY, 3_000);
    byte[] before = bytes(api.start("GET", MAPS, new byte[0], Map.of()));
    FakeExchange slow = api.start("GET", MAPS, new byte[0], Map.of(), false);
    slow.status();
    FakeExchange packed = api.start("GET", MAPS, new byte[0], Map.of("accept-encoding", "gzip"));
    slow.readAgain();

    assertThat(names(before)).hasSize(MANY);
    assertThat(bytes(slow)).isEqualTo(before);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes(packed))).readAllBytes())
        .isEqualTo(before);
  }

  private static byte[] bytes(FakeExchange exchange) throws InterruptedException {
    exchange.awaitEnd();
    return exchange.bytes();
  }

  private void makeLong() throws InterruptedException {
    makeLong(LONG, 20_000);
  }

  private void makeLong(int objects, int bytesOfEach) throws InterruptedException {
    for (int i = 0; i < objects; i++) {
      String body =
          "{\"metadata\":{\"name\":\"long%03d\"},\"data\":{\"k\":\"%s\"}}"
              .formatted(i, "x".repeat(bytesOfEach));
      assertThat(api.post(MAPS, body).code()).isEqualTo(201);
    }
  }

  private static List<String> names(byte[] list) {
    List<String> names = new ArrayList<>();
    Objects.requireNonNull(((JsonObject) JsonReader.read(list)).array("items"))
        .forEach(item -> names.add(name(item)));
    return names;
  }

  @Test
  void selectorsChooseAndPagesHoldTheChosen() throws InterruptedException {
    for (int i = 0; i < 6; i++) {
      api.map("m" + i, "{\"even\":\"%s\"}".formatted(i % 2 == 0));
    }

    Answer page = api.get(MAPS + "?labelSelector=even%3Dtrue&limit=2");

    assertThat(page.items().size()).isEqualTo(2);
    assertThat(page.metadata().has("remainingItemCount")).isFalse();
    Answer rest =
        api.get(
            MAPS
                + "?labelSelector=even%3Dtrue&limit=2&continue="
                + page.metadata().text("continue"));
    assertThat(rest.items().size()).isEqualTo(1);
    assertThat(rest.metadata().has("continue")).isFalse();
  }

  @Test
  void fieldsSelectToo() throws InterruptedException {
    api.map("a", "{}");
    api.map("b", "{}");

    assertThat(api.get(MAPS + "?fieldSelector=metadata.name%3Db").items().size()).isEqualTo(1);
    assertThat(api.get(MAPS + "?fieldSelector=foo%3Db").message())
        .isEqualTo(
            "\"foo\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
  }

  @Test
  void anExactVersionShowsThePast() throws InterruptedException {
    Answer first = api.map("a", "{}");
    api.map("b", "{}");

    Answer then = api.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + first.version());

    assertThat(then.items().size()).isEqualTo(1);
    assertThat(then.version()).isEqualTo(first.version());
  }

  @Test
  void aVersionToComeIsRefusedAfterAll() throws InterruptedException {
    Answer refused = api.get(MAPS + "?resourceVersion=99999");

    assertThat(refused.code()).isEqualTo(504);
    assertThat(refused.message())
        .startsWith("Timeout: Too large resource version: 99999, current: ");
  }

  @Test
  void optionsThatContradictAreRefused() throws InterruptedException {
    assertThat(api.get(MAPS + "?resourceVersionMatch=Exact").message())
        .isEqualTo(
            "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden"
                + " unless resourceVersion is provided");
  }

  @Test
  void tablesAndMetadataAreMadeOnDemand() throws InterruptedException {
    api.map("a", "{}");

    Answer table = api.get(MAPS, "application/json;as=Table" + META);
    Answer metadata = api.get(MAPS, "application/json;as=PartialObjectMetadataList" + META);

    assertThat(table.body().text("kind")).isEqualTo("Table");
    assertThat(table.body().array("rows")).isNotNull();
    assertThat(metadata.body().text("kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(((JsonObject) metadata.items().at(0)).has("data")).isFalse();
  }

  @Test
  void aLongListIsStreamedWhole() throws InterruptedException {
    String value = "x".repeat(20_000);
    for (int i = 0; i < 60; i++) {
      api.post(
          MAPS, "{\"metadata\":{\"name\":\"m%02d\"},\"data\":{\"k\":\"%s\"}}".formatted(i, value));
    }
    FakeExchange exchange = api.watch(MAPS);

    assertThat(exchange.status()).isEqualTo(200);
    exchange.awaitEnd();
    assertThat(exchange.text()).endsWith("]}\n");
    assertThat(exchange.text().split("\"uid\"")).hasSize(61);
  }

  @Test
  void aListOfWhatIsNeverStoredShowsNothingOfTheStore() throws InterruptedException {
    api.settledIn();
    api.map("a", "{}");
    api.post(
        "/api/v1/namespaces/default/services",
        "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80}]}}");
    for (String selector : List.of("", "?limit=5", "?fieldSelector=metadata.name%3Da")) {
      Api.Answer statuses = api.get("/api/v1/componentstatuses" + selector);
      assertThat(statuses.code()).as(statuses.message()).isEqualTo(200);
      assertThat(statuses.items()).isEmpty();
    }
    assertThat(api.get("/api/v1/componentstatuses/a").code()).isEqualTo(404);
  }

  private static String name(Json item) {
    return String.valueOf(((JsonObject) item).objectAt("metadata").text("name"));
  }
}
