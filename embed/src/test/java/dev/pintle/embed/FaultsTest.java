package dev.pintle.embed;

import static dev.pintle.embed.PintleAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.embed.faults.Fault;
import dev.pintle.embed.faults.PlacedFault;
import dev.pintle.embed.requests.ReceivedRequest;
import dev.pintle.embed.requests.RequestFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest extends OneServerEach {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String CONFIG_MAP =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"key":"%s"}}\
      """;
  private static final RequestFilter MAPS = RequestFilter.any().resource("configmaps");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int SECONDS_MAX = 20;

  @Test
  void aConflictIsThatOfAnObjectThatWasModified() throws Exception {
    create("mine", "1");
    server.faults().add(Fault.conflict().on(MAPS.verb("update").name("mine")).times(2));
    for (int round = 0; round < 2; round++) {
      HttpResponse<String> refused = update("mine", "2");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body())
          .contains(
              "\"reason\":\"Conflict\"",
              "Operation cannot be fulfilled on configmaps \\\"mine\\\": the object has been modified; please apply your"
                  + " changes to the latest version and try again");
    }
    assertThat(update("mine", "2").statusCode()).isEqualTo(200);
    assertThat(server).metAllFaults().received(2, MAPS.status(409));
    assertThat(server.requests().matching(MAPS.status(409)).getFirst().fault()).isEqualTo("409");
  }

  @Test
  void aConflictOfACreateIsThatOfAnObjectThatExists() throws Exception {
    server.faults().add(Fault.conflict().on(MAPS.verb("create").name("mine")));
    HttpResponse<String> refused = create("mine", "1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body())
        .contains("\"reason\":\"AlreadyExists\"", "configmaps \\\"mine\\\" already exists");
    assertThat(create("other", "1").statusCode()).isEqualTo(201);
    assertThat(
            client
                .send(
                    "POST",
                    CONFIG_MAPS,
                    "application/yaml",
                    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\n")
                .statusCode())
        .isEqualTo(409);
    assertThat(client.get(CONFIG_MAPS + "/mine").statusCode()).isEqualTo(404);
  }

  @Test
  void tooManyRequestsSayWhenToComeBack() throws Exception {
    server.faults().add(Fault.tooManyRequests(Duration.ofSeconds(7)).times(1));
    HttpResponse<String> refused = client.get(CONFIG_MAPS);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).contains("7");
    assertThat(refused.body())
        .contains("\"reason\":\"TooManyRequests\"", "\"retryAfterSeconds\":7");
    assertThat(client.get(CONFIG_MAPS).statusCode()).isEqualTo(200);
  }

  @Test
  void serverErrorsAreStatuses() throws Exception {
    server.faults().add(Fault.internalError().on(MAPS.verb("get")).times(1));
    server.faults().add(Fault.unavailable().on(MAPS.verb("list")).times(1));
    assertThat(client.get(CONFIG_MAPS + "/mine").body())
        .contains("\"reason\":\"InternalError\"", "Internal error occurred: ", "\"code\":500");
    assertThat(client.get(CONFIG_MAPS).body())
        .contains("\"reason\":\"ServiceUnavailable\"", "\"code\":503");
  }

  @Test
  void aFullDiskRefusesWritesAndNoReads() throws Exception {
    create("mine", "1");
    try (PlacedFault full = server.faults().add(Fault.fullDisk())) {
      long before = server.revision();
      assertThat(create("other", "1").statusCode()).isEqualTo(503);
      assertThat(update("mine", "2").body()).contains("no space left on the disk");
      assertThat(client.delete(CONFIG_MAPS + "/mine").statusCode()).isEqualTo(503);
      assertThat(client.get(CONFIG_MAPS).statusCode()).isEqualTo(200);
      assertThat(server.revision()).isEqualTo(before);
      assertThat(full.fired()).isEqualTo(3);
    }
    assertThat(update("mine", "2").statusCode()).isEqualTo(200);
  }

  @Test
  void aListWhoseHistoryIsGoneIsExpired() throws Exception {
    create("one", "1");
    create("two", "1");
    String page = client.get(CONFIG_MAPS + "?limit=1").body();
    String token = text(page, "continue");
    server.faults().add(Fault.expired().on(MAPS.verb("list")).times(2));
    assertThat(client.get(CONFIG_MAPS + "?limit=1&continue=" + token).body())
        .contains("\"reason\":\"Expired\"", "The provided continue parameter is too old", "410");
    assertThat(client.get(CONFIG_MAPS).body())
        .contains("The resourceVersion for the provided list is too old.");
  }

  @Test
  void aWatchWhoseHistoryIsGoneIsToldSoByAnEvent() throws Exception {
    server.faults().add(Fault.expired().on(MAPS.verb("watch")).times(1));
    try (Stream<String> events = client.watch(CONFIG_MAPS, "resourceVersion=1")) {
      assertThat(events.toList())
          .singleElement()
          .asString()
          .startsWith("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\"")
          .contains("\"reason\":\"Expired\"", "too old resource version: 1 (", "\"code\":410");
    }
    try (Stream<String> events = client.watch(CONFIG_MAPS)) {
      assertThat(events.findFirst().orElseThrow()).contains("ADDED");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCutBeforeTheEffectHasNone(boolean http1) throws Exception {
    server.faults().add(Fault.cutBeforeEffect().on(MAPS.verb("create")).times(1));
    try (Http other = http1 ? Http.overHttp1(server) : Http.of(server)) {
      assertThatThrownBy(() -> other.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine", "1")))
          .isInstanceOf(IOException.class);
      assertThat(other.get(CONFIG_MAPS + "/mine").statusCode()).isEqualTo(404);
    }
    ReceivedRequest cut = server.requests().matching(MAPS.verb("create")).getFirst();
    assertThat(cut.status()).isZero();
    assertThat(cut.isOver()).isTrue();
    assertThat(cut.fault()).isEqualTo("cut before its effect");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCutAfterTheEffectHasItAndNoAnswer(boolean http1) throws Exception {
    server.faults().add(Fault.cutAfterEffect().on(MAPS.verb("create")).times(1));
    try (Http other = http1 ? Http.overHttp1(server) : Http.of(server)) {
      assertThatThrownBy(() -> other.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine", "1")))
          .isInstanceOf(IOException.class);
      assertThat(other.get(CONFIG_MAPS + "/mine").statusCode()).isEqualTo(200);
    }
    ReceivedRequest cut = server.requests().matching(MAPS.verb("create")).getFirst();
    assertThat(cut.status()).isZero();
    assertThat(cut.fault()).isEqualTo("cut after its effect (201)");
    assertThat(cut.after()).isPresent();
  }

  @Test
  void aCutListHasNoAnswer() {
    server.faults().add(Fault.cutAfterEffect().on(MAPS.verb("list")).times(1));
    assertThatThrownBy(() -> client.get(CONFIG_MAPS)).isInstanceOf(IOException.class);
  }

  @Test
  void aSlowAnswerHoldsUpNobodyElse() throws Exception {
    server.faults().add(Fault.slow(LONG).on(MAPS.verb("get").name("slow")));
    List<CompletableFuture<HttpResponse<String>>> slow =
        Stream.generate(() -> client.getLater(CONFIG_MAPS + "/slow")).limit(20).toList();
    assertThat(server).receivesWithin(Duration.ofSeconds(SECONDS_MAX), MAPS.name("slow"));
    for (int i = 0; i < 50; i++) {
      assertThat(client.get(CONFIG_MAPS).statusCode()).isEqualTo(200);
    }
    assertThat(slow).noneMatch(CompletableFuture::isDone);
    server.faults().clear();
    for (CompletableFuture<HttpResponse<String>> each : slow) {
      assertThat(each.get(SECONDS_MAX, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aSlowAnswerIsAsSlowAsWasAskedFor() throws Exception {
    server.faults().add(Fault.slow(Duration.ofMillis(120)).on(MAPS.verb("list")));
    server.faults().add(Fault.unavailable().on(MAPS.verb("list")).times(1));
    assertThat(client.get(CONFIG_MAPS).statusCode()).isEqualTo(503);
    assertThat(server.requests().last(1).getFirst().taken())
        .isGreaterThanOrEqualTo(Duration.ofMillis(120));
    assertThat(server.requests().last(1).getFirst().fault()).isEqualTo("slow 120 ms, 503");
  }

  @Test
  void aServerIsClosedAlthoughAnAnswerIsSlow() throws Exception {
    server.faults().add(Fault.slow(LONG).on(MAPS.verb("get")));
    CompletableFuture<HttpResponse<String>> slow = client.getLater(CONFIG_MAPS + "/slow");
    assertThat(server).receivesWithin(Duration.ofSeconds(SECONDS_MAX), MAPS.name("slow"));
    server.close();
    assertThat(slow.handle((_, _) -> true).get(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aWatchIsCutInPlaceOfAnEvent() throws Exception {
    server.faults().add(Fault.cutWatch(2).on(MAPS).times(1));
    try (Stream<String> lines = client.watch(CONFIG_MAPS)) {
      Iterator<String> events = lines.iterator();
      assertThat(events.next()).contains("kube-root-ca.crt");
      create("one", "1");
      assertThat(events.next()).contains("\"one\"");
      create("two", "1");
      assertThatThrownBy(events::hasNext).isInstanceOf(UncheckedIOException.class);
    }
    ReceivedRequest cut = server.requests().matching(MAPS.verb("watch")).getFirst();
    assertThat(cut.fault()).isEqualTo("cut after 2 events");
    assertThat(cut.isOver()).isTrue();
  }

  @Test
  void openWatchesAreCutWhenATestSaysSo() throws Exception {
    try (Stream<String> lines = client.watch(CONFIG_MAPS);
        Stream<String> others = client.watch("/api/v1/namespaces")) {
      Iterator<String> events = lines.iterator();
      assertThat(events.next()).contains("ADDED");
      Iterator<String> untouched = others.iterator();
      assertThat(untouched.next()).contains("ADDED");
      assertThat(server.faults().cutWatches(MAPS)).isEqualTo(1);
      assertThatThrownBy(events::hasNext).isInstanceOf(UncheckedIOException.class);
      client.post(
          "/api/v1/namespaces",
          "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"more\"}}");
      assertThat(others(untouched, "\"more\"")).isTrue();
    }
    assertThat(server.faults().cutWatches(MAPS)).isZero();
  }

  @Test
  void lostBookmarksAreThoseAfterInitialEventsToo() throws Exception {
    String query =
        "sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan";
    try (Stream<String> events = client.watch(CONFIG_MAPS, query)) {
      assertThat(events.anyMatch(event -> event.contains("k8s.io/initial-events-end"))).isTrue();
    }
    server.faults().add(Fault.lostBookmarks().on(MAPS).times(1));
    try (Stream<String> lines = client.watch(CONFIG_MAPS, query)) {
      Iterator<String> events = lines.iterator();
      assertThat(events.next()).contains("\"ADDED\"", "kube-root-ca.crt");
      create("mine", "1");
      assertThat(events.next()).contains("\"ADDED\"", "\"mine\"");
    }
  }

  @Test
  void aStaleListIsOfAnEarlierRevision() throws Exception {
    create("old", "1");
    long before = server.revision();
    create("new", "1");
    server.faults().add(Fault.staleSince(before).on(MAPS).times(2));
    for (String query : List.of("?resourceVersion=0", "?limit=5")) {
      String stale = client.get(CONFIG_MAPS + query).body();
      assertThat(stale)
          .contains("\"resourceVersion\":\"" + before + "\"", "\"old\"")
          .doesNotContain("\"new\"");
    }
    assertThat(client.get(CONFIG_MAPS).body()).contains("\"new\"");
    server.faults().add(Fault.stale(1).on(MAPS));
    assertThat(client.get(CONFIG_MAPS).body()).contains("\"old\"").doesNotContain("\"new\"");
    assertThat(client.get(CONFIG_MAPS + "?resourceVersion=" + server.revision()).body())
        .contains("\"new\"");
  }

  @Test
  void aStaleGetIsOfAnEarlierRevision() throws Exception {
    create("mine", "1");
    long before = server.revision();
    update("mine", "2");
    create("new", "1");
    server.faults().add(Fault.staleSince(before).on(MAPS.verb("get")).times(3));
    assertThat(client.get(CONFIG_MAPS + "/mine").body()).contains("\"key\":\"1\"");
    assertThat(client.get(CONFIG_MAPS + "/mine?resourceVersion=0").body())
        .contains("\"key\":\"1\"");
    HttpResponse<String> absent = client.get(CONFIG_MAPS + "/new");
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(absent.body()).contains("configmaps \\\"new\\\" not found");
    assertThat(client.get(CONFIG_MAPS + "/mine").body()).contains("\"key\":\"2\"");
    server.faults().add(Fault.stale(2).on(MAPS.verb("get")));
    assertThat(client.get(CONFIG_MAPS + "/mine?resourceVersion=" + server.revision()).body())
        .contains("\"key\":\"2\"");
    assertThat(client.get(CONFIG_MAPS + "/mine").body()).contains("\"key\":\"1\"");
  }

  @Test
  void aCreateThatLeavesItsNameToTheServerIsKnownByWhatItBeginsWith() throws Exception {
    server.faults().add(Fault.unavailable().on(MAPS.verb("create").name("web-")).times(1));
    String unnamed =
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"web-"}}\
        """;
    assertThat(create("web-1", "1").statusCode()).isEqualTo(201);
    assertThat(client.post(CONFIG_MAPS, unnamed).statusCode()).isEqualTo(503);
    assertThat(server.requests().matching(MAPS.name("web-"))).hasSize(1);
    HttpResponse<String> made = client.post(CONFIG_MAPS, unnamed);
    assertThat(made.statusCode()).isEqualTo(201);
    String name = server.requests().matching(MAPS.verb("create")).getLast().name();
    assertThat(name).startsWith("web-").hasSizeGreaterThan("web-".length());
    assertThat(made.body()).contains("\"name\":\"" + name + "\"");
  }

  @Test
  void faultsCountAndWait() throws Exception {
    PlacedFault third = server.faults().add(Fault.unavailable().on(MAPS).after(2).times(1));
    assertThat(statuses(4)).containsExactly(200, 200, 503, 200);
    assertThat(third.fired()).isEqualTo(1);
    assertThat(third.isOpen()).isFalse();
  }

  @Test
  void theFirstPlacedHappens() throws Exception {
    server.faults().add(Fault.internalError().on(MAPS).times(1));
    PlacedFault second = server.faults().add(Fault.unavailable().on(MAPS).times(1));
    assertThat(statuses(3)).containsExactly(500, 503, 200);
    assertThat(second.fired()).isEqualTo(1);
  }

  @Test
  void faultsAreForUsersAndPrograms() throws Exception {
    server.faults().add(Fault.unavailable().on(MAPS.user("somebody")));
    server.faults().add(Fault.unavailable().on(MAPS.userAgent("kubectl")));
    assertThat(statuses(1)).containsExactly(200);
    server.faults().add(Fault.unavailable().on(MAPS.user("admin").userAgent("Java-http")).times(1));
    assertThat(statuses(1)).containsExactly(503);
    assertThat(server.faults().unused()).hasSize(2);
    assertThatThrownBy(() -> assertThat(server).metAllFaults())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("user=somebody");
  }

  @Test
  void whatIsTakenAwayHappensNoMore() throws Exception {
    PlacedFault placed = server.faults().add(Fault.unavailable().on(MAPS));
    assertThat(statuses(1)).containsExactly(503);
    placed.close();
    assertThat(statuses(1)).containsExactly(200);
    server.faults().add(Fault.unavailable().on(MAPS));
    server.reset();
    assertThat(statuses(1)).containsExactly(200);
    assertThat(server.faults().placed()).isEmpty();
  }

  @Test
  void theServersOwnControllersMeetNone() throws Exception {
    server.faults().add(Fault.fullDisk().on(RequestFilter.any().resource("serviceaccounts")));
    server.faults().add(Fault.unavailable().on(RequestFilter.any().resource("serviceaccounts")));
    String accounts = "/api/v1/namespaces/more/serviceaccounts";
    client.post(
        "/api/v1/namespaces",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"more\"}}");
    server.faults().clear();
    try (Stream<String> events = client.watch(accounts)) {
      assertThat(events.anyMatch(event -> event.contains("\"default\""))).isTrue();
    }
  }

  @Test
  void theServersOwnControllersMeetThoseThatAreForThem() throws Exception {
    PlacedFault placed =
        server
            .faults()
            .add(
                Fault.unavailable()
                    .on(resource("serviceaccounts").verb("create").namespace("more"))
                    .times(1)
                    .alsoOfControllers());
    client.post(
        "/api/v1/namespaces",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"more\"}}");
    try (Stream<String> events = client.watch("/api/v1/namespaces/more/serviceaccounts")) {
      assertThat(events.anyMatch(event -> event.contains("\"default\""))).isTrue();
    }
    assertThat(placed.fired()).isEqualTo(1);
    assertThatThrownBy(() -> Fault.cutAfterEffect().alsoOfControllers())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatCanNeverHappenIsRefused() {
    refused(Fault.unavailable().on(resource("configmap")), "such as configmaps");
    refused(Fault.unavailable().on(resource("deploy")), "such as deployments.apps");
    refused(Fault.unavailable().on(resource("boats.apps")), "PLURAL.GROUP");
    refused(Fault.unavailable().on(resource("boats")), "PLURAL.GROUP");
    refused(Fault.unavailable().on(resource("pods/stauts")), "status");
    refused(Fault.unavailable().on(resource("tokenreviews").verb("list")), "create");
    refused(Fault.cutWatch(0).on(resource("tokenreviews")), "create");
    refused(Fault.unavailable().on(resource("nodes").namespace("default")), "no namespace");
    refused(Fault.unavailable().on(MAPS.verb("post")), "create");
    refused(Fault.unavailable().on(MAPS.verb("deletecollection").name("a")), "no name");
    assertThatThrownBy(() -> Fault.conflict().on(MAPS.verb("get")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("update");
    assertThatThrownBy(() -> Fault.conflict().on(MAPS.status(200)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fault.tooManyRequests(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fault.slow(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.faults().placed()).isEmpty();
  }

  @Test
  void aTypeThatIsYetToBeDefinedIsNamedWithItsGroup() {
    server.faults().add(Fault.unavailable().on(resource("boats.sail.example/status")));
    server.faults().add(Fault.unavailable().on(resource("namespaces").namespace("default")));
    server.faults().add(Fault.unavailable().on(resource("pods/*").verb("patch")));
    server.faults().add(Fault.unavailable().on(resource("pods/eviction").verb("create")));
    assertThat(server.faults().placed()).hasSize(4);
  }

  private static RequestFilter resource(String name) {
    return RequestFilter.any().resource(name);
  }

  private void refused(Fault fault, String expected) {
    assertThatThrownBy(() -> server.faults().add(fault))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }

  private List<Integer> statuses(int requests) throws Exception {
    Integer[] found = new Integer[requests];
    for (int i = 0; i < requests; i++) {
      found[i] = client.get(CONFIG_MAPS).statusCode();
    }
    return List.of(found);
  }

  private HttpResponse<String> create(String name, String value) throws Exception {
    return client.post(CONFIG_MAPS, CONFIG_MAP.formatted(name, value));
  }

  private HttpResponse<String> update(String name, String value) throws Exception {
    return client.put(CONFIG_MAPS + "/" + name, CONFIG_MAP.formatted(name, value));
  }

  private static boolean others(Iterator<String> events, String wanted) {
    while (events.hasNext()) {
      if (events.next().contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String text(String json, String field) {
    int at = json.indexOf("\"" + field + "\":\"") + field.length() + 4;
    return json.substring(at, json.indexOf('"', at));
  }
}
