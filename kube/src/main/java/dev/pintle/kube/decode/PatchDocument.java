package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import java.util.List;
import java.util.Set;

/// A patch as it was read, with what is wrong in its own text and does not keep it from being applied.
///
/// @param complaints fields that come twice, and such as no operation has, in the words of upstream
/// @param repeated the paths of fields that come twice in what operations put somewhere
public record PatchDocument(Json json, List<String> complaints, List<String> repeated) {
  private static final Set<String> OPERATION_FIELDS = Set.of("op", "path", "from", "value");

  public PatchDocument {
    complaints = List.copyOf(complaints);
    repeated = List.copyOf(repeated);
  }

  public PatchDocument(Json json, List<String> complaints) {
    this(json, complaints, List.of());
  }

  /// The paths of fields that come twice in the outcome as they do in the patch.
  public List<String> repeatedIn(Json outcome) {
    return RepeatedValues.in(json, repeated, outcome);
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
    return new PatchDocument(
        json,
        wrong.fields(json).stream().map(text -> "json patch " + text).toList(),
        wrong.duplicates());
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
