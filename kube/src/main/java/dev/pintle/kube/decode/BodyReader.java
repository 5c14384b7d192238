package dev.pintle.kube.decode;

import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.EarlierValues;
import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonRangeException;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The reader of the object that a body holds, which checks that it is of the kind that is expected, and shapes it.
public final class BodyReader {
  private static final int SUMMARY_BYTES = 30;
  private static final String CANNOT_BE_HANDLED =
      "%s in version \"%s\" cannot be handled as a %s: %s";
  private static final String NO_KIND = "couldn't get version/kind; json parse error: ";
  private static final GroupVersionKind OPTIONS =
      GroupVersionKind.of("meta.k8s.io/v1", "DeleteOptions");

  /// Upstream compares the data of a revision by their bytes.
  public static final GroupVersionKind KEEPS_TEXT =
      GroupVersionKind.of("apps/v1", "ControllerRevision");

  // The structure by which upstream looks for kind and apiVersion, as its errors print it.
  private static final String GO_TYPE_META =
      "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";

  private final Protobuf protobuf;
  private final KindCheck kinds;

  /// @param kinds the schemas of the kinds that are known, null for others
  public BodyReader(Protobuf protobuf, Function<GroupVersionKind, @Nullable SchemaNode> kinds) {
    this.protobuf = protobuf;
    this.kinds = new KindCheck(kinds);
  }

  /// The kind of object that is expected in a body.
  ///
  /// @param others kinds that an object may call itself instead
  public record Expected(
      GroupVersionKind kind,
      SchemaNode node,
      FieldValidation validation,
      Set<GroupVersionKind> others) {
    public Expected {
      others = Set.copyOf(others);
    }

    public Expected(GroupVersionKind kind, SchemaNode node, FieldValidation validation) {
      this(kind, node, validation, Set.of());
    }

    public Expected orOf(GroupVersionKind other) {
      return new Expected(kind, node, validation, Set.of(other));
    }

    Expected ignoringUnknown() {
      return new Expected(kind, node, FieldValidation.IGNORE, others);
    }

    boolean isCustom() {
      return node.typeName().isEmpty();
    }
  }

  /// @param warnings takes what is wrong but let through
  public JsonObject read(
      MediaType type, byte[] body, Expected expected, Consumer<String> warnings) {
    StrictDecodingErrors complaints = new StrictDecodingErrors();
    JsonObject object = parse(type, body, expected, complaints);
    requireWords(object, expected, body);
    GroupVersionKind given = KindCheck.given(object, expected.kind());
    String wanted = expected.kind().kind();
    try {
      boolean other =
          !given.equals(expected.kind()) && readAsGiven(object, given, expected, complaints);
      if (other) {
        // An object without a type has taken its name by now.
        wanted = expected.isCustom() ? given.kind() : wanted;
        complain(complaints, object, expected, warnings);
      }
      requireKind(object, expected);
      return shape(object, other ? expected.ignoringUnknown() : expected, complaints, warnings);
    } catch (Undecodable wrong) {
      // Upstream makes JSON of YAML first, with the fields by name.
      JsonObject read = type == MediaType.YAML ? FieldOrder.byNameThroughout(object) : object;
      throw StatusErrors.badRequest(
          CANNOT_BE_HANDLED.formatted(
              given.kind(), given.version(), wanted, fault(read, expected, wrong).getMessage()));
    }
  }

  /// Reads what says that it is something else as that, where it can be: what is wrong with it is told before that it is something
  /// else.
  ///
  /// @return whether it could be
  private boolean readAsGiven(
      JsonObject object,
      GroupVersionKind given,
      Expected expected,
      StrictDecodingErrors complaints) {
    if (expected.isCustom()) {
      CustomCanonicalizer.readMetadata(expected.node(), object, complaints.unknown());
      return true;
    }
    SchemaNode other = kinds.ofOtherVersion(given, expected);
    if (other == null) {
      return false;
    }
    Canonicalizer.shape(other, object.copy(), complaints.unknown());
    return true;
  }

  /// What upstream says of an object that could not be shaped.
  ///
  /// @param object with its fields in the order of the text
  /// @param found by shaping it
  public Undecodable fault(JsonObject object, Expected expected, Undecodable found) {
    return Canonicalizer.fault(expected.node(), object, found);
  }

  /// An object without a type must say what it is.
  private static void requireWords(JsonObject object, Expected expected, byte[] body) {
    try {
      KindCheck.requireWords(object);
    } catch (Undecodable wrong) {
      throw unrecognized(expected, wrong.getMessage(), body);
    }
    if (expected.isCustom() && object.textOrEmpty("kind").isEmpty()) {
      throw withoutKind(expected, body);
    }
  }

  private static StatusError withoutKind(Expected expected, byte[] body) {
    String missing =
        "Object 'Kind' is missing in '%s'".formatted(new String(body, StandardCharsets.UTF_8));
    if (expected.validation() != FieldValidation.IGNORE) {
      return unrecognized(expected, missing, body);
    }
    GroupVersionKind kind = expected.kind();
    return StatusErrors.badRequest(
        CANNOT_BE_HANDLED.formatted(kind.kind(), kind.version(), kind.kind(), missing));
  }

  private void requireKind(JsonObject object, Expected expected) {
    if (expected.isCustom()) {
      KindCheck.requireCustom(object, expected.kind());
    } else {
      kinds.require(object, expected);
    }
  }

  /// Checks that what a patch of JSON made is still of its kind; fills in kind and apiVersion where it is silent.
  ///
  /// @throws Undecodable when it is not
  public JsonObject requirePatched(
      Json patched, Expected expected, List<? super String> complaints) {
    if (!(patched instanceof JsonObject object)) {
      throw new Undecodable(NO_KIND + noObject(patched));
    }
    kinds.requirePatched(object, expected, complaints);
    return object;
  }

  /// Checks that all numbers of an object without a type are some that it can hold.
  ///
  /// @throws Undecodable when one is too large
  public void requireFinite(JsonObject object) {
    if (JsonRangeException.found(object) instanceof String tooLarge) {
      throw new Undecodable(tooLarge);
    }
  }

  /// Shapes an object that a patch made, as if it had been sent.
  ///
  /// @param complaints about the patch itself, told before those about the object
  /// @param repeated the paths of fields that come twice
  /// @throws Undecodable when it is not of its kind any more
  public JsonObject reshape(
      JsonObject object,
      Expected expected,
      List<String> complaints,
      List<String> repeated,
      Consumer<String> warnings) {
    StrictDecodingErrors errors = new StrictDecodingErrors();
    errors.applied(complaints);
    repeated.forEach(errors::duplicate);
    return shape(object, expected, errors, warnings);
  }

  /// Shapes an object that was never sent, as structures hold it.
  ///
  /// @param unknown takes the path of each field that is not known
  /// @throws Undecodable when it is not of its kind
  public JsonObject shaped(JsonObject object, SchemaNode node, List<? super String> unknown) {
    JsonObject shaped = Canonicalizer.shape(node, object, unknown);
    keepReset(object, shaped);
    return shaped;
  }

  /// Shapes a custom resource that a configuration was applied to.
  ///
  /// @throws Undecodable when it is not of its kind any more
  public JsonObject applied(JsonObject object, SchemaNode node) {
    JsonObject shaped = Canonicalizer.applied(node, object);
    keepReset(object, shaped);
    return shaped;
  }

  /// Shapes an object that was never a text, as upstream converts it.
  ///
  /// @param complaints about the patch that made it, told before those about the object
  /// @throws Undecodable when it is not of its kind
  public JsonObject convert(
      JsonObject object, Expected expected, List<String> complaints, Consumer<String> warnings) {
    List<String> unknown = new ArrayList<>();
    JsonObject shaped = Canonicalizer.convert(expected.node(), object, unknown);
    AnnotatedNumbers.read(expected.node().typeName(), shaped);
    keepReset(object, shaped);
    EmptyLists.keep(expected.kind(), object, shaped);
    CountedEmpties.mark(expected.kind(), expected.node(), object, shaped);
    StrictDecodingErrors errors = new StrictDecodingErrors();
    errors.applied(complaints);
    errors.applied(unknown.stream().map("unknown field \"%s\""::formatted).sorted().toList());
    complain(errors, object, expected, warnings);
    return shaped;
  }

  /// Reads a small object of the machinery, such as the options of a deletion, without a schema.
  public Json readAny(MediaType type, byte[] body) {
    return type == MediaType.PROTOBUF
        ? protobuf.read(body, OPTIONS)
        : parse(type, body, false, new StrictDecodingErrors(), new EarlierValues());
  }

  /// Reads the options of a request, which may call themselves after any version of any group.
  public JsonObject readOptions(MediaType type, byte[] body, Expected expected) {
    try {
      JsonObject object = object(readAny(type, body));
      kinds.requireOptions(object, expected.kind());
      return Canonicalizer.canonical(expected.node(), object);
    } catch (JsonSyntaxException broken) {
      throw StatusErrors.badRequest(told(broken));
    } catch (Undecodable | IllegalArgumentException wrong) {
      throw StatusErrors.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  /// @param typed whether each place is asked what numbers it takes, and repeated fields are put together
  /// @param earlier takes what stood in repeated fields
  private static Json parse(
      MediaType type,
      byte[] body,
      boolean typed,
      StrictDecodingErrors complaints,
      EarlierValues earlier) {
    return switch (type) {
      case JSON ->
          typed
              ? JsonReader.readAsWritten(body, complaints::duplicate, earlier)
              : JsonReader.read(body, complaints::duplicate);
      case YAML ->
          YamlReader.read(new String(body, StandardCharsets.UTF_8), complaints::duplicateLine);
      case PROTOBUF -> throw new JsonSyntaxException("protobuf (expected: JSON or YAML)");
    };
  }

  private JsonObject parse(
      MediaType type, byte[] body, Expected expected, StrictDecodingErrors complaints) {
    try {
      if (type == MediaType.PROTOBUF) {
        return protobuf.read(body, expected.kind());
      }
      EarlierValues earlier = new EarlierValues();
      boolean typed = !expected.node().typeName().isEmpty();
      JsonObject read = object(parse(type, body, typed, complaints, earlier));
      if (typed) {
        complaints.forgetFree(expected.node(), read);
      }
      RepeatedFields.join(expected.node(), read, earlier);
      if (type == MediaType.JSON && KEEPS_TEXT.equals(expected.kind())) {
        JsonReader.keepText(read, body, "data");
      }
      return read;
    } catch (JsonRangeException tooLarge) {
      GroupVersionKind kind = expected.kind();
      throw StatusErrors.badRequest(
          CANNOT_BE_HANDLED.formatted(
              kind.kind(), kind.version(), kind.kind(), tooLarge.getMessage()));
    } catch (JsonSyntaxException broken) {
      throw unrecognized(expected, told(broken), body);
    } catch (IllegalArgumentException broken) {
      throw unrecognized(expected, String.valueOf(broken.getMessage()), body);
    }
  }

  private static String told(JsonSyntaxException broken) {
    String message = String.valueOf(broken.getMessage());
    boolean alone =
        message.startsWith("yaml:")
            || message.startsWith("json: unsupported")
            || message.startsWith("unsupported map key");
    return alone ? message : NO_KIND + message;
  }

  private static JsonObject object(Json read) {
    return switch (read) {
      case JsonObject object -> object;
      case Json.Null _ -> new JsonObject();
      case JsonArray _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ ->
          throw new JsonSyntaxException(noObject(read));
    };
  }

  private static String noObject(Json value) {
    return "json: cannot unmarshal %s into Go value of type %s"
        .formatted(GoValues.kind(value), GO_TYPE_META);
  }

  private static StatusError unrecognized(Expected expected, String why, byte[] body) {
    return StatusErrors.badRequest(
        "the object provided is unrecognized (must be of type %s): %s (%s)"
            .formatted(expected.kind().kind(), why, summary(body)));
  }

  private static String summary(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    int shown = Math.min(body.length, SUMMARY_BYTES);
    String more = body.length > SUMMARY_BYTES ? " ..." : "";
    return body[0] == '{'
        ? new String(body, 0, shown, StandardCharsets.UTF_8) + more
        : HexFormat.of().formatHex(body, 0, shown) + more;
  }

  /// An empty list of owners is no absent one: it is the order to forget them.
  private static void keepReset(JsonObject object, JsonObject shaped) {
    JsonObject metadata = object.object("metadata");
    JsonArray owners = metadata == null ? null : metadata.array("managedFields");
    JsonObject kept = shaped.object("metadata");
    if (owners != null && owners.isEmpty() && kept != null) {
      kept.set("managedFields", owners);
    }
  }

  private static JsonObject shape(
      JsonObject object,
      Expected expected,
      StrictDecodingErrors complaints,
      Consumer<String> warnings) {
    List<String> unknown = complaints.unknown();
    if (expected.isCustom()) {
      complaints.decodedWhole();
    }
    JsonObject shaped = Canonicalizer.shape(expected.node(), object, unknown);
    if (expected.node().typeName().isEmpty() && isOfAnotherKind(shaped, expected.kind())) {
      // Nothing is known of its fields, but for those that all objects have.
      unknown.removeIf(path -> !path.startsWith("metadata."));
    }
    AnnotatedNumbers.read(expected.node().typeName(), shaped);
    keepReset(object, shaped);
    EmptyLists.keep(expected.kind(), object, shaped);
    CountedEmpties.mark(expected.kind(), expected.node(), object, shaped);
    complain(complaints, object, expected, warnings);
    return shaped;
  }

  private static boolean isOfAnotherKind(JsonObject object, GroupVersionKind kind) {
    GroupVersionKind own =
        GroupVersionKind.of(object.textOrEmpty("apiVersion"), object.textOrEmpty("kind"));
    return !own.kind().equals(kind.kind()) || !own.group().equals(kind.group());
  }

  private static void complain(
      StrictDecodingErrors complaints,
      JsonObject object,
      Expected expected,
      Consumer<String> warnings) {
    if (!complaints.isEmpty()) {
      switch (expected.validation()) {
        case IGNORE -> {}
        case WARN -> complaints.warnings(object).forEach(warnings);
        case STRICT -> throw new Undecodable(complaints.error(object));
      }
    }
  }
}
