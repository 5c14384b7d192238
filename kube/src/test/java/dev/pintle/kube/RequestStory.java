package dev.pintle.kube;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.scenario.Story;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A story that is told to a surface of its own, request by request, and ends as the real server ends it.
///
/// ```
/// # What it shows.
/// as bob
/// POST /api/v1/namespaces/default/configmaps {metadata: {name: a}}
/// show metadata.name
/// ----
/// 403 Forbidden: configmaps is forbidden: …
/// ```
/// A request is a method, a target and a body in YAML's flow style; `MERGE`, `JSONPATCH`, `STRATEGIC` and `APPLY` are
/// patches, and a body after `raw` is sent as it stands. `as USER [GROUP]` and `header NAME: VALUE` hold for all requests that
/// follow. `show PATH` tells a value of the last answer, `show text` its lines, `show header NAME` a header. `define SPEC` makes a definition and waits
/// until it is established; `await PATH TEXT` waits until the object at a path contains a text. What goes wrong in a line of set-up (`given …`) ends
/// the test, and is not told otherwise. Of an answer its code is told, the reason and message of a refusal, and each warning. Times of today are told as `TIME`.
public final class RequestStory {
  private static final Map<String, String> PATCHES =
      Map.of(
          "MERGE", Api.MERGE,
          "JSONPATCH", Api.JSON_PATCH,
          "STRATEGIC", Api.STRATEGIC,
          "APPLY", "application/apply-patch+yaml");
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final int ERROR_CODE_MIN = 400;

  private final Api api;
  private final Map<String, String> headers = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private Api.@Nullable Answer last;

  private RequestStory(Api api) {
    this.api = api;
    headers.put("user-agent", "t");
  }

  /// What is told of a story.
  public static List<String> told(Story story) throws InterruptedException {
    // Takes a while to make, which is no part of any answer.
    Api.tokenKey();
    try (Api api = new Api().settledIn()) {
      api.post(
          "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
      RequestStory run = new RequestStory(api);
      for (String line : story.asked()) {
        run.tell(line);
      }
      return run.told.stream().map(line -> TIME.matcher(line).replaceAll("TIME")).toList();
    }
  }

  private void tell(String line) throws InterruptedException {
    String[] words = line.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "as" -> actAs(rest.split(" ", 2));
      case "header" -> {
        String[] parts = rest.split(": ", 2);
        headers.put(parts[0], parts[1]);
      }
      case "show" -> show(rest);
      case "define" -> define(yaml(rest));
      case "await" -> await(rest.split(" ", 2));
      case "given" -> given(rest);
      default -> {
        Api.Answer answer = send(words[0], rest.split(" ", 2));
        last = answer;
        report(answer);
      }
    }
  }

  private void actAs(String[] who) {
    headers.remove("impersonate-user");
    headers.remove("impersonate-group");
    if (!who[0].equals("admin")) {
      headers.put("impersonate-user", who[0]);
      if (who.length > 1) {
        headers.put("impersonate-group", who[1]);
      }
    }
  }

  private Api.Answer send(String method, String[] targetAndBody) throws InterruptedException {
    String given = targetAndBody.length > 1 ? targetAndBody[1] : "";
    String patch = PATCHES.get(method);
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent("content-type", patch == null ? Api.JSON : patch);
    String body = given.startsWith("raw ") ? given.substring("raw ".length()) : json(given);
    return api.send(patch == null ? method : "PATCH", targetAndBody[0], body, all);
  }

  private static String json(String body) {
    return body.isEmpty() ? "" : JsonWriter.text(YamlReader.read(body));
  }

  private void report(Api.Answer answer) {
    boolean refused = answer.code() >= ERROR_CODE_MIN && answer.body().has("message");
    told.add(
        refused
            ? "%d %s: %s"
                .formatted(
                    answer.code(),
                    answer.body().textOrEmpty("reason"),
                    answer.message().replace("\n", "\\n"))
            : String.valueOf(answer.code()));
    for (String warning : answer.exchange().answerHeaders("warning")) {
      String quoted = warning.substring(warning.indexOf('"') + 1, warning.lastIndexOf('"'));
      told.add("warns " + quoted.replace("\\\"", "\"").replace("\\\\", "\\"));
    }
  }

  private void given(String line) throws InterruptedException {
    String[] words = line.split(" ", 2);
    Map<String, String> mine = new HashMap<>(headers);
    headers.clear();
    headers.put("user-agent", "t");
    Api.Answer answer = send(words[0], words[1].split(" ", 2));
    headers.putAll(mine);
    if (answer.code() >= ERROR_CODE_MIN) {
      throw new AssertionError("given " + line + ": " + answer.body());
    }
  }

  private void define(JsonObject spec) throws InterruptedException {
    String name = spec.objectAt("names").textOrEmpty("plural") + "." + spec.textOrEmpty("group");
    JsonObject definition =
        new JsonObject().set("metadata", new JsonObject().set("name", name)).set("spec", spec);
    given("POST " + DEFINITIONS + " " + JsonWriter.text(definition));
    await(new String[] {DEFINITIONS + "/" + name, "\"type\":\"Established\""});
  }

  private void await(String[] pathAndText) throws InterruptedException {
    int slash = pathAndText[0].lastIndexOf('/');
    FakeExchange watch =
        api.watch(
            "%s?watch=1&fieldSelector=metadata.name%%3D%s"
                .formatted(
                    pathAndText[0].substring(0, slash), pathAndText[0].substring(slash + 1)));
    watch.await(pathAndText[1]);
    watch.abort();
  }

  private void show(String what) {
    if (last == null) {
      throw new IllegalArgumentException("show %s (expected: after a request)".formatted(what));
    }
    FakeExchange exchange = last.exchange();
    if (what.equals("text")) {
      exchange
          .text()
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(line -> told.add("| " + line));
    } else if (what.startsWith("header ")) {
      String name = what.substring("header ".length());
      told.add(name + ": " + String.join(" & ", exchange.answerHeaders(name)));
    } else {
      Json value = at(last.body(), what);
      told.add(what + ": " + (value == null ? "nothing" : JsonWriter.text(sorted(value))));
    }
  }

  /// What lies at a path: names between dots, numbers for items of a list, and `*` for each of them.
  private static @Nullable Json at(Json root, String path) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Json found =
        switch (root) {
          case JsonObject object -> object.get(name.replace('~', '.'));
          case JsonArray list when name.equals("*") ->
              each(list, dot < 0 ? "" : path.substring(dot + 1));
          case JsonArray list when Integer.parseInt(name) < list.size() ->
              list.at(Integer.parseInt(name));
          case Json _ -> null;
        };
    return dot < 0 || found == null || name.equals("*")
        ? found
        : at(found, path.substring(dot + 1));
  }

  private static JsonArray each(JsonArray list, String path) {
    JsonArray found = new JsonArray();
    for (Json item : list) {
      Json value = path.isEmpty() ? item : at(item, path);
      found.add(value == null ? Json.NULL : value);
    }
    return found;
  }

  /// The same with the fields of every object in the order of their names.
  private static Json sorted(Json value) {
    return switch (value) {
      case JsonObject object -> {
        TreeMap<String, Json> fields = new TreeMap<>();
        object.forEach(field -> fields.put(field.name(), sorted(field.value())));
        JsonObject ordered = new JsonObject();
        fields.forEach(ordered::set);
        yield ordered;
      }
      case JsonArray list -> {
        JsonArray items = new JsonArray();
        list.forEach(item -> items.add(sorted(item)));
        yield items;
      }
      case Json other -> other;
    };
  }

  private static JsonObject yaml(String text) {
    if (YamlReader.read(text) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(text + " (expected: an object)");
  }
}
