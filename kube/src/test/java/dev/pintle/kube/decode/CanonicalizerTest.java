package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalizerTest {
  private static final SchemaNode POD = BuiltInTypes.load().definition("io.k8s.api.core.v1.Pod");

  private final List<String> unknown = new ArrayList<>();

  private String shaped(String json) {
    return JsonWriter.text(Canonicalizer.shape(POD, (JsonObject) JsonReader.read(json), unknown));
  }

  @Test
  void fieldsAreWrittenInTheOrderOfTheStructures() {
    assertThat(shaped("{\"spec\":{\"nodeName\":\"n\",\"containers\":[]},\"kind\":\"Pod\"}"))
        .startsWith(
            "{\"kind\":\"Pod\",\"metadata\":{},\"spec\":{\"containers\":[],\"nodeName\":\"n\"}");
  }

  @Test
  void nullsAndEmptyTextsAreLeftOut() {
    assertThat(shaped("{\"metadata\":{\"name\":\"\",\"labels\":null,\"annotations\":{}}}"))
        .contains("\"metadata\":{}");
  }

  @Test
  void unknownFieldsAreReportedWithTheirPath() {
    shaped(
        "{\"spec\":{\"containers\":[{\"name\":\"a\"},{\"name\":\"b\",\"ports\":[{\"bad\":1}]}]},\"foo\":1}");

    assertThat(unknown).containsExactly("spec.containers[1].ports[0].bad", "foo");
  }

  @Test
  void shapingTwiceChangesNothing() {
    String once =
        shaped(
            "{\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"limits\":{\"cpu\":\"0.5\"}}}]}}");

    assertThat(shaped(once)).isEqualTo(once);
  }

  @Test
  void aStoreOfProtobufKeepsNoListWithoutItems() {
    SchemaNode role = BuiltInTypes.load().definition("io.k8s.api.rbac.v1.Role");
    String sent = "{\"rules\":[]}";

    assertThat(JsonWriter.text(Canonicalizer.canonical(role, read(sent)))).contains("\"rules\":[]");
    assertThat(JsonWriter.text(Canonicalizer.ofProtobufStore(role, read(sent))))
        .contains("\"rules\":null");
    assertThat(
            JsonWriter.text(
                Canonicalizer.ofProtobufStore(POD, read("{\"spec\":{\"containers\":[]}}"))))
        .contains("\"containers\":null");
  }

  private static JsonObject read(String json) {
    return (JsonObject) JsonReader.read(json);
  }
}
