package dev.pintle.compat.published;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What a published definition lets be served.
record Definition(Manifest manifest) {
  static final String KIND = "CustomResourceDefinition";
  static final String COLLECTION = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  String path() {
    return COLLECTION + "/" + manifest.name();
  }

  /// Whether the manifest is an object of it in a version that is served.
  boolean defines(Manifest sample) {
    return group().equals(sample.group())
        && sample.kind().equals(names().get("kind"))
        && serves(sample.version());
  }

  /// Where its objects are made.
  String collection(Manifest sample) {
    String namespace =
        "Namespaced".equals(spec().get("scope")) ? "/namespaces/" + inPath(sample.namespace()) : "";
    return "/apis/%s/%s%s/%s"
        .formatted(group(), sample.version(), namespace, names().get("plural"));
  }

  /// Where all its objects are listed.
  String everywhere(Manifest sample) {
    return "/apis/%s/%s/%s".formatted(group(), sample.version(), names().get("plural"));
  }

  /// A name that is not finished, as those of templates are, is no name of a path either.
  static String inPath(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private boolean serves(String version) {
    return spec().get("versions") instanceof List<?> versions
        && versions.stream()
            .anyMatch(one ->
                one instanceof Map<?, ?> map
                    && version.equals(map.get("name"))
                    && Boolean.TRUE.equals(map.get("served")));
  }

  private String group() {
    return spec().get("group") instanceof String group ? group : "";
  }

  private Map<?, ?> names() {
    return spec().get("names") instanceof Map<?, ?> names ? names : Map.of();
  }

  private Map<?, ?> spec() {
    return manifest.part("spec");
  }
}
