package dev.pintle.kube.verb;

import dev.pintle.kube.decode.Undecodable;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.ownership.ApplyResult;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.verb.NewObject.Draft;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The handler of server-side apply: the client says what it wants of an object, and the object is created or changed to
/// have it.
final class Apply {
  private static final Set<String> MADE_BY_STATUS =
      Set.of("services", "validatingadmissionpolicies.admissionregistration.k8s.io");

  private final VerbContext context;

  Apply(VerbContext context) {
    this.context = context;
  }

  /// @param options that were found right
  Answer handle(
      ApiRequest request, WriteOptions options, ObjectView view, Consumer<String> warnings) {
    Application application =
        new Application(request, options, ApplyConfiguration.read(request), warnings);
    ObjectUpdate update = new ObjectUpdate(context, request, options, application, warnings);
    return mayMake(request) ? update.orCreate(application::draft).run(view) : update.run(view);
  }

  /// What is said of the status of some makes the object, too.
  private static boolean mayMake(ApiRequest request) {
    return request.subresource().isEmpty()
        || (request.subresource().equals("status")
            && MADE_BY_STATUS.contains(request.type().groupResource()));
  }

  /// One apply request on its way into an object.
  private final class Application implements ObjectUpdate.Change {
    private final ApiRequest request;
    private final WriteOptions options;
    private final ApplyConfiguration config;
    private final Consumer<String> warnings;

    Application(
        ApiRequest request,
        WriteOptions options,
        ApplyConfiguration config,
        Consumer<String> warnings) {
      this.request = request;
      this.options = options;
      this.config = config;
      this.warnings = warnings;
    }

    @Override
    public JsonObject apply(JsonObject current) {
      return over(current);
    }

    @Override
    public boolean decidesOwners() {
      return true;
    }

    /// The configuration over what is there, in the form of its kind, with its owners.
    private JsonObject over(@Nullable JsonObject current) {
      Write write = FieldManagers.of(request);
      ApplyResult applied;
      try {
        applied = context.ownership().apply(write, current, config.object(), options.force());
      } catch (Undecodable wrong) {
        // It could not be compared with what others own in other versions of the kind.
        throw ApplyConfiguration.unconvertible(write.kind(), config.object(), wrong.getMessage());
      }
      // What changes nothing is the very object that is there.
      JsonObject object =
          current != null && config.namesNoOwners() && isSame(applied.object(), current)
              ? current.copy()
              : config.shaped(context, write.kind(), write.schema(), applied.object());
      config.complain(options.validation(), warnings);
      FieldManagers.set(object, applied.entries());
      return object;
    }

    private static boolean isSame(JsonObject applied, JsonObject current) {
      return FieldOwnership.same(withoutOwners(applied), withoutOwners(current));
    }

    private static JsonObject withoutOwners(JsonObject object) {
      JsonObject copy = object.copy();
      Metadata.of(copy).remove("managedFields");
      return copy;
    }

    Draft draft() {
      ResourceType type = request.type();
      JsonObject object = over(null);
      String uid = Metadata.text(object, "uid");
      if (!uid.isEmpty()) {
        throw StatusErrors.conflict(
            type,
            request.name(),
            "uid mismatch: the provided object specified uid %s, and no existing object was found"
                .formatted(uid));
      }
      Metadata.requireNamespace(type, object, request.namespace());
      ObjectUpdate.requireName(object, request.name());
      ResourceVersions.settleForNew(object, options.dryRun());
      return new Draft(object, true, null);
    }
  }
}
