package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.verb.NewObject.Draft;
import java.util.function.Consumer;

/// The handler of `update` (PUT), which puts another object in the place of one.
public final class Replace implements VerbHandler {
  private final VerbContext context;

  public Replace(VerbContext context) {
    this.context = context;
  }

  @Override
  public Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    WriteOptions options = WriteOptions.parse(request.query(), "UpdateOptions");
    JsonObject sent = RequestBodies.read(context, request, options, warnings);
    OwnerDuplicates.remove(sent, OwnerDuplicates.SENT, warnings);
    // Before it is known whether there is anything: a body that is about something else is no
    // update.
    Metadata.requireNamespace(request.type(), sent, request.namespace());
    ObjectUpdate.requireName(sent, request.name());
    ObjectUpdate update =
        new ObjectUpdate(context, request, options, _ -> sent.copy(), warnings)
            .onlyOf(Metadata.text(sent, "uid"));
    boolean mayCreate =
        request.type().storing().createOnUpdate()
            && (request.subresource().isEmpty() || request.subresource().equals("status"));
    return mayCreate
        ? update.orCreate(() -> draft(request, options, sent)).run(view)
        : update.run(view);
  }

  private static Draft draft(ApiRequest request, WriteOptions options, JsonObject sent) {
    String uid = Metadata.text(sent, "uid");
    if (!uid.isEmpty()) {
      throw ResourceVersions.absentUid(request, uid, options.dryRun());
    }
    JsonObject object = sent.copy();
    ResourceVersions.settleForNew(object, options.dryRun());
    return Draft.sent(object);
  }
}
