package dev.pintle.kube.admission.webhook;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.decode.Undecodable;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.Spellings;
import dev.pintle.kube.patch.PatchException;
import dev.pintle.kube.patch.PatchType;
import dev.pintle.kube.patch.Patches;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A patch of a webhook, read.
///
/// @param operations at least one
/// @param spellings of what they hold
record HookPatch(Json operations, Spellings spellings) {
  /// A patch that is none.
  static final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1;

    UndecodableException(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /// Null when it says nothing.
  static @Nullable HookPatch of(Bytes written) throws UndecodableException {
    byte[] patch = written.array();
    if (patch.length == 0) {
      return null;
    }
    try {
      Json excessive = Patches.excessive(PatchType.JSON, patch);
      Json read = excessive == null ? JsonReader.read(patch) : excessive;
      Patches.requireOperations(read);
      boolean empty =
          read instanceof Json.Null || (read instanceof JsonArray array && array.isEmpty());
      return empty ? null : new HookPatch(read, Patches.spellings(read, patch));
    } catch (JsonSyntaxException malformed) {
      throw new UndecodableException(String.valueOf(malformed.getMessage()));
    } catch (PatchException malformed) {
      throw new UndecodableException(malformed.getMessage());
    }
  }

  /// What it makes of an object, which stays as it is.
  ///
  /// @throws dev.pintle.kube.status.StatusError when it cannot be applied, or makes what the kind does not know
  JsonObject apply(JsonObject object, GroupVersionKind kind, SchemaNode schema, BodyReader bodies) {
    Expected expected = new Expected(kind, schema, FieldValidation.IGNORE);
    try {
      Patches patches = new Patches(PatchType.JSON, operations, spellings, schema, false);
      Json patched = patches.apply(object);
      JsonObject typed = bodies.requirePatched(patched, expected, new ArrayList<>());
      return bodies.reshape(typed, expected, List.of(), List.of(), _ -> {});
    } catch (PatchException wrong) {
      throw StatusErrors.internal(wrong.getMessage());
    } catch (Undecodable wrong) {
      throw StatusErrors.internal(String.valueOf(wrong.getMessage()));
    }
  }
}
