package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.EarlierValues;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.SchemaNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RepeatedFieldsTest {
  private static final SchemaNode POD = BuiltInTypes.load().definition("io.k8s.api.core.v1.Pod");

  private static String joined(String json) {
    EarlierValues earlier = new EarlierValues();
    JsonObject read =
        (JsonObject)
            JsonReader.readAsWritten(
                json.getBytes(StandardCharsets.UTF_8), (_, _, _) -> {}, earlier);
    RepeatedFields.join(POD, read, earlier);
    return JsonWriter.text(read);
  }

  @Test
  void structuresAndMapsKeepWhatIsNotSaidAgain() {
    assertThat(joined("{'metadata':{'name':'a'},'metadata':{'labels':{}}}".replace('\'', '"')))
        .isEqualTo("{\"metadata\":{\"name\":\"a\",\"labels\":{}}}");
    assertThat(
            joined(
                "{'metadata':{'labels':{'a':'b'},'labels':{'c':'d'},'labels':{'a':'e'}}}"
                    .replace('\'', '"')))
        .isEqualTo("{\"metadata\":{\"labels\":{\"a\":\"e\",\"c\":\"d\"}}}");
  }

  @Test
  void nullEndsAMapAndNoStructure() {
    assertThat(joined("{'metadata':{'labels':{'a':'b'},'labels':null}}".replace('\'', '"')))
        .isEqualTo("{\"metadata\":{\"labels\":null}}");
    assertThat(joined("{'metadata':{'name':'a'},'metadata':null}".replace('\'', '"')))
        .isEqualTo("{\"metadata\":{\"name\":\"a\"}}");
  }

  @Test
  void itemsArePutOverThoseThatWereThere() {
    assertThat(
            joined(
                "{'spec':{'containers':[{'name':'a','image':'i'},{'name':'b'}],'containers':[{'name':'c'}]}}"
                    .replace('\'', '"')))
        .isEqualTo("{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
  }

  @Test
  void whatIsOfAWrongTypeIsLeftForTheShapeToTell() {
    assertThat(joined("{'metadata':1,'metadata':{'name':'a'}}".replace('\'', '"')))
        .isEqualTo("{\"metadata\":1}");
  }
}
