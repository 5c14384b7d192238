package dev.pintle.kube.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.negotiation.Representation.Form;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormsTest {
  private static final ResourceType MAPS =
      Objects.requireNonNull(
          BuiltInTypes.load().snapshot().resource(GroupVersion.parse("v1"), "configmaps"));
  private static final String MAP =
      "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"},\"data\":{\"k\":\"<v>\"}}";

  /// Says of what object it is.
  private static final Forms.Rows ROWS =
      new Forms.Rows() {
        @Override
        public JsonArray columns(ResourceType type) {
          return JsonArray.of(Json.of(type.plural()));
        }

        @Override
        public JsonObject row(ResourceType type, JsonObject object) {
          return new JsonObject().set("cells", JsonArray.of(Json.of(object.size())));
        }
      };

  private final Forms forms = new Forms(UnreadProtobuf.UNWRITTEN, ROWS);

  private static JsonObject map() {
    return (JsonObject) JsonReader.read(MAP);
  }

  private static Representation form(Form form, String version) {
    return new Representation(MediaType.JSON, form, version, false);
  }

  private String shown(Representation form, JsonObject tree, String includeObject) {
    return JsonWriter.text(forms.transformed(form, MAPS, tree, includeObject));
  }

  @Test
  void metadataAloneIsOfTheVersionThatWasAskedFor() {
    assertThat(shown(form(Form.METADATA, "v1beta1"), map(), ""))
        .isEqualTo(
            "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1beta1\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"}}");
    assertThat(shown(form(Form.METADATA, "v1"), new JsonObject(), "")).endsWith("\"metadata\":{}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "None | null",
        "Metadata | {\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"}}",
        "'' | {\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"}}"
      })
  void aRowCarriesAsMuchOfTheObjectAsWasAskedFor(String includeObject, String object) {
    assertThat(shown(form(Form.TABLE, "v1"), map(), includeObject))
        .isEqualTo(
            "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{\"resourceVersion\":\"7\"},\"columnDefinitions\":[\"configmaps\"],\"rows\":[{\"cells\":[4],\"object\":"
                + object
                + "}]}");
  }

  @Test
  void aRowMayCarryTheWholeObject() {
    assertThat(shown(form(Form.TABLE, "v1"), map(), "Object"))
        .contains("\"object\":{\"kind\":\"ConfigMap\"", "\"data\":");
  }

  @Test
  void aTableOfAnObjectWithoutAVersionHasNone() {
    assertThat(shown(form(Form.TABLE, "v1"), new JsonObject(), "None"))
        .contains("\"metadata\":{},");
  }

  @Test
  void everyEncodingOfATreeEndsWithItsLine() {
    assertThat(text(MediaType.JSON, false)).endsWith("}}\n").contains("\\u003cv\\u003e");
    assertThat(text(MediaType.JSON, true)).startsWith("{\n  \"kind\": \"ConfigMap\",\n");
    assertThat(text(MediaType.YAML, false)).contains("  k: <v>\n").startsWith("apiVersion: v1\n");
  }

  private String text(MediaType type, boolean pretty) {
    Representation wanted = new Representation(type, Form.OBJECT, "v1", pretty);
    return new String(forms.bytes(wanted, map()), StandardCharsets.UTF_8);
  }
}
