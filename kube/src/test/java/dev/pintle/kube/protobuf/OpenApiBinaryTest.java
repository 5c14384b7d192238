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
    String extension = "0a03782d6b" + "1208" + "1206226765742" + "20a";
    String operation = "4a0f" + "0a0d" + response + "6a0f" + extension;
    String path = "0a022f61" + "1224" + "1222" + operation;

    assertThat(
            hex(
                """
                {"swagger":"2.0","paths":{"/a":{"get":{"responses":{"200":{"description":"OK"}},"x-k":"get"}}}}
                """))
        .isEqualTo("0a03322e30" + "422c" + "122a" + path);
  }

  @Test
  void schemasNestAsTheirWrappersWant() {
    String items = "ba0104" + "0a02" + "0a00";
    assertThat(hex("{\"definitions\":{\"A\":{\"items\":{\"$ref\":\"\"}}}}"))
        .isEqualTo("4a0e" + "0a0c" + "0a0141" + "1207" + items);
    assertThat(hex("{\"definitions\":{\"A\":{\"type\":\"object\"}}}"))
        .isEqualTo("4a12" + "0a10" + "0a0141" + "120b" + "b20108" + "0a066f626a656374");
    assertThat(hex("{\"definitions\":{\"A\":{\"additionalProperties\":true}}}"))
        .isEqualTo("4a0c" + "0a0a" + "0a0141" + "1205" + "aa0102" + "1001");
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
