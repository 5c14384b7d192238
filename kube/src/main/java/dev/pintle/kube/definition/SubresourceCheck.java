package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of where the scale subresource finds its values.
final class SubresourceCheck {
  private SubresourceCheck() {}

  static void check(@Nullable Json subresources, FieldPath path, DefinitionErrors found) {
    if (!(subresources instanceof JsonObject object)
        || !(object.object("scale") instanceof JsonObject scale)) {
      return;
    }
    JsonSchemaProps paths = new JsonSchemaProps(scale);
    required(
        paths.text("specReplicasPath"),
        path.child("scale.specReplicasPath"),
        List.of(".spec."),
        "should be a json path under .spec",
        found);
    required(
        paths.text("statusReplicasPath"),
        path.child("scale.statusReplicasPath"),
        List.of(".status."),
        "should be a json path under .status",
        found);
    String selector = paths.text("labelSelectorPath");
    if (!selector.isEmpty()) {
      within(
          selector,
          path.child("scale.labelSelectorPath"),
          List.of(".spec.", ".status."),
          "should be a json path under either .spec or .status",
          found);
    }
  }

  private static void required(
      String text, FieldPath path, List<String> prefixes, String rule, DefinitionErrors found) {
    if (text.isEmpty()) {
      found.required(path, "");
    } else {
      within(text, path, prefixes, rule, found);
    }
  }

  private static void within(
      String text, FieldPath path, List<String> prefixes, String rule, DefinitionErrors found) {
    if (!text.startsWith(".")) {
      found.invalid(path, text, "must be a simple json path starting with .");
    } else if (prefixes.stream().noneMatch(text::startsWith)) {
      found.invalid(path, text, rule);
    }
  }
}
