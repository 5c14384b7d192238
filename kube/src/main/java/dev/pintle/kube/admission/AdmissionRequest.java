package dev.pintle.kube.admission;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.OperationOptions;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The write that admission plugins look at; made anew for each attempt, of the request that asks for it (`ApiRequest.admission`).
///
/// @param subresource empty for the object itself
/// @param object as it would be, or the options of a connection; null for a delete
/// @param old as it is; null for a create
/// @param named whether the path of the request names the object: a create that it names came of an update or a patch
/// @param transaction takes guards and writes that belong to this one
/// @param verb of the request, as rights name it
/// @param notes takes what is told beside the verdict
/// @param owners the `managedFields` that the object will have, where it does not hold them itself; null then
public record AdmissionRequest(
    Action action,
    ResourceType type,
    String namespace,
    String name,
    String subresource,
    @Nullable JsonObject object,
    @Nullable JsonObject old,
    OperationOptions options,
    UserInfo caller,
    boolean named,
    ObjectTransaction transaction,
    String verb,
    AdmissionNotes notes,
    Supplier<@Nullable JsonArray> owners) {

  /// The same, of an object that does not hold its `managedFields` yet.
  public AdmissionRequest withOwners(Supplier<@Nullable JsonArray> later) {
    return new AdmissionRequest(
        action,
        type,
        namespace,
        name,
        subresource,
        object,
        old,
        options,
        caller,
        named,
        transaction,
        verb,
        notes,
        later);
  }

  /// The operation of a write, as AdmissionReview names it.
  public enum Action {
    CREATE,
    UPDATE,
    DELETE,
    CONNECT
  }

  /// Whether the object is deleted with the others of a collection, of which the request names none.
  public boolean isOfCollection() {
    return verb.equals("deletecollection");
  }

  public boolean dryRun() {
    return options.dryRun();
  }

  /// Whether it is about objects of this resource themselves, not about a part of one.
  public boolean isOf(String group, String plural) {
    return subresource.isEmpty() && type.plural().equals(plural) && type.group().equals(group);
  }
}
