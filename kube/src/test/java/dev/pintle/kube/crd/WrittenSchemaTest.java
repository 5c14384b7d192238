package dev.pintle.kube.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenSchemaTest {
  private static final String SCHEMA =
      "{type: object, properties: {spec: {type: object, default: {a: 1}}, status: {type: object}}}";

  private static JsonObject yaml(String text) {
    return YamlReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  private static WrittenSchema text(String schema) {
    return new WrittenSchema(JsonWriter.bytes(yaml(schema)));
  }

  @Test
  void packingChangesNothingOfWhatIsAsked() {
    WrittenSchema plain = text(SCHEMA);
    WrittenSchema packed = text(SCHEMA);
    packed.pack();
    packed.pack();
    assertThat(packed.get()).isEqualTo(plain.get()).isEqualTo(yaml(SCHEMA));
    assertThat(packed.digest()).isEqualTo(plain.digest());
    assertThat(packed.checksum()).isEqualTo(plain.checksum());
    assertThat(packed.mayFillInStatus()).isEqualTo(plain.mayFillInStatus());
  }

  @Test
  void anotherTextHasOtherSums() {
    WrittenSchema other = text(SCHEMA.replace("1", "2"));
    assertThat(other.checksum()).isNotEqualTo(text(SCHEMA).checksum());
    assertThat(other.digest()).isNotEqualTo(text(SCHEMA).digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | false",
        "{properties: {status: {default: {}}}} | true",
        "{properties: {status: {properties: {a: {items: {default: 1}}}}}} | true",
        "{properties: {status: {additionalProperties: {default: x}}}} | true",
        "{properties: {spec: {default: {}}, status: {type: object}}} | false",
        "{properties: {status: {type: object}, z: {default: 1}}} | false",
        "{properties: {status: {description: 'a \"default\" of it'}}} | false"
      })
  void onlyADefaultOfTheStatusFillsItIn(String schema, boolean fills) {
    WrittenSchema packed = text(schema);
    packed.pack();
    assertThat(text(schema).mayFillInStatus()).isEqualTo(fills);
    assertThat(packed.mayFillInStatus()).isEqualTo(fills);
  }
}
