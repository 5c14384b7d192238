package dev.pintle.kube.decode;

import dev.pintle.kube.object.EarlierValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.RawTexts;
import dev.pintle.kube.schema.SchemaNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// A patch as it was read, with what is wrong in its own text and does not keep it from being applied.
///
/// @param complaints fields that come twice, and such as no operation has, in the words of upstream
/// @param repeats whether operations have fields that come twice; they keep their texts
public record PatchDocument(Json json, List<String> complaints, boolean repeats) {
  private static final Set<String> OPERATION_FIELDS = Set.of("op", "path", "from", "value");

  public PatchDocument {
    complaints = List.copyOf(complaints);
  }

  public PatchDocument(Json json, List<String> complaints) {
    this(json, complaints, false);
  }

  /// The object that a patch made.
  ///
  /// @param repeated the paths of fields that come twice in it
  public record Outcome(Json json, List<String> repeated) {
    public Outcome {
      repeated = List.copyOf(repeated);
    }
  }

  /// The outcome as upstream reads it: what the patch says twice, and nobody has looked into since, it finds there again.
  public Outcome outcome(Json patched, SchemaNode node) {
    if (!repeats) {
      return new Outcome(patched, List.of());
    }
    StrictDecodingErrors found = new StrictDecodingErrors();
    byte[] written = JsonWriter.textAsWritten(patched).getBytes(StandardCharsets.UTF_8);
    Json read;
    if (node.typeName().isEmpty()) {
      read = JsonReader.readAsWritten(written, found::duplicate);
    } else {
      EarlierValues earlier = new EarlierValues();
      read = JsonReader.readAsWritten(written, found::duplicate, earlier);
      if (read instanceof JsonObject object) {
        RepeatedFields.join(node, object, earlier);
      }
    }
    return new Outcome(read, found.duplicates());
  }

  /// A patch that is a part of an object. Numbers that are too large for any type are in it, for the end of what they are to change to
  /// judge.
  ///
  /// @throws JsonSyntaxException when it is no JSON
  public static PatchDocument read(byte[] body) {
    StrictDecodingErrors wrong = new StrictDecodingErrors();
    Json json = JsonReader.readAsWritten(body, wrong::duplicate);
    return new PatchDocument(json, wrong.fields(json));
  }

  /// A patch that is a list of operations.
  ///
  /// @throws JsonSyntaxException when it is no JSON
  public static PatchDocument readOperations(byte[] body) {
    StrictDecodingErrors wrong = new StrictDecodingErrors();
    Json json = JsonReader.readAsWritten(body, wrong::duplicate);
    if (json instanceof JsonArray operations) {
      unknown(operations, wrong.unknown());
    }
    boolean repeats = !wrong.duplicates().isEmpty();
    if (repeats && json instanceof JsonArray operations) {
      RawTexts.keep(json, body);
      operations.objects().forEach(RawTexts::open);
    }
    return new PatchDocument(
        json, wrong.fields(json).stream().map(text -> "json patch " + text).toList(), repeats);
  }

  private static void unknown(JsonArray operations, List<String> unknown) {
    for (int i = 0; i < operations.size() && unknown.size() < StrictDecodingErrors.TOLD_MAX; i++) {
      if (operations.at(i) instanceof JsonObject operation) {
        for (JsonObject.Field field : operation) {
          if (!OPERATION_FIELDS.contains(field.name())) {
            unknown.add("[%d].%s".formatted(i, field.name()));
          }
        }
      }
    }
  }
}
