package dev.pintle.compat.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One of upstream's specs for conformance.
///
/// @param file where it stands below upstream's `test/e2e`
/// @param name its whole name
/// @param state what became of it, in the suite's words: `passed`, `failed`, `skipped`, `timedout` …
/// @param message why it failed, or empty
record ConformanceSpec(String file, String name, String state, String message) {
  private static final String FOLDER = "/test/e2e/";
  private static final String LABEL = "[Conformance]";

  /// Those of the suite's report `file`, in its order.
  static List<ConformanceSpec> read(Path file) {
    List<ConformanceSpec> specs = new ArrayList<>();
    for (JsonNode suite : JsonMapper.builder().build().readTree(file.toFile())) {
      for (JsonNode report : suite.path("SpecReports")) {
        ConformanceSpec spec = of(report);
        if (report.path("LeafNodeType").asString("").equals("It") && spec.name().contains(LABEL)) {
          specs.add(spec);
        }
      }
    }
    return specs;
  }

  private static ConformanceSpec of(JsonNode report) {
    StringBuilder name = new StringBuilder();
    for (JsonNode container : report.path("ContainerHierarchyTexts")) {
      name.append(container.asString()).append(' ');
    }
    name.append(report.path("LeafNodeText").asString(""));
    String file = report.at("/LeafNodeLocation/FileName").asString("");
    return new ConformanceSpec(
        file.substring(file.lastIndexOf(FOLDER) + FOLDER.length()),
        name.toString(),
        report.path("State").asString(""),
        report.at("/Failure/Message").asString(""));
  }

  /// Whether upstream's suite ran it and is content.
  boolean passed() {
    return state.equals("passed");
  }
}
