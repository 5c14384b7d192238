package dev.pintle.kube.verb;

import dev.pintle.kube.encode.ListItems;
import dev.pintle.kube.encode.ListMeta;
import dev.pintle.kube.encode.ListReply;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Deletes what a selection chooses, one after the other, and answers with what was deleted.
public final class DeleteCollection implements VerbHandler {
  private final VerbContext services;
  private final DeletionReader deletions;

  public DeleteCollection(VerbContext services, DeletionReader deletions) {
    this.services = services;
    this.deletions = deletions;
  }

  @Override
  public void run(ApiRequest request, ObjectView view, Reply reply) {
    ListOptions options = ListOptions.parse(request.query(), false);
    DeleteOptions deletion = deletions.read(request);
    Selection selection = Selection.of(request.type(), options, "");
    List<StoredObject> chosen = new ArrayList<>();
    ListItems items =
        ListObjects.read(request.type(), request.namespace(), options, selection, view).items();
    for (var some = items.next(); !some.isEmpty(); some = items.next()) {
      chosen.addAll(some);
    }
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
      ListItems deleted = ListItems.of(walk.deleted());
      ListMeta meta = new ListMeta(walk.version(), "", -1);
      new ListReply(walk.reply(), walk.request().type(), deleted, meta, services.workers())
          .send(services.wholeLists());
      return;
    }
    StoredObject object = walk.left().next();
    Later.run(services, walk.reply(), () -> delete(walk, object));
  }

  private void delete(Walk walk, StoredObject object) {
    ApiRequest one =
        walk.request().deletionOf(walk.request().type(), object.namespace(), object.name());
    try {
      new ObjectDeletion(services, one, walk.deletion(), walk.reply()::status)
          .run(
              services.view(),
              end -> {
                walk.deleted().add(end.last());
                next(walk);
              });
    } catch (StatusError refused) {
      if (refused.status().code() != 404) {
        throw refused;
      }
      // Somebody else was faster: what was asked for is done.
      next(walk);
    }
  }
}
