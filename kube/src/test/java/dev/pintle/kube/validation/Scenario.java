package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import java.util.ArrayList;
import java.util.List;

/// One story of a scenario file.
///
/// ```
/// # What it shows.
/// create Pod {spec: {}}
/// ----
/// spec.containers: Required value
/// ```
/// `given KIND OBJECT` and `merge CHANGE` make an update; `ok` says that nothing is wrong.
record Scenario(
    String claim, String kind, JsonObject object, JsonObject change, List<String> expected) {

  static List<Scenario> parse(List<String> lines) {
    List<Scenario> scenarios = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      if (!lines.get(at).startsWith("#")) {
        at++;
        continue;
      }
      String claim = lines.get(at++).substring(1).strip();
      String[] first = lines.get(at++).split(" ", 3);
      JsonObject change = new JsonObject();
      if (lines.get(at).startsWith("merge ")) {
        change = yaml(lines.get(at++).substring("merge ".length()));
      }
      at++;
      List<String> expected = new ArrayList<>();
      while (at < lines.size() && !lines.get(at).isBlank()) {
        expected.add(lines.get(at++));
      }
      scenarios.add(new Scenario(claim, first[1], yaml(first[2]), change, expected));
    }
    return scenarios;
  }

  private static JsonObject yaml(String text) {
    Json json = YamlReader.read(text);
    if (json instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(text + " (expected: an object)");
  }

  boolean isUpdate() {
    return !change.isEmpty();
  }

  @Override
  public String toString() {
    return claim;
  }
}
