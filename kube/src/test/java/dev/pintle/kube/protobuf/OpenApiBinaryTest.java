package dev.pintle.kube.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Bytes worked out by hand from gnostic's `OpenAPIv2.proto`.
final class OpenApiBinaryTest {
  private static String hex(String json) {
    return HexFormat.of().formatHex(OpenApiBinary.write((JsonObject) JsonReader.read(json)));
  }

  @Test
  void pathsResponsesAndExtensionsAreNamedEntries() {
    String response = "0a03323030" + "1206" + "0a04" + "0a024f4b";
    String extension = "0a03782d6b" + "1206" + "1204" + "6765740a";
    String operation = "4a0f" + "0a0d" + response + "6a0d" + extension;
    String path = "0a022f61" + "1222" + "1220" + operation;

    assertThat(
            hex(
                """
                {"swagger":"2.0","paths":{"/a":{"get":{"responses":{"200":{"description":"OK"}},"x-k":"get"}}}}
                """))
        .isEqualTo("0a03322e30" + "422a" + "1228" + path);
  }

  @Test
  void schemasNestAsTheirWrappersWant() {
    String items = "ba0105" + "0a03" + "0a0172";
    assertThat(hex("{\"definitions\":{\"A\":{\"items\":{\"$ref\":\"r\"}}}}"))
        .isEqualTo("4a0f" + "0a0d" + "0a0141" + "1208" + items);
    assertThat(hex("{\"definitions\":{\"A\":{\"type\":\"object\"}}}"))
        .isEqualTo("4a12" + "0a10" + "0a0141" + "120b" + "b20108" + "0a066f626a656374");
    assertThat(hex("{\"definitions\":{\"A\":{\"additionalProperties\":true}}}"))
        .isEqualTo("4a0c" + "0a0a" + "0a0141" + "1205" + "aa0102" + "1001");
  }

  @Test
  void membersGoByTheirNumbersAndWhatIsNothingNotAtAll() {
    assertThat(
            hex("{\"definitions\":{\"A\":{\"maxLength\":0,\"uniqueItems\":false,\"title\":\"\"}}}"))
        .isEqualTo("4a07" + "0a05" + "0a0141" + "1200");
    assertThat(hex("{\"info\":{\"version\":\"v\",\"title\":\"t\"}}"))
        .isEqualTo("1206" + "0a0174" + "120176");
  }

  private static String hex3(String schema) {
    String document = "{\"components\":{\"schemas\":{\"A\":%s}}}".formatted(schema);
    return HexFormat.of()
        .formatHex(OpenApiBinary.writeVersion3((JsonObject) JsonReader.read(document)));
  }

  @Test
  void version3TellsReferencesFromWhatTheyStandFor() {
    assertThat(hex3("{\"$ref\":\"r\"}"))
        .isEqualTo("2a0e" + "0a0c" + "0a0a" + "0a0141" + "1205" + "1203" + "0a0172");
    assertThat(hex3("{\"type\":\"a\"}"))
        .isEqualTo("2a0f" + "0a0d" + "0a0b" + "0a0141" + "1206" + "0a04" + "ca010161");
  }

  @Test
  void aDefaultWithPartsIsNoneInVersion3() {
    assertThat(hex3("{\"default\":{\"a\":1}}"))
        .isEqualTo("2a0e" + "0a0c" + "0a0a" + "0a0141" + "1205" + "0a03" + "8a0200");
    assertThat(hex3("{\"default\":false}"))
        .isEqualTo("2a10" + "0a0e" + "0a0c" + "0a0141" + "1207" + "0a05" + "8a0202" + "1000");
  }

  @Test
  void aParameterIsToldByItsPlace() {
    assertThat(hex("{\"paths\":{\"/\":{\"parameters\":[{\"in\":\"path\"},{\"$ref\":\"r\"}]}}}"))
        .isEqualTo(
            "421c"
                + "121a"
                + "0a012f"
                + "1215"
                + "4a0c"
                + "0a0a"
                + "1208"
                + "2206"
                + "120470617468"
                + "4a05"
                + "1203"
                + "0a0172");
  }
}
