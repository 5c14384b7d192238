package dev.pintle.kube.admission;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admission plugins DefaultStorageClass and DefaultIngressClass: an object that names no class gets the class that is
/// marked as the default, the newest of several.
///
/// @param resource whose objects have a class
/// @param field of their spec that names it
/// @param formerly the annotation that named it before there was the field
/// @param classes the resource of the classes
/// @param marks the annotations of a class, each of which makes it the default when it is `true`
public record DefaultClass(
    String resource,
    String field,
    String formerly,
    Supplier<ResourceType> classes,
    List<String> marks)
    implements Admission {

  public DefaultClass {
    marks = List.copyOf(marks);
  }

  public static DefaultClass ofClaims(Supplier<ResourceType> classes) {
    return new DefaultClass(
        "persistentvolumeclaims",
        "storageClassName",
        "volume.beta.kubernetes.io/storage-class",
        classes,
        List.of(
            "storageclass.kubernetes.io/is-default-class",
            "storageclass.beta.kubernetes.io/is-default-class"));
  }

  public static DefaultClass ofIngresses(Supplier<ResourceType> classes) {
    return new DefaultClass(
        "ingresses.networking.k8s.io",
        "ingressClassName",
        "kubernetes.io/ingress.class",
        classes,
        List.of("ingressclass.kubernetes.io/is-default-class"));
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    if (object == null
        || request.action() != Action.CREATE
        || !request.subresource().isEmpty()
        || !request.type().groupResource().equals(resource)) {
      return;
    }
    JsonObject annotations = object.objectAt("metadata").object("annotations");
    boolean named = annotations != null && annotations.has(formerly);
    if (named || object.objectAt("spec").has(field)) {
      return;
    }
    JsonObject chosen = chosen(view);
    if (chosen != null) {
      object.objectAt("spec").set(field, chosen.objectAt("metadata").textOrEmpty("name"));
    }
  }

  private @Nullable JsonObject chosen(ObjectView view) {
    @Nullable JsonObject newest = null;
    RangeRequest all = RangeRequest.of(Keys.range(classes.get(), ""));
    for (KeyValue kv : view.range(all).entries()) {
      JsonObject one = view.read(classes.get(), kv).tree();
      // Classes come by name, so that the first of the same age stays; times of one form sort like
      // texts.
      if (isDefault(one) && (newest == null || made(one).compareTo(made(newest)) > 0)) {
        newest = one;
      }
    }
    return newest;
  }

  private boolean isDefault(JsonObject one) {
    JsonObject annotations = one.objectAt("metadata").object("annotations");
    return annotations != null
        && marks.stream().anyMatch(mark -> "true".equals(annotations.text(mark)));
  }

  private static String made(JsonObject one) {
    return one.objectAt("metadata").textOrEmpty("creationTimestamp");
  }
}
