package dev.pintle.kube.enforcement;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeprecatedAnnotationTest {
  private static final BuiltInTypes TYPES = BuiltInTypes.load();
  private static final ResourceType ACCOUNTS = type("serviceaccounts");
  private static final ResourceType CLAIMS = type("persistentvolumeclaims");
  private static final String MOUNTABLE = "kubernetes.io/enforce-mountable-secrets";
  private static final String STORAGE_CLASS = "volume.beta.kubernetes.io/storage-class";

  private static ResourceType type(String plural) {
    return requireNonNull(TYPES.snapshot().resource(GroupVersion.parse("v1"), plural), plural);
  }

  private static JsonObject annotated(String name) {
    JsonObject object = new JsonObject();
    object.objectAt("metadata").objectAt("annotations").set(name, "");
    return object;
  }

  private static long warnings(ResourceType type, JsonObject object, @Nullable JsonObject old) {
    return DeprecatedAnnotation.warnings(type, object, old).count();
  }

  @Test
  void whoAddsItIsWarnedWhateverItsValue() {
    assertThat(DeprecatedAnnotation.warnings(ACCOUNTS, annotated(MOUNTABLE), null))
        .containsExactly(
            "metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets");
    assertThat(warnings(ACCOUNTS, annotated(MOUNTABLE), new JsonObject())).isOne();
  }

  @Test
  void whoKeepsItIsWarnedWhereUpstreamWarnsEachTime() {
    assertThat(warnings(ACCOUNTS, annotated(MOUNTABLE), annotated(MOUNTABLE))).isZero();
    assertThat(warnings(CLAIMS, annotated(STORAGE_CLASS), annotated(STORAGE_CLASS))).isOne();
  }

  @Test
  void onAnotherKindItMeansNothing() {
    assertThat(warnings(CLAIMS, annotated(MOUNTABLE), null)).isZero();
    assertThat(warnings(ACCOUNTS, annotated(STORAGE_CLASS), null)).isZero();
  }

  @Test
  void anObjectWithoutAnnotationsIsNotWarnedOf() {
    assertThat(warnings(ACCOUNTS, new JsonObject(), null)).isZero();
  }
}
