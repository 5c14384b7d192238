package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The handler of `delete`, which removes an object, or marks it as being deleted while finalizers or a grace period stand
/// before its end.
public final class Delete implements VerbHandler {
  /// Resources whose deletion is answered with the object.
  private static final Set<String> ANSWERED_BY_OBJECT =
      Set.of(
          "pods",
          "services",
          "namespaces",
          "persistentvolumes",
          "persistentvolumeclaims",
          "podtemplates",
          "resourcequotas",
          "serviceaccounts",
          "csidrivers.storage.k8s.io",
          "csinodes.storage.k8s.io",
          "storageclasses.storage.k8s.io",
          "volumeattachments.storage.k8s.io",
          "volumeattributesclasses.storage.k8s.io",
          "deviceclasses.resource.k8s.io",
          "resourceclaims.resource.k8s.io",
          "resourceclaimtemplates.resource.k8s.io",
          "resourceslices.resource.k8s.io");

  private static final String PRIORITY_CLASSES = "priorityclasses.scheduling.k8s.io";
  private static final Set<String> SYSTEM_PRIORITY_CLASSES =
      Set.of("system-cluster-critical", "system-node-critical");

  private static final String JOB_WARNING =
      "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set"
          + " propagationPolicy=Orphan to suppress this warning";

  private final VerbContext context;
  private final DeletionReader options;
  private final UnreadableDeletion unreadable;

  public Delete(VerbContext context, DeletionReader options, Rights rights) {
    this.context = context;
    this.options = options;
    this.unreadable = new UnreadableDeletion(context, rights);
  }

  /// The rights of callers, beyond that to delete.
  @FunctionalInterface
  public interface Rights {
    /// Why a caller may not do what is asked; null where it may.
    @Nullable String refusal(UserInfo caller, RequestInfo asked, ObjectView view);
  }

  @Override
  public Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    DeleteOptions deletion = options.read(request);
    requireNotOfSystem(request);
    warnOfChildren(request, deletion, warnings);
    if (deletion.onlyUnreadable()) {
      return unreadable.run(request, deletion, view);
    }
    ObjectDeletion.End end = ObjectDeletion.of(context, request, deletion).run(view);
    return answer(request, deletion, end);
  }

  /// Whoever deletes a job and says nothing of its pods is told that they stay.
  static void warnOfChildren(
      ApiRequest request, DeleteOptions deletion, Consumer<String> warnings) {
    if (request.type().groupResource().equals("jobs.batch")
        && deletion.propagation().isEmpty()
        && deletion.orphanDependents() == null) {
      warnings.accept(JOB_WARNING);
    }
  }

  /// By name alone: whoever deletes classes as a collection is not asked, as upstream does not.
  private static void requireNotOfSystem(ApiRequest request) {
    if (request.type().groupResource().equals(PRIORITY_CLASSES)
        && SYSTEM_PRIORITY_CLASSES.contains(request.name())) {
      throw StatusErrors.forbidden(
          request.type(), request.name(), "this is a system priority class and cannot be deleted");
    }
  }

  private static Answer answer(ApiRequest request, DeleteOptions options, ObjectDeletion.End end) {
    ResourceType type = request.type();
    boolean whole = !end.gone() || ANSWERED_BY_OBJECT.contains(type.groupResource());
    int code = !end.gone() && Boolean.FALSE.equals(options.orphanDependents()) ? 202 : 200;
    if (whole) {
      return new Answer.OneObject(code, type, end.last());
    }
    Details details =
        Details.of(type.group(), type.plural(), request.name()).withUid(end.last().uid());
    return new Answer.Outcome(Status.success(details));
  }
}
