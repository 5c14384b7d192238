package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EarlierFormsTest {
  private static final EarlierForms FORMS = new EarlierForms(new BuiltInSchemas()::of);

  private static List<String> unknown(String version, String kind, String json) {
    List<String> unknown = new ArrayList<>();
    JsonObject object = (JsonObject) JsonReader.read(json.replace('\'', '"'));
    Canonicalizer.shape(
        Objects.requireNonNull(FORMS.of(GroupVersionKind.of(version, kind))), object, unknown);
    return unknown;
  }

  @Test
  void anEarlierVersionIsWhatTheServedOneIs() {
    assertThat(unknown("batch/v1beta1", "CronJob", "{'spec':{'schedule':'a','a':1},'b':1}"))
        .containsExactly("spec.a", "b");
  }

  @Test
  void fieldsThatWentAreKnownThere() {
    String rollback = "{'spec':{'rollbackTo':{'revision':1},'replicas':1}}";
    assertThat(unknown("extensions/v1beta1", "Deployment", rollback)).isEmpty();
    assertThat(unknown("apps/v1beta2", "Deployment", rollback)).containsExactly("spec.rollbackTo");
  }

  @Test
  void fieldsThatCameLaterAreNotKnownThere() {
    assertThat(
            unknown(
                "discovery.k8s.io/v1beta1",
                "EndpointSlice",
                "{'endpoints':[{'zone':'a','topology':{'b':'c'}}]}"))
        .containsExactly("endpoints[0].zone");
  }

  @Test
  void whatWasRenamedIsBroughtUnderItsName() {
    JsonObject object = (JsonObject) JsonReader.read("{\"spec\":{\"runtimeHandler\":\"a\"}}");
    FORMS.rename(GroupVersionKind.of("node.k8s.io/v1alpha1", "RuntimeClass"), object);
    assertThat(JsonWriter.text(object)).isEqualTo("{\"spec\":{},\"handler\":\"a\"}");
  }

  @Test
  void whatIsTooDifferentIsNotKnown() {
    assertThat(FORMS.of(GroupVersionKind.of("resource.k8s.io/v1beta1", "ResourceSlice"))).isNull();
  }
}
