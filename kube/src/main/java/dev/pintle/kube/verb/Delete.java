package dev.pintle.kube.verb;

import dev.pintle.kube.admission.Admission.Action;
import dev.pintle.kube.admission.Admission.AdmissionRequest;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.store.ObjectView;
import java.util.Set;

/// Takes an object away, or marks it as going away while somebody still has work with it.
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

  private static final String JOB_WARNING =
      "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set"
          + " propagationPolicy=Orphan to suppress this warning";

  private final VerbContext services;
  private final DeletionReader options;

  public Delete(VerbContext services, DeletionReader options) {
    this.services = services;
    this.options = options;
  }

  @Override
  public void run(ApiRequest request, ObjectView view, Reply reply) {
    DeleteOptions deletion = options.read(request);
    if (request.type().groupResource().equals("jobs.batch")
        && deletion.propagation().isEmpty()
        && deletion.orphanDependents() == null) {
      reply.warn(JOB_WARNING);
    }
    services.admit(
        new AdmissionRequest(
            Action.DELETE,
            request.type(),
            request.namespace(),
            request.name(),
            "",
            null,
            null,
            request.caller(),
            deletion.dryRun(),
            true),
        view);
    new ObjectDeletion(services, request, deletion, reply::status)
        .run(view, end -> answer(request, deletion, end, reply));
  }

  private static void answer(
      ApiRequest request, DeleteOptions options, ObjectDeletion.End end, Reply reply) {
    ResourceType type = request.type();
    boolean whole = !end.gone() || ANSWERED_BY_OBJECT.contains(type.groupResource());
    int code = !end.gone() && Boolean.FALSE.equals(options.orphanDependents()) ? 202 : 200;
    if (whole) {
      reply.object(code, type, end.last());
    } else {
      Details details =
          Details.of(type.group(), type.plural(), request.name()).withUid(end.last().uid());
      reply.status(Status.success(details));
    }
  }
}
