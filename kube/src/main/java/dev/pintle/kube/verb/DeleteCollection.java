package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.encode.ListItems;
import dev.pintle.kube.encode.ListMeta;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The handler of `deletecollection`, which deletes the selected objects one after the other, and answers with the list of
/// them as they were before.
public final class DeleteCollection implements VerbHandler {
  private final VerbContext context;
  private final DeletionReader deletions;

  public DeleteCollection(VerbContext context, DeletionReader deletions) {
    this.context = context;
    this.deletions = deletions;
  }

  @Override
  public Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    ListOptions options = ListOptions.parse(request.query(), false);
    DeleteOptions deletion = deletions.read(request);
    deletion.requireCollection();
    SelectionPredicate selection = SelectionPredicate.of(request.type(), options, "");
    Delete.warnOfChildren(request, deletion, warnings);
    List<StoredObject> chosen = new ArrayList<>();
    ListItems items =
        ListObjects.read(request.type(), request.namespace(), options, selection, view, null)
            .items();
    for (var some = items.next(); !some.isEmpty(); some = items.next()) {
      chosen.addAll(some);
    }
    chosen.forEach(object -> delete(request, deletion, object));
    ListMeta meta = new ListMeta(view.revision(), "", -1);
    boolean many = chosen.size() > ListObjects.FEW;
    return new Answer.Collection(request.type(), ListItems.of(chosen), meta, many);
  }

  /// When somebody else was faster, what was asked for is done.
  private void delete(ApiRequest request, DeleteOptions deletion, StoredObject object) {
    ApiRequest one = request.deletionOf(request.type(), object.namespace(), object.name());
    try {
      ObjectDeletion.ofCollection(context, one, deletion).run(context.view());
    } catch (StatusError refused) {
      if (refused.status().code() != 404) {
        throw refused;
      }
    }
  }
}
