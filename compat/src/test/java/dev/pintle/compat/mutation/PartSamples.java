package dev.pintle.compat.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects that the sub-resources of a sample take, with more of what each of them is about.
final class PartSamples {
  private static final String STATUSES = "statuses.json";
  private static final JsonNode BY_KIND = read();

  private PartSamples() {}

  /// A whole object, or for `scale` a Scale.
  static Sample of(Sample sample, String part) {
    ObjectNode object = sample.object().deepCopy();
    switch (part) {
      case "scale" -> {
        return new Sample(
            sample.collection(), scale(sample), Trees.MAPPER.createObjectNode(), sample.parts());
      }
      case "status" -> {
        JsonNode status = BY_KIND.path(sample.kind());
        if (status instanceof ObjectNode known) {
          object.set("status", known.deepCopy());
        } else if (sample.whole().path("status") instanceof ObjectNode golden) {
          object.set("status", golden.deepCopy());
        }
      }
      case "ephemeralcontainers" ->
          object
              .withObjectProperty("spec")
              .withArrayProperty("ephemeralContainers")
              .addObject()
              .put("name", "e1")
              .put("image", "i")
              .put("targetContainerName", "c");
      case "resize" -> {
        for (JsonNode container : object.path("spec").path("containers")) {
          ((ObjectNode) container)
              .withObjectProperty("resources")
              .withObjectProperty("requests")
              .put("cpu", "1")
              .put("memory", "1Mi");
        }
      }
      case "approval" ->
          object
              .withObjectProperty("status")
              .withArrayProperty("conditions")
              .addObject()
              .put("type", "Approved")
              .put("status", "True")
              .put("reason", "Good");
      default -> {}
    }
    return new Sample(sample.collection(), object, sample.whole(), sample.parts());
  }

  /// Nothing but the part, for patches.
  static Sample only(Sample of, String part) {
    if (!part.equals("status") || !of.object().has("status")) {
      return of;
    }
    ObjectNode object = Trees.MAPPER.createObjectNode();
    for (String field : new String[] {"apiVersion", "kind", "metadata", "status"}) {
      if (of.object().has(field)) {
        object.set(field, of.object().path(field).deepCopy());
      }
    }
    return new Sample(of.collection(), object, of.whole(), of.parts());
  }

  private static ObjectNode scale(Sample sample) {
    ObjectNode scale = Trees.MAPPER.createObjectNode();
    scale.put("apiVersion", "autoscaling/v1").put("kind", "Scale");
    ObjectNode metadata = scale.putObject("metadata").put("name", sample.name());
    if (sample.object().path("metadata").path("namespace").isString()) {
      metadata.set("namespace", sample.object().path("metadata").path("namespace"));
    }
    scale.putObject("spec").put("replicas", 2);
    return scale;
  }

  private static JsonNode read() {
    try (InputStream in = PartSamples.class.getResourceAsStream(STATUSES)) {
      return Trees.MAPPER.readTree(Objects.requireNonNull(in, STATUSES));
    } catch (IOException e) {
      throw new UncheckedIOException(STATUSES, e);
    }
  }
}
