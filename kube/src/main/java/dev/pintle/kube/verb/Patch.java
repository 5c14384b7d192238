package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.patch.PatchType;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The handler of `patch`.
public final class Patch implements VerbHandler {
  private static final List<PatchType> OFFERED =
      List.of(PatchType.JSON, PatchType.MERGE, PatchType.STRATEGIC, PatchType.APPLY);

  private final VerbContext context;

  public Patch(VerbContext context) {
    this.context = context;
  }

  @Override
  public Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    PatchType patchType = type(request);
    if (patchType == PatchType.APPLY) {
      WriteOptions options = WriteOptions.parseApply(request.query());
      return new Apply(context).handle(request, options, view, warnings);
    }
    WriteOptions options = options(request);
    SentPatch patch = SentPatch.read(request, patchType, Create.expected(request.type(), options));
    return new ObjectUpdate(
            context,
            request,
            options,
            current -> patch.apply(context.bodies(), current, warnings),
            warnings)
        .run(view);
  }

  /// The options of a patch of another form than apply.
  static WriteOptions options(ApiRequest request) {
    WriteOptions options = WriteOptions.parse(request.query(), "PatchOptions");
    if (request.query().has("force")) {
      Cause cause =
          new Cause(
              "FieldValueForbidden",
              "Forbidden: may not be specified for non-apply patch",
              "force");
      throw StatusErrors.invalidKind("meta.k8s.io", "PatchOptions", "", List.of(cause));
    }
    return options;
  }

  static PatchType type(ApiRequest request) {
    String contentType = request.contentType();
    int semicolon = contentType.indexOf(';');
    String bare = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    boolean custom = request.type().isCustom();
    return PatchType.of(bare)
        .map(type -> requireOffered(type, custom))
        .orElseThrow(StatusErrors::unknownPatch);
  }

  private static PatchType requireOffered(PatchType type, boolean custom) {
    if (OFFERED.contains(type) && !(custom && type == PatchType.STRATEGIC)) {
      return type;
    }
    throw unsupported(custom);
  }

  private static StatusError unsupported(boolean custom) {
    List<String> offered = new ArrayList<>();
    for (PatchType type : OFFERED) {
      if (!(custom && type == PatchType.STRATEGIC)) {
        offered.add(type.contentType());
      }
    }
    return StatusErrors.unsupportedMediaType(String.join(", ", offered));
  }
}
