package dev.pintle.kube.verb;

import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.decode.PatchDocument;
import dev.pintle.kube.decode.Undecodable;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonRangeException;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.Spellings;
import dev.pintle.kube.patch.PatchException;
import dev.pintle.kube.patch.PatchType;
import dev.pintle.kube.patch.Patches;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A patch as a client sent it, to be applied to whatever stands there; what is wrong with it, but that it is no JSON, is found
/// then.
///
/// @param spellings of what it holds
/// @param expected what the outcome has to be
record SentPatch(PatchType type, PatchDocument document, Spellings spellings, Expected expected) {

  static SentPatch read(ApiRequest request, PatchType type, Expected expected) {
    byte[] body = request.body().array();
    SentPatch patch = read(body, type, expected);
    RequestRecord record = request.notes().record();
    if (record != null) {
      record.sent(body);
    }
    return patch;
  }

  private static SentPatch read(byte[] body, PatchType type, Expected expected) {
    Json excessive = Patches.excessive(type, body);
    if (excessive != null) {
      return new SentPatch(type, new PatchDocument(excessive, List.of()), Spellings.NONE, expected);
    }
    boolean operations = type == PatchType.JSON;
    try {
      PatchDocument document =
          operations ? PatchDocument.readOperations(body) : PatchDocument.read(body);
      Spellings spellings = operations ? Patches.spellings(document.json(), body) : Spellings.NONE;
      return new SentPatch(type, document, spellings, expected);
    } catch (JsonSyntaxException broken) {
      throw StatusErrors.badRequest("invalid JSON patch");
    }
  }

  private static String tooLarge(PatchType type, String message) {
    return switch (type) {
      case MERGE -> "error decoding patch: " + message;
      case JSON, STRATEGIC, APPLY -> message;
    };
  }

  /// What upstream reads before it patches has no place for numbers that are too large; what it copies unread is judged by its place.
  private void requireReadable() {
    boolean unread = type != PatchType.STRATEGIC && expected.validation() == FieldValidation.IGNORE;
    // Operations are read one after another, and what is wrong first is told.
    if (!unread
        && type != PatchType.JSON
        && JsonRangeException.found(document.json()) instanceof String message) {
      throw StatusErrors.badRequest(tooLarge(type, message));
    }
  }

  /// What it makes of an object, in the form of its kind.
  JsonObject apply(BodyReader bodies, JsonObject current, Consumer<String> warnings) {
    requireReadable();
    Patches patches =
        new Patches(
            type,
            document.json(),
            spellings,
            expected.node(),
            expected.validation() != FieldValidation.IGNORE);
    try {
      return shaped(bodies, patches, current, warnings);
    } catch (PatchException wrong) {
      throw refusal(wrong);
    } catch (Undecodable wrong) {
      throw type == PatchType.STRATEGIC && wrong.isUnconverted()
          ? StatusErrors.bare(500, wrong.getMessage())
          : refusal(wrong, patches, current);
    }
  }

  private JsonObject shaped(
      BodyReader bodies, Patches patches, JsonObject current, Consumer<String> warnings)
      throws PatchException {
    Json patched = patches.apply(current);
    // A strategic patch changes the fields of a structure of Go, which knows its kind without being
    // told.
    if (type == PatchType.STRATEGIC && patched instanceof JsonObject object) {
      return bodies.convert(object, expected, document.complaints(), warnings);
    }
    List<String> complaints = new ArrayList<>(document.complaints());
    PatchDocument.Outcome outcome = document.outcome(patched, expected.node());
    JsonObject object = bodies.requirePatched(outcome.json(), expected, complaints);
    List<String> unknown = complaints.subList(document.complaints().size(), complaints.size());
    List<String> repeated =
        outcome.repeated().stream().filter(path -> !isWithin(path, unknown)).toList();
    if (expected.node().typeName().isEmpty()) {
      bodies.requireFinite(object);
    }
    try {
      return bodies.reshape(object, expected, complaints, repeated, warnings);
    } catch (Undecodable wrong) {
      if (complaints.size() > document.complaints().size()) {
        // Of fields that are not known no type is.
        throw wrong;
      }
      throw patches.shown(current) instanceof JsonObject shown
          ? bodies.fault(shown, expected, wrong)
          : wrong;
    }
  }

  private static boolean isWithin(String path, List<String> unknown) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    return end < path.length()
        && unknown.contains("unknown field \"%s\"".formatted(path.substring(0, end)));
  }

  private static StatusError refusal(Undecodable wrong, Patches patches, JsonObject current) {
    String shown;
    try {
      shown = patches.text(patches.shown(current));
    } catch (PatchException unlike) {
      throw new IllegalStateException("a patch that applied once (expected: twice)", unlike);
    }
    Cause cause =
        new Cause(
            "FieldValueInvalid",
            "Invalid value: %s: %s".formatted(GoText.quote(shown), wrong.getMessage()),
            "patch");
    return StatusErrors.invalidKind("", "", "", List.of(cause));
  }

  private static StatusError refusal(PatchException wrong) {
    String message = wrong.getMessage();
    return switch (wrong.kind()) {
      case MALFORMED -> StatusErrors.badRequest(message);
      case UNFORESEEN -> StatusErrors.bare(500, message);
      case TOO_LARGE ->
          new StatusError(new Status(413, "RequestEntityTooLarge", message, Details.NONE));
      case NOT_APPLICABLE ->
          new StatusError(
              new Status(
                  422,
                  "Invalid",
                  "the server rejected our request due to an error in our request",
                  Details.EMPTY));
    };
  }
}
