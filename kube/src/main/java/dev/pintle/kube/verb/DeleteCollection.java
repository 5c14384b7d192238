package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.encode.ListMeta;
import dev.pintle.kube.encode.ListReply;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Refusal;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Deletes what a selection chooses, one after the other, and answers with what was deleted.
public final class DeleteCollection implements Operation {
  private final Services services;

  public DeleteCollection(Services services) {
    this.services = services;
  }

  @Override
  public void run(ApiRequest request, ObjectView view, Reply reply) {
    ListOptions options = ListOptions.parse(request.query(), false);
    DeleteOptions deletion = Delete.options(services, request);
    Selection selection = Selection.of(request.type(), options, "");
    List<StoredObject> chosen =
        ListObjects.read(request.type(), request.namespace(), options, selection, view).items();
    long version = view.revision();
    next(new Walk(request, deletion, reply, chosen.iterator(), new ArrayList<>(), version));
  }

  private record Walk(
      ApiRequest request,
      DeleteOptions deletion,
      Reply reply,
      Iterator<StoredObject> left,
      List<StoredObject> deleted,
      long version) {}

  private void next(Walk walk) {
    if (!walk.left().hasNext()) {
      ListReply.send(
          walk.reply(),
          walk.request().type(),
          walk.deleted(),
          new ListMeta(walk.version(), "", -1));
      return;
    }
    StoredObject object = walk.left().next();
    Later.run(services, walk.reply(), () -> delete(walk, object));
  }

  private void delete(Walk walk, StoredObject object) {
    ApiRequest one = one(walk.request(), object);
    try {
      new Removal(services, one, walk.deletion(), walk.reply())
          .run(
              services.view(true),
              end -> {
                walk.deleted().add(end.last());
                next(walk);
              });
    } catch (Refusal refused) {
      if (refused.status().code() != 404) {
        throw refused;
      }
      // Somebody else was faster: what was asked for is done.
      next(walk);
    }
  }

  private static ApiRequest one(ApiRequest all, StoredObject object) {
    ResourceType type = all.type();
    Target target = all.target();
    Target single =
        new Target(
            "delete",
            target.path(),
            target.groupVersion(),
            object.namespace(),
            type.plural(),
            object.name(),
            "",
            0);
    return new ApiRequest(single, type, all.query(), all.caller(), "", Bytes.EMPTY);
  }
}
